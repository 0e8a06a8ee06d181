"""Workbooks that are not what they should be: locked, cut off, out of order, armed, or seen differently by two readers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipelines.readers import Refused, excel_witness, xlsx_parts, xlsx_sheet
from tests.readers import xls_file
from tests.readers.reading import refusal
from tests.readers.xlsx_file import HEADER, rewritten, sheet_of, with_sheet_xml


def test_a_password_is_named_for_what_it_is(tmp_path: Path) -> None:
    data = xls_file.compound(b"\0" * 5000, name="EncryptedPackage")
    assert refusal(tmp_path, data, "a.xlsx").code == "FILE_ENCRYPTED"


def test_a_cut_off_workbook_is_refused(tmp_path: Path) -> None:
    data = sheet_of([HEADER])
    assert refusal(tmp_path, data[: len(data) // 2], "a.xlsx").code == "FILE_PARTIAL"


def test_a_sheet_cut_off_inside_is_refused(tmp_path: Path) -> None:
    data = rewritten(sheet_of([HEADER]), lambda name, part: part[:-40] if name.endswith("sheet1.xml") else part)
    assert refusal(tmp_path, data, "a.xlsx").code == "FILE_CORRUPT"


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'

    def armed(name: str, part: bytes) -> bytes:
        return part.replace(b"?>", b"?>" + bomb, 1) if name.endswith("sharedStrings.xml") else part

    assert refusal(tmp_path, rewritten(sheet_of([HEADER]), armed), "a.xlsx").code == "XML_DTD"


def test_a_workbook_without_a_filled_cell_is_empty(tmp_path: Path) -> None:
    assert refusal(tmp_path, sheet_of([]), "a.xlsx").code == "FILE_EMPTY"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="x"/>',
    ],
    ids=["rows out of order", "a cell twice", "cells out of order", "no such shared text", "no row number"],
)
def test_cells_that_contradict_each_other_are_refused(tmp_path: Path, cells: str) -> None:
    assert refusal(tmp_path, with_sheet_xml(cells), "a.xlsx").code == "FILE_CORRUPT"


def counted(data: bytes) -> excel_witness.SheetCount:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        workbook = xlsx_parts.workbook(archive)
        part = workbook.sheets[0].path
        return xlsx_sheet.read(archive.read(part), "数据", part, workbook).count


def test_two_implementations_must_see_the_same_sheet() -> None:
    data = sheet_of([HEADER, ["A", "2025-03-01", 100.5], ["B", "2025-03-02", 300]])
    excel_witness.confirm(data, [counted(data)])
    for change in ({"filled": 2}, {"total": 400.5001}):
        other = counted(data)
        vars(other.column(2)).update(change)
        with pytest.raises(Refused, match="数据!C"):
            excel_witness.confirm(data, [other])


def test_a_sheet_too_wide_for_the_second_opinion_goes_without() -> None:
    data = sheet_of([HEADER])
    other = counted(data)
    other.column(0).filled = 7
    other.rows = excel_witness.MOST_CELLS
    excel_witness.confirm(data, [other])
