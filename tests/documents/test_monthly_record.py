"""The monthly record sheet: the form's seven fields, at the decimals asked for; a gap says that it is one."""

from __future__ import annotations

from datetime import date

import duckdb
import openpyxl
import pytest

from pipelines import documents

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
         'lab_assay', 'a.xlsx；b.xlsx；c.xlsx；d.xlsx', 4, 'CMA 12', '2024.1'),
        ('F1', date '2024-07-01', 'OIL', '柴油', 'Diesel', 'activity_data', null, 2, null, 't', 'missing', '',
         'stock_movement', '', 0, '', '2024.1')
    ) as rows (facility_id, month, parameter_id, name_zh, name_en, kind, quantity, decimals, quantity_rounded, unit,
               obtained, rule_ids, source_kind, file_names, file_count, evidence, plan_version);
"""


@pytest.fixture
def warehouse():
    with duckdb.connect() as connection:
        connection.execute(LAID)
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


def test_a_missing_value_is_no_number(warehouse, tmp_path):
    row = sheet(warehouse, tmp_path)[6]
    assert row[2].value == "缺失 missing" and row[3].value == "缺失 missing"


def test_a_month_without_parameters_says_what_there_is(warehouse, tmp_path):
    with pytest.raises(documents.NoRecords, match=r"F1.*2030-01.*F1 2024-07"):
        documents.write_monthly_record(warehouse, "F1", date(2030, 1, 1), tmp_path / "none.xlsx")
