"""Excel workbooks → one Table a sheet. How a sheet's cells are read stands in xlsx_sheet (.xlsx, .xlsm) and xls (.xls)."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from fnmatch import fnmatchcase

from pipelines.readers import (
    Document,
    Notice,
    ReaderOptions,
    Refused,
    Table,
    excel_witness,
    xls,
    xlsx_parts,
    xlsx_sheet,
)


def read_xlsx(data: bytes, archive: zipfile.ZipFile, options: ReaderOptions) -> Document:
    """The worksheets of an OOXML workbook, Strict or transitional; `archive` is `data` opened.

    Raises Refused XL_FORMULA_NO_VALUE when a chosen sheet holds formulas nobody ever computed (a script wrote the file:
    their cells would read as empty), XL_NO_SHEET when no sheet has the name asked for.
    """
    workbook = xlsx_parts.workbook(archive)
    chosen, notices = _chosen([sheet.name for sheet in workbook.sheets], options.sheet)
    contents = [
        (sheet, xlsx_sheet.read(_sheet_bytes(archive, sheet.path), sheet.name, sheet.path, workbook))
        for sheet in workbook.sheets
        if sheet.name in chosen
    ]
    for sheet, content in contents:
        _refuse_unvalued(sheet.name, content.unvalued)
    excel_witness.confirm(data, [content.count for _, content in contents])
    return _document([(content.table, sheet.hidden) for sheet, content in contents], notices)


def read_xls(data: bytes, options: ReaderOptions) -> Document:
    """The worksheets of a BIFF workbook (Excel 97 to 2003, and 95)."""
    workbook = xls.Workbook(data)
    chosen, notices = _chosen(workbook.names, options.sheet)
    tables = [(workbook.table(name), name in workbook.hidden) for name in workbook.names if name in chosen]
    return _document(tables, notices)


def _chosen(names: Sequence[str], pattern: str) -> tuple[set[str], list[Notice]]:
    """The sheets whose name fits `pattern`, and a notice for each of the others."""
    wanted = pattern.casefold()
    chosen = {name for name in names if name.casefold() == wanted or fnmatchcase(name.casefold(), wanted)}
    if not chosen:
        raise Refused("XL_NO_SHEET", found=", ".join(names), expected=pattern)
    skipped = [name for name in names if name not in chosen]
    return chosen, [Notice("SHEET_SKIPPED", field=name, values={"expected": pattern}) for name in skipped]


def _sheet_bytes(archive: zipfile.ZipFile, part: str) -> bytes:
    data = xlsx_parts.part_bytes(archive, part)
    if not data:
        raise Refused("FILE_CORRUPT", found=f"no part {part}")
    return data


def _refuse_unvalued(sheet: str, cells: Sequence[str]) -> None:
    if cells:
        raise Refused("XL_FORMULA_NO_VALUE", found=len(cells), sheet=sheet, cell=cells[0])


def _document(tables: Sequence[tuple[Table, bool]], notices: list[Notice]) -> Document:
    """Empty sheets are left out; a hidden one is read and says so."""
    filled = [(table, hidden) for table, hidden in tables if table.cells.num_rows]
    if not filled:
        raise Refused("FILE_EMPTY")
    for table, hidden in filled:
        if hidden:
            table.notices.insert(0, Notice("XL_HIDDEN_SHEET", field=table.sheet))
    return Document("excel", [table for table, _ in filled], notices)
