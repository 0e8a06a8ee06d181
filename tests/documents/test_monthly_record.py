"""The monthly record sheet: the form's seven fields, at the decimals asked for; a gap says that it is one."""

from __future__ import annotations

from datetime import date

import duckdb
import openpyxl
import pytest

from pipelines import documents
from tests.reports.fixture_lineage import lay_marts

JULY = date(2024, 7, 1)
LAID = """
    create schema marts; create schema plan; create schema rules;
    create table plan.facilities as select 'F1' as facility_id, '一厂' as name_zh, 'Plant 1' as name_en;
    create table rules.parameter_kinds as select 'ncv' as kind, '低位发热量' as name_zh, 'Net calorific value' as name_en;
    create table marts.fct_duties as
    select 'CAL-01' as duty_id, 'F1' as facility_id, date '2024-07-01' as period_start, date '2024-09-09' as due_on;
    create table marts.fct_monthly_records as
    select * from (values
        ('F1', date '2024-07-01', 'NCV', '热值', 'Heat value', 'ncv', 20.1235, 3, 20.124, 'GJ/t', 'measured', '',
         'lab_assay', '检测报告', 'a.xlsx；b.xlsx；c.xlsx；d.xlsx', 4, 'CMA 12', '2024.1'),
        ('F1', date '2024-07-01', 'OIL', '柴油', 'Diesel', 'activity_data', null, 2, null, 't', 'missing', '',
         'stock_movement', '', '', 0, '', '2024.1')
    ) as rows (facility_id, month, parameter_id, name_zh, name_en, kind, quantity, decimals, quantity_rounded, unit,
               obtained, rule_ids, source_kind, data_source, file_names, file_count, evidence, plan_version);
"""


@pytest.fixture
def warehouse():
    with duckdb.connect() as connection:
        connection.execute(LAID)
        lay_marts(connection)
        yield connection


def sheet(warehouse, tmp_path):
    file = documents.write_monthly_record(warehouse, "F1", JULY, tmp_path / "record.xlsx")
    return openpyxl.load_workbook(file).active


def test_the_form_has_its_seven_fields_in_order(warehouse, tmp_path):
    heads = [cell.value.split("\n")[0] for cell in sheet(warehouse, tmp_path)[4]]
    assert heads == ["参数", "数据类型", "数值", "获取方式", "单位", "数据来源", "支撑材料"]


def test_a_value_is_shown_at_the_decimals_of_the_guide(warehouse, tmp_path):
    row = sheet(warehouse, tmp_path)[5]
    assert (row[2].value, row[2].number_format) == (20.124, "#,##0.000")
    assert row[6].value.startswith("CMA 12\n4 个文件")


def test_the_source_is_what_the_plan_calls_it_else_the_kind_of_record(warehouse, tmp_path):
    found = sheet(warehouse, tmp_path)
    assert (found[5][5].value, found[6][5].value) == ("检测报告", "库存移动 Stock movement")


def test_a_missing_value_is_no_number(warehouse, tmp_path):
    row = sheet(warehouse, tmp_path)[6]
    assert row[2].value == "缺失 missing" and row[3].value == "缺失 missing"


def test_a_month_without_parameters_says_what_there_is(warehouse, tmp_path):
    with pytest.raises(documents.NoRecords, match=r"F1.*2030-01.*F1 2024-07"):
        documents.write_monthly_record(warehouse, "F1", date(2030, 1, 1), tmp_path / "none.xlsx")


def test_overrides_of_the_month_stand_below_the_form(warehouse, tmp_path):
    assert "没有人工订正" in sheet(warehouse, tmp_path)[8][0].value
    warehouse.execute("""
        insert into marts.fct_overrides by name
        select 'D7' as override_id, 'F1' as facility_id, 'NCV' as parameter_id, date '2024-07-01' as period_start,
            20.5 as measured_quantity, 20.1235 as value, 'GJ/t' as unit, 'in_force' as state, '复测' as reason,
            date '2026-12-31' as expires_on, '王倩' as made_by, 'w1' as made_by_os_user, '陈思远' as approved_by,
            'w2' as approved_by_os_user, timestamp '2024-08-01' as made_at
        union all by name
        select 'D8' as override_id, 'F1' as facility_id, 'NCV' as parameter_id, date '2024-08-01' as period_start,
            1 as value, 'GJ/t' as unit, 'pending' as state, 'x' as reason, '王倩' as made_by""")
    lines = [[cell.value for cell in row] for row in sheet(warehouse, tmp_path).iter_rows(min_row=8)]
    told = " ".join(str(cell) for cell in lines[1])
    for wanted in ("NCV D7", "20.5 → 20.1235", "王倩 (w1)", "陈思远 (w2)", "复测", "2026-12-31", "有效 in force"):
        assert wanted in told
    assert "D8" not in str(lines), "another month's"
    assert "两个姓名" in lines[2][0]
