"""Workbooks: what a person sees in a sheet is what arrives, and what they do not see is said. Types nothing."""

from __future__ import annotations

import io
import re
import time
import tracemalloc
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.reading import document_of, numbered, only_table, refusal, rows_of
from tests.readers.xlsx_file import HEADER, rewritten, sheet_of, with_sheet_xml, workbook

# --- values -----------------------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
    st.integers(-(10**12), 10**12),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**6), max_value=10**6).map(float),
    st.booleans(),
    st.none(),
)


def witness(data: bytes) -> list[list[str | None]]:
    """The same sheet through calamine, another implementation: its values as text."""
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return [[calamine_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def calamine_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value == "" else str(value)


@settings(deadline=None, max_examples=80)
@given(rows=st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=10))
def test_cells_are_those_that_calamine_reads(tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]) -> None:
    data = sheet_of([["heading", *[f"c{n}" for n in range(4)]], *rows])
    mine = rows_of(only_table(tmp_path_factory.mktemp("xlsx"), data, "a.xlsx"))
    theirs = witness(data)
    assert [padded(row, 5) for row in mine] == [padded(row, 5) for row in theirs]


def padded(row: list[str | None], width: int) -> list[str | None]:
    return row + [None] * (width - len(row))


@pytest.mark.parametrize("written", ["4900002074", "100.5", "3.20101E+18", "0.1", "1E-7", "123456789.123456"])
def test_the_digits_of_the_file_are_kept(tmp_path: Path, written: str) -> None:
    data = with_sheet_xml(f'<row r="1"><c r="A1"><v>{written}</v></c></row>')
    assert rows_of(only_table(tmp_path, data, "a.xlsx")) == [[written]]


def test_every_kind_of_cell(tmp_path: Path) -> None:
    data = with_sheet_xml(
        '<row><c t="inlineStr"><is><r><t>电</t></r><r><t>表</t></r><rPh sb="0" eb="1"><t>guide</t></rPh></is></c>'
        '<c t="b"><v>0</v></c><c t="e"><v>#DIV/0!</v></c><c t="str"><f>A1</f><v>text</v></c>'
        '<c t="d"><v>2025-03-01T00:15:00</v></c><c t="str"><f>IF(1,"","")</f><v></v></c><c><v>7</v></c></row>'
    )
    assert rows_of(only_table(tmp_path, data, "a.xlsx")) == [
        ["电表", "FALSE", "#DIV/0!", "text", "2025-03-01 00:15:00", None, "7"]
    ]


def test_a_shared_text_is_its_runs_without_the_phonetic_guide(tmp_path: Path) -> None:
    def annotated(name: str, part: bytes) -> bytes:
        guide = '<si><r><t>电</t></r><r><t>表</t></r><rPh sb="0" eb="1"><t>dian</t></rPh><t/></si>'.encode()
        return part.replace(b"<si><t>x</t></si>", guide) if name.endswith("sharedStrings.xml") else part

    assert rows_of(only_table(tmp_path, rewritten(sheet_of([["x"]]), annotated), "a.xlsx")) == [["电表"]]


def test_date_cells_are_iso_text_in_both_day_systems(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        day, instant = book.add_format({"num_format": "yyyy/m/d"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_datetime(0, 0, datetime(2025, 3, 1), day)
        sheet.write_datetime(0, 1, datetime(2025, 3, 1, 0, 15), instant)
        sheet.write_number(0, 2, 45717)

    for options, system in (({}, 1900), ({"date_1904": True}, 1904)):
        table = only_table(tmp_path, workbook(fill, **options), "a.xlsx")
        assert rows_of(table) == [["2025-03-01", "2025-03-01 00:15:00", "45717"]]
        assert table.date_system == system


def test_a_workbook_in_strict_ooxml_is_read(tmp_path: Path) -> None:
    spaces = [
        (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    ]

    def strict(_: str, part: bytes) -> bytes:
        for old, new in spaces:
            part = part.replace(old, new)
        return part

    data = rewritten(sheet_of([HEADER, ["A", "2025-03-01", 1.5]]), strict)
    with pytest.warns(UserWarning, match="invalid specification"):
        assert openpyxl.load_workbook(io.BytesIO(data)).worksheets == []  # why openpyxl is not asked
    assert rows_of(only_table(tmp_path, data, "a.xlsx")) == [HEADER, ["A", "2025-03-01", "1.5"]]


def test_prefixed_tags_are_understood(tmp_path: Path) -> None:
    def prefixed(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        return re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")

    data = rewritten(sheet_of([HEADER, ["A", "2025-03-01", 1.5]]), prefixed)
    assert rows_of(only_table(tmp_path, data, "a.xlsx"))[1] == ["A", "2025-03-01", "1.5"]


# --- formulas ---------------------------------------------------------------------------------------------------


def test_formulas_nobody_computed_refuse_the_file(tmp_path: Path) -> None:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["电量"])
    book.active.append(["=100.5*1"])
    book.save(stream)
    refused = refusal(tmp_path, stream.getvalue(), "a.xlsx")
    assert refused.code == "XL_FORMULA_NO_VALUE"
    assert refused.values == {"found": "1", "sheet": "Sheet", "cell": "A2"}


def test_a_formula_with_its_value_is_its_value(tmp_path: Path) -> None:
    data = with_sheet_xml('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>')
    assert rows_of(only_table(tmp_path, data, "a.xlsx")) == [["2"]]


# --- what a person does not see ---------------------------------------------------------------------------------


def hidden_book(book: xlsxwriter.Workbook) -> None:
    for name in ("数据", "旧系数", "空表"):
        sheet = book.add_worksheet(name)
        if name != "空表":
            for number in range(8):
                sheet.write_row(number, 0, ["id", number])
            sheet.set_row(3, None, None, {"hidden": True})
            sheet.set_row(4, None, None, {"hidden": True})
            sheet.set_row(6, None, None, {"hidden": True})
    book.get_worksheet_by_name("旧系数").very_hidden()


def test_hidden_rows_and_sheets_are_read_and_named(tmp_path: Path) -> None:
    document = document_of(tmp_path, workbook(hidden_book), "a.xlsx")
    first, second = document.tables
    assert [(notice.code, notice.row_number, notice.values.get("last")) for notice in first.notices] == [
        ("XL_HIDDEN_ROW", 4, "5"),
        ("XL_HIDDEN_ROW", 7, "7"),
    ]
    assert [notice.code for notice in second.notices] == ["XL_HIDDEN_SHEET", "XL_HIDDEN_ROW", "XL_HIDDEN_ROW"]
    assert first.cells.num_rows == second.cells.num_rows == 8


def test_a_named_sheet_leaves_the_others_out_and_says_so(tmp_path: Path) -> None:
    document = document_of(tmp_path, workbook(hidden_book), "a.xlsx", sheet="数*")
    assert [table.sheet for table in document.tables] == ["数据"]
    assert [(notice.code, notice.field) for notice in document.notices] == [
        ("SHEET_SKIPPED", "旧系数"),
        ("SHEET_SKIPPED", "空表"),
    ]
    assert refusal(tmp_path, workbook(hidden_book), "a.xlsx", sheet="无").code == "XL_NO_SHEET"


def far_book(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    for number in range(5):
        sheet.write_row(number, 0, ["A", "B", number])
    sheet.write(1_048_575, 20, "stray")
    sheet.write(2, 16_383, "stray too")


def test_stray_cells_cost_nothing_and_are_named(tmp_path: Path) -> None:
    data = workbook(far_book)
    tracemalloc.start()
    started = time.perf_counter()
    table = only_table(tmp_path, data, "a.xlsx")
    seconds, (_, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert table.cells.shape == (5, 3)
    assert {(notice.code, notice.values["cell"]) for notice in table.notices} == {
        ("XL_FAR_CELL", "U1048576"),
        ("XL_FAR_CELL", "XFD3"),
    }
    assert seconds < 5 and peak < 50 << 20


def test_rows_far_below_that_are_many_are_rows(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for number in [0, 1, *range(5000, 5100)]:
            sheet.write_row(number, 0, ["A", number + 1])

    table = only_table(tmp_path, workbook(fill), "a.xlsx")
    assert not table.notices
    assert [number for number in table.row_numbers.to_pylist() if number > 2] == list(range(5001, 5101))


# --- merged ranges ----------------------------------------------------------------------------------------------


def merged_book(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    form = book.add_format()
    sheet.merge_range("A1:E1", "物料收发汇总表", form)
    sheet.merge_range("A2:A3", "物料", form)
    sheet.merge_range("B2:C2", "本期收入", form)
    sheet.merge_range("D2:E2", "本期发出", form)
    sheet.write_row(2, 1, ["数量", "金额", "数量", "金额"])
    sheet.merge_range("A4:E4", "仓库 A", form)
    sheet.merge_range("A5:A6", "煤", form)
    sheet.write_row(4, 2, [1, 2, 3])
    sheet.write_row(5, 2, [4, 5, 6])
    sheet.merge_range("B5:B6", "300", form)
    for number in range(6, 30):
        sheet.write_row(number, 1, [number, 1, 1, 1])
    sheet.merge_range("A21:A22", "柴油", form)


def test_merged_headings_and_labels_reach_every_cell_they_cover(tmp_path: Path) -> None:
    rows = numbered(only_table(tmp_path, workbook(merged_book, strings_to_numbers=False), "a.xlsx"))
    assert rows[1] == ["物料收发汇总表", None, None, None, None]
    assert rows[2] == ["物料", "本期收入", "本期收入", "本期发出", "本期发出"]
    assert rows[3] == ["物料", "数量", "金额", "数量", "金额"]
    assert rows[4] == ["仓库 A", None, None, None, None]
    assert [rows[5][0], rows[6][0], rows[21][0], rows[22][0]] == ["煤", "煤", "柴油", "柴油"]


def test_a_merged_quantity_is_not_counted_twice(tmp_path: Path) -> None:
    rows = numbered(only_table(tmp_path, workbook(merged_book, strings_to_numbers=False), "a.xlsx"))
    assert (rows[5][1], rows[6][1]) == ("300", None)
