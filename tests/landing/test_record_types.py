"""Each kind of delivery becomes the records its feed promises: keys, periods, signs, units, measures."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.landing.writing import changed, codes_by_row, csv_of, landed, rows_of, skipped_by_row


def test_registers_keep_what_the_meter_says(tmp_path):
    header = ["表计编号", "抄表时间", "示数", "倍率", "位数", "事件", "单位"]
    rows = [
        ["RQ-1", "2025-02-28 24:00", "999990.5", "200", "6", "", "Nm³"],
        ["RQ-1", "2025-03-31 24:00", "10.12345678901", "200", "6", "换表", "Nm³"],
        ["RQ-1", "2025-04-30 24:00", "12", "", "6.5", "", "Nm³"],
    ]
    found = landed(tmp_path, csv_of(header, *rows))
    first, second = rows_of(found)
    assert first["read_at"] == datetime(2025, 3, 1) and first["register"] == Decimal("999990.5")
    assert (first["multiplier"], first["register_digits"], first["event"], first["unit"]) == (200, 6, None, "Nm3")
    assert (second["register"], second["event"]) == (Decimal("10.12345678901"), "换表")
    assert codes_by_row(found) == {4: "NUM_PRECISION"}


def test_a_kingdee_ledger_becomes_movements_in_the_houses_sign(tmp_path):
    header = [
        "期间",
        "物料编码",
        "物料名称",
        "计量单位",
        "期初结存数量",
        "本期收入数量",
        "本期发出数量",
        "期末结存数量",
        "备注",
    ]
    text = csv_of(
        ["物料收发汇总表", *[None] * 8],
        header,
        ["2025年3月", "01.01", "烟煤", "吨", "1,000.500", "200.250", "300.000", "900.750", None],
        ["2025年3月", "01.02", "柴油", "千克", "12.5", None, "-", "12.5", None],
        ["合计", None, None, None, "1,013.000", "200.250", "300.000", "913.250", None],
        ["制表：周敏", None, None, "审核：顾海峰", *[None] * 5],
    )
    found = landed(tmp_path, text.encode("gb18030"), "2025-Q1_NJ-F_汇总.csv")
    assert found.account.codes == ("ROW_TOTAL_SKIPPED",)
    coal = {row["movement"]: row for row in rows_of(found) if row["material_code"] == "01.01"}
    assert {name: row["quantity"] for name, row in coal.items()} == {
        "opening": Decimal("1000.5"),
        "receipt": Decimal("200.25"),
        "consumption": Decimal("-300"),
        "closing": Decimal("900.75"),
    }
    one = coal["consumption"]
    assert (one["posting_date"], one["period_end"], one["unit"]) == (date(2025, 3, 1), date(2025, 4, 1), "t")
    assert (one["site_code"], one["row_first"]) == ("NJ-F", 3)
    diesel = {row["movement"] for row in rows_of(found) if row["material_code"] == "01.02"}
    assert diesel == {"opening", "closing"}, "a blank measure is no movement, and no zero"
    assert (found.account.rows_loaded, found.account.records) == (2, 6)


def test_a_yonyou_ledger_has_a_header_of_two_rows(tmp_path):
    top = ["会计期间", "存货编码", "存货名称", "计量单位", "期初结存", None, "收入", None, "发出", None, "结存", None]
    below = [None] * 4 + ["数量", "金额"] * 4
    row = ["2025-09", "YL-1", "汽油", "千克", "100", "800", "50", "400", "30.5", "244", "119.5", "956"]
    found = landed(tmp_path, csv_of(["收发存汇总表", *[None] * 11], top, below, row))
    assert (found.account.outcome, found.account.feed) == ("ACCEPT", "yonyou_stock_ledger")
    assert {r["movement"]: r["quantity"] for r in rows_of(found)}["consumption"] == Decimal("-30.5")
    assert {r["row_first"] for r in rows_of(found)} == {4}


@pytest.mark.parametrize("chinese", [False, True])
def test_mb51_is_signed_and_its_equal_rows_are_all_real(tmp_path, chinese):
    english = [
        "Posting Date",
        "Movement Type",
        "Plant",
        "Material",
        "Qty in Un. of Entry",
        "Unit of Entry",
        "Material Document",
    ]
    header = (
        ["过账日期", "移动类型", "工厂", "物料", "以录入单位表示的数量", "录入单位", "物料凭证"] if chinese else english
    )
    row = ["2025-03-01", "261", "P1", "1000001", "-1,234.5", "KG", "4900000001"]
    found = landed(tmp_path, csv_of([*header, "Layout column"], [*row, "x"], [*row, "x"]))
    assert (found.account.outcome, found.account.records) == ("ACCEPT", 2)
    assert [r["quantity"] for r in rows_of(found)] == [Decimal("-1234.5")] * 2
    assert rows_of(found)[0]["movement"] == "261" and rows_of(found)[0]["unit"] == "kg"


def test_a_table_extract_takes_its_sign_from_the_indicator(tmp_path):
    header = ["MBLNR", "ZEILE", "BWART", "SHKZG", "WERKS", "MATNR", "ERFMG", "ERFME", "BUDAT_MKPF"]
    rows = [
        ["4900000001", "0001", "261", "H", "P1", "10", "       4,518.80", "TO", "1/24/17"],
        ["4900000002", "0001", "262", "S", "P1", "10", "18.80", "TO", "1/25/17"],
    ]
    found = landed(tmp_path, csv_of(header, *rows))
    assert [(r["quantity"], r["posting_date"]) for r in rows_of(found)] == [
        (Decimal("-4518.8"), date(2017, 1, 24)),
        (Decimal("18.8"), date(2017, 1, 25)),
    ]
    assert rows_of(found)[0]["document_item"] == "0001"


def test_bills_end_the_day_after_their_last(tmp_path):
    header = ["户号", "能源类型", "起始日期", "截止日期", "计费电量", "单位", "金额(元)", "发票号码"]
    rows = [
        ["3299", "电力", "2025-03-01", "2025-03-31", "1,234.5", "MWh", "-12.50", "0001"],
        ["3299", "电力", "2025-05-01", "2025-04-01", "1", "MWh", "1", "0002"],
    ]
    found = landed(tmp_path, csv_of(header, *rows))
    bill = rows_of(found)[0]
    assert (bill["period_start"], bill["period_end"]) == (date(2025, 3, 1), date(2025, 4, 1))
    assert (bill["quantity"], bill["unit"], bill["amount_cny"]) == (Decimal("1234.5"), "MWh", Decimal("-12.5"))
    assert codes_by_row(found) == {3: "TS_PERIOD_BACKWARDS"}


def test_an_assay_becomes_one_record_per_property_with_its_unit(tmp_path):
    header = [
        "工厂",
        "物料编码",
        "样品编号",
        "采样日期",
        "收到基低位发热量(GJ/t)",
        "收到基元素碳含量(tC/t)",
        "全水分(%)",
        "检测机构",
    ]
    found = landed(tmp_path, csv_of(header, ["P1", "C1", "S1", "2025-03-01", "22.905", "0.5931", "9.5%", "L"]))
    assert {(r["property"], r["quantity"], r["unit"], r["basis"]) for r in rows_of(found)} == {
        ("ncv", Decimal("22.905"), "GJ/t", "ar"),
        ("carbon_content", Decimal("0.5931"), "tC/t", "ar"),
        ("moisture", Decimal("9.5"), "%", "ar"),
    }


def test_temperatures_may_carry_their_sign_and_unit(tmp_path):
    header = ["站点", "日期", "平均气温", "最低气温", "最高气温"]
    found = landed(tmp_path, csv_of(header, ["58238", "2018年1月1日", "-3.5℃", "-9999", "1℃"]))
    row = rows_of(found)[0]
    assert (row["temperature_mean_c"], row["temperature_min_c"], row["temperature_max_c"]) == (Decimal("-3.5"), None, 1)


def test_fuels_in_units_they_cannot_have_are_set_aside(tmp_path):
    header = ["能源品种", "月份", "消耗量", "单位"]
    rows = [
        ["天然气", "2025-03", "12.5", "万Nm3"],
        ["柴油", "2025-03", "1.2", "10⁴Nm³"],
        ["蒸汽", "2025-03", "100", "GJ/t"],
        ["柴油", "2025-04", "1.2", "升"],
        ["焦油渣", "2025-03", "5", "t"],
        ["烟煤", "2025-03", "5", "担"],
        ["烟煤", "2025-04", "5", ""],
    ]
    found = landed(tmp_path, csv_of(header, *rows))
    wrong = {3: "UNIT_DIMENSION", 4: "UNIT_DIMENSION", 7: "UNIT_UNKNOWN", 8: "UNIT_BLANK"}
    assert codes_by_row(found) == wrong
    assert [(r["fuel_code"], r["unit"]) for r in rows_of(found)] == [
        ("天然气", "万Nm3"),
        ("柴油", "L"),
        ("焦油渣", "t"),
    ]
    diesel = next(row for row in found.ledger.quarantined if row.row_number == 3)
    assert "energy, mass, volume" in diesel.zh


def test_keys_that_stand_twice(tmp_path):
    header = ["工厂", "产品编码", "月份", "产量", "单位"]
    rows = [
        ["P1", "A", "2025-03", "5", "t"],
        ["P1", "A", "2025-03", "5.0", "吨"],
        ["P1", "B", "2025-03", "5", "t"],
        ["P1", "B", "2025-03", "6", "t"],
        ["P1", "C", "2025-03", "7", "t"],
    ]
    found = landed(tmp_path, csv_of(header, *rows))
    assert skipped_by_row(found) == {3: "ROW_DUPLICATE"}
    assert codes_by_row(found) == {4: "KEY_CONFLICT", 5: "KEY_CONFLICT"}
    assert [(r["product_code"], r["quantity"]) for r in rows_of(found)] == [("A", 5), ("C", 7)]
    assert "5" in found.ledger.quarantined[0].zh


def test_a_blank_key_is_set_aside_and_any_other_blank_is_a_null(tmp_path):
    header = ["采购单号", "供应商编码", "供应商名称", "工厂", "物料编码", "入库日期", "数量", "单位", "金额(元)"]
    rows = [
        ["1", "S1", "甲", "P1", "", "2025-03-01", "5", "t", "1"],
        ["2", "", "", "", "C1", "2025-03-01", "5", "t", ""],
        ["3", "S1", "甲", "P1", "C1", "", "5", "t", "N/A"],
    ]
    found = landed(tmp_path, csv_of(header, *rows))
    assert codes_by_row(found) == {2: "KEY_BLANK", 4: "TS_BLANK"}
    assert found.ledger.quarantined[0].field == "物料编码"
    (record,) = rows_of(found)
    assert [record[name] for name in ("supplier_id", "supplier_name", "site_code", "amount_cny")] == [None] * 4


def test_a_code_outside_the_feeds_map_is_set_aside(tmp_path):
    extra = '\n[maps.quality]\nA = "actual"\n'
    feed = changed(tmp_path, "energy_register", ("[constants]", extra + "[constants]"))
    header = ["表计编号", "抄表时间", "示数", "抄表方式", "单位"]
    rows = [
        ["M", "2025-03-01", "1", "A", "GJ"],
        ["M", "2025-04-01", "2", "B", "GJ"],
        ["M", "2025-05-01", "2", "", "GJ"],
    ]
    found = landed(tmp_path, csv_of(header, *rows), known=[feed])
    assert codes_by_row(found) == {3: "CODE_UNKNOWN"}
    assert [r["quality"] for r in rows_of(found)] == ["actual", None]


def test_a_heading_in_another_unit_is_converted(tmp_path):
    feed = changed(tmp_path, "daily_consumption", ('["电量(kWh)"]', '["电量(kWh)", "电量(万kWh)"]'))
    found = landed(tmp_path, csv_of(["电表编号", "日期", "电量(万kWh)"], ["M", "2025-03-01", "1.2345"]), known=[feed])
    assert rows_of(found)[0]["values"] == [Decimal(12345)] and rows_of(found)[0]["unit"] == "kWh"


def test_the_period_may_stand_in_the_title(tmp_path):
    feed = changed(
        tmp_path,
        "kingdee_stock_ledger",
        ('posting_date = ["期间"]', "posting_date = { title = '会计期间[:：]\\s*(\\S+)' }"),
    )
    header = ["物料编码", "计量单位", "期初结存数量", "本期收入数量", "本期发出数量", "期末结存数量"]
    text = csv_of(["收发汇总", "会计期间：2025年3月", *[None] * 4], header, ["C1", "t", "1", "2", "3", "0"])
    found = landed(tmp_path, text, known=[feed])
    assert {r["posting_date"] for r in rows_of(found)} == {date(2025, 3, 1)}


def test_a_footprint_as_pact_states_it(tmp_path):
    carbon = {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1",
        "referencePeriodStart": "2024-01-01T00:00:00Z",
        "referencePeriodEnd": "2025-01-01T00:00:00Z",
        "pcfExcludingBiogenicUptake": "1.63",
        "pcfIncludingBiogenicUptake": "-1.85",
        "fossilGhgEmissions": "1.63",
        "geographyCountry": "CN",
        "primaryDataShare": "56.12",
    }
    footprint = {
        "id": "f369091b-f2be-4ca0-b1ef-9c3b1ac34e9d",
        "specVersion": "3.0.0",
        "status": "Active",
        "companyName": "A",
        "companyIds": ["urn:company:1"],
        "productDescription": "d",
        "productIds": ["urn:product:1"],
        "productNameCompany": "P",
        "pcf": carbon,
    }
    found = landed(tmp_path, json.dumps({"data": [footprint]}), "footprints.json")
    row = rows_of(found)[0]
    assert (found.account.feed, found.account.outcome) == ("pact_v3", "ACCEPT")
    assert (row["period_start"], row["period_end"]) == (date(2024, 1, 1), date(2025, 1, 1))
    assert row["footprint_including_biogenic_kgco2e"] == Decimal("-1.85")
    assert row["primary_data_share_percent"] == Decimal("56.12")


def test_a_supplier_that_fills_in_a_table(tmp_path):
    header = ["问卷编号", "供应商代码", "产品代码", "声明单位", "声明数量", "产品碳足迹(kgCO2e)", "初级数据占比(%)"]
    found = landed(tmp_path, csv_of(header, ["Q1", "S1", "P1", "kilogram", "1", "-0.004", "40%"]))
    row = rows_of(found)[0]
    assert (row["footprint_excluding_biogenic_kgco2e"], row["primary_data_share_percent"]) == (Decimal("-0.004"), 40)
    assert row["status"] == "Active"


def test_evidence_has_no_figure(tmp_path):
    header = ["单据类型", "单据编号", "开具单位", "起始日期", "截止日期", "文件SHA256", "说明"]
    found = landed(tmp_path, csv_of(header, ["发票", "0001", "供电公司", "2025-03-01", "2025-03-31", "ab", "电费"]))
    assert rows_of(found)[0]["period_end"] == date(2025, 4, 1)
    assert (found.account.values_read, found.account.values_missing) == (0, 0)


def test_the_unit_may_stand_in_the_title(tmp_path):
    unit = ('[unit]\ncolumn = ["单位"]', "[unit]\ncolumn = { title = '单位[:：]\\s*(\\S+)' }")
    feed = changed(tmp_path, "fuel_consumption", unit)
    header = ["能源品种", "月份", "消耗量"]
    text = csv_of(
        ["能源月报", "单位：万立方米", None], header, ["天然气", "2025-03", "1.5"], ["烟煤", "2025-03", "1.5"]
    )
    found = landed(tmp_path, text, known=[feed])
    assert [(row["fuel_code"], row["unit"]) for row in rows_of(found)] == [("天然气", "万m3")]
    assert codes_by_row(found) == {4: "UNIT_DIMENSION"}
    untitled = csv_of(header, ["天然气", "2025-03", "1.5"])
    assert codes_by_row(landed(tmp_path, untitled, known=[feed])) == {2: "UNIT_BLANK"}


def test_a_constant_unit_must_suit_the_fuel_too(tmp_path):
    unit = ('[unit]\ncolumn = ["单位"]', '[unit]\nconstant = "万Nm3"')
    feed = changed(tmp_path, "fuel_consumption", unit)
    text = csv_of(["能源品种", "月份", "消耗量"], ["天然气", "2025-03", "1.5"], ["柴油", "2025-03", "1.5"])
    assert codes_by_row(landed(tmp_path, text, known=[feed])) == {3: "UNIT_DIMENSION"}
