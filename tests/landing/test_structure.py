"""Titles, blanks, repeated headers, totals, sections, footers: told apart, counted, never loaded and never lost."""

from __future__ import annotations

from decimal import Decimal

from tests.landing.writing import (
    DAILY,
    changed,
    codes_by_row,
    csv_of,
    landed,
    landed_file,
    rows_of,
    skipped_by_row,
    total,
)

METER = "0032010100000000101"


def test_a_report_with_everything_around_its_rows(tmp_path):
    text = csv_of(
        ["用电日报表", None, None],
        [None, None, None],
        DAILY,
        [METER, "2025-03-01", "100.5"],
        ["一号变电站：", None, None],
        [METER, "2025-03-02", "200.25"],
        ["小  计", None, "300.75"],
        DAILY,
        [METER, "2025-03-03", "300"],
        ["合计", None, "600.75"],
        ["制表：张三", None, "审核：李四"],
    )
    found = landed(tmp_path, text)
    assert skipped_by_row(found) == {
        1: "ROW_TITLE",
        2: "ROW_BLANK",
        5: "ROW_SECTION",
        7: "ROW_TOTAL_SKIPPED",
        8: "ROW_HEADER_REPEATED",
        10: "ROW_TOTAL_SKIPPED",
        11: "ROW_FOOTER",
    }
    assert (found.account.rows_read, found.account.rows_loaded) == (10, 3)
    assert found.account.codes == ("ROW_HEADER_REPEATED", "ROW_TOTAL_SKIPPED")
    assert total(found) == Decimal("600.75")
    assert [row["row_first"] for row in rows_of(found)] == [4, 6, 9]


def test_a_total_that_no_rows_explain_is_said_with_both_numbers(tmp_path):
    text = csv_of(DAILY, [METER, "2025-03-01", "100.5"], ["合计", None, "1,100.5"])
    found = landed(tmp_path, text)
    assert found.account.codes == ("TOTAL_MISMATCH",)
    message = found.ledger.messages[0]
    assert "1,100.5" in message.zh and "100.5" in message.en and message.row_number == 3


def test_a_subtotal_is_of_its_block_and_a_total_of_all(tmp_path):
    rows = [[METER, f"2025-03-0{day}", "1"] for day in range(1, 5)]
    right = csv_of(DAILY, *rows[:2], ["小计", None, "2"], *rows[2:], ["小计", None, "2"], ["合计", None, "4"])
    assert landed(tmp_path, right).account.codes == ("ROW_TOTAL_SKIPPED",)
    wrong = "小计,,4".join(right.rsplit("小计,,2", 1))
    assert landed(tmp_path, wrong).account.codes == ("ROW_TOTAL_SKIPPED", "TOTAL_MISMATCH")


def test_totals_may_be_kept_as_rows(tmp_path):
    feed = changed(tmp_path, "daily_consumption", ("[columns]", '[reader]\ntotals = "keep"\n[columns]'))
    text = csv_of(DAILY, [METER, "2025-03-01", "1"], ["合计", None, "1"])
    found = landed(tmp_path, text, known=[feed])
    assert found.ledger.skipped == [] and codes_by_row(found) == {3: "TS_BLANK"}


def test_a_row_that_only_looks_like_a_footer_is_a_row(tmp_path):
    header = ["采购单号", "供应商编码", "工厂", "物料编码", "物料名称", "入库日期", "数量", "单位"]
    text = csv_of(header, ["1", "S1", "P1", "注塑机油", "注塑机油", "2025-03-01", "", "L"])
    found = landed(tmp_path, text)
    assert codes_by_row(found) == {2: "NUM_BLANK"} and not found.ledger.skipped


def test_a_row_with_only_an_identifier_is_not_a_section(tmp_path):
    found = landed(tmp_path, csv_of(DAILY, [METER, None, None], [METER, "2025-03-01", "1"]))
    assert codes_by_row(found) == {2: "TS_BLANK"}


def test_only_a_header_is_refused(tmp_path):
    found = landed(tmp_path, csv_of(DAILY))
    assert (found.account.outcome, found.account.codes) == ("REJECT_FILE", ("FILE_NO_ROWS",))


def test_a_heading_that_stands_twice_is_refused(tmp_path):
    found = landed(tmp_path, csv_of([*DAILY, "日期"], [METER, "2025-03-01", "1", "2025-03-02"]))
    assert found.account.codes == ("HDR_DUPLICATE",)


def test_new_columns_are_named_even_without_a_heading(tmp_path):
    found = landed(tmp_path, csv_of([*DAILY, "费率", None], [METER, "2025-03-01", "1", "峰", "x"]))
    assert found.account.codes == ("HDR_NEW_COLUMN",)
    assert [message.field for message in found.ledger.messages] == ["费率", "#5"]


def test_columns_may_change_places(tmp_path):
    found = landed(tmp_path, csv_of(DAILY[::-1], ["100.5", "2025-03-01", METER]))
    assert found.account.outcome == "ACCEPT" and rows_of(found)[0]["meter_id"] == METER


def test_a_last_line_without_its_end_is_refused_unless_the_feed_knows_better(tmp_path):
    text = csv_of(DAILY, [METER, "2025-03-01", "400.5"]).rstrip("\n")
    assert landed(tmp_path, text).account.codes == ("FILE_PARTIAL",)
    feed = changed(tmp_path, "daily_consumption", ("[columns]", '[reader]\nfinal_newline = "optional"\n[columns]'))
    assert landed(tmp_path, text, known=[feed]).account.outcome == "ACCEPT"


def workbook(folder, name: str, **sheets: list[list[object]]):
    """A workbook with those sheets."""
    import xlsxwriter

    file = folder / name
    with xlsxwriter.Workbook(file) as book:
        for sheet, rows in sheets.items():
            page = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return file


def test_a_sheet_with_another_header_is_skipped_aloud(tmp_path):
    rows = {"一月": [DAILY, [METER, "2025-01-01", 1.5]], "Sheet2": [["草稿", 1], ["x", 2]], "Sheet3": []}
    found = landed_file(workbook(tmp_path, "a.xlsx", **rows))
    assert (found.account.codes, found.account.rows_loaded) == (("SHEET_UNCLAIMED",), 1)
    assert [(row.sheet, row.reason) for row in found.ledger.skipped] == [("Sheet2", "SHEET_UNCLAIMED")] * 2


def test_every_sheet_that_fits_is_read_and_named(tmp_path):
    rows = {month: [DAILY, [METER, f"2025-{number:02d}-01", number]] for number, month in ((1, "一月"), (2, "二月"))}
    found = landed_file(workbook(tmp_path, "a.xlsx", **rows))
    assert [(row["sheet"], row["row_first"]) for row in rows_of(found)] == [("一月", 2), ("二月", 2)]
    twice = {"一月": rows["一月"], "副本": rows["一月"]}
    assert landed_file(workbook(tmp_path, "b.xlsx", **twice)).account.codes == ("ROW_DUPLICATE",)


def test_a_feed_that_wants_one_sheet_does_not_mind_the_others(tmp_path):
    feed = changed(tmp_path, "daily_consumption", ("[columns]", '[reader]\nsheet = "数据*"\n[columns]'))
    rows = {"说明": [["请勿修改"], ["x"]], "数据": [DAILY, [METER, "2025-01-01", 1.5]]}
    found = landed_file(workbook(tmp_path, "a.xlsx", **rows), [feed])
    assert (found.account.outcome, found.account.codes, found.account.rows_loaded) == ("ACCEPT", (), 1)
    assert [message.code for message in found.ledger.messages] == ["SHEET_SKIPPED"] and not found.ledger.skipped
    rows["公式"] = [["=1+1"]]
    assert landed_file(workbook(tmp_path, "b.xlsx", **rows), [feed]).account.outcome == "ACCEPT"
