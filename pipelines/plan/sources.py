"""The plan's files → sheets of cells with the line numbers a person sees. It types nothing and checks no rule."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipelines.plan.cells import Cell
from pipelines.plan.problems import Problems
from pipelines.plan.tables import TABLES, VERSIONS

WORKBOOK, VERSION_FILE = "plan.xlsx", "plan.toml"
_VERSION_SHEETS = ("plan", VERSIONS)
_DELIMITERS = (",", ";", "\t")
_VERSION_ENTRY = re.compile(r"\s*\[\[\s*versions\s*\]\]")


@dataclass
class Sheet:
    """One table as received. file: how a person calls it. rows: physical line and cells, in the header's order."""

    table: str
    file: str
    header_line: int = 1
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


def read(folder: Path, problems: Problems) -> list[Sheet]:
    """Every table of the plan in `folder`: from plan.xlsx, or from a CSV each, with the versions in plan.toml."""
    files = sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []
    tables = [path for path in files if path.suffix.lower() == ".csv"]
    workbooks = [path for path in files if path.name.lower() == WORKBOOK]
    if not tables and not workbooks:
        problems.add("EMPTY_PLAN", f"{folder.name}/", None, "")
        return []
    for path in tables if workbooks else []:
        problems.add("TWO_SOURCES", path.name, None, "", found=path.name)
    sheets = list(_workbook(workbooks[0], problems)) if workbooks else list(_csv_files(tables, problems))
    return sheets + list(_version_file(folder / VERSION_FILE, problems))


# --- CSV ------------------------------------------------------------------------------------------------------------


def _csv_files(paths: list[Path], problems: Problems) -> Iterator[Sheet]:
    for path in paths:
        table = path.stem.lower()
        if table not in TABLES:
            expected = ", ".join(f"{name}.csv" for name in TABLES if name != VERSIONS)
            problems.add("UNKNOWN_FILE", path.name, None, "", near=TABLES, found=table, expected=expected)
            continue
        try:
            yield _csv_sheet(path, table, problems)
        except (UnicodeError, csv.Error) as error:
            problems.add("UNREADABLE", path.name, None, "", found=error)


def _csv_sheet(path: Path, table: str, problems: Problems) -> Sheet:
    sheet = Sheet(table, path.name)
    for line, texts in _csv_rows(_decoded(path.read_bytes())):
        if not any(text.strip() for text in texts):
            continue
        if not sheet.columns:
            sheet.header_line, sheet.columns = line, [_column_name(text) for text in texts]
        elif any(text.strip() for text in texts[len(sheet.columns) :]) or len(texts) < len(sheet.columns):
            problems.add("RAGGED_ROW", sheet.file, line, "", found=len(texts), expected=len(sheet.columns))
        else:
            sheet.rows.append((line, [Cell(text) for text in texts[: len(sheet.columns)]]))
    return sheet


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count), strict=True)
    first = 1
    for row in reader:
        yield first, row
        first = reader.line_num + 1


def _decoded(content: bytes) -> str:
    """BOM → strict UTF-8 → strict GB18030; raises UnicodeError when none fits."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _column_name(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


# --- Excel ----------------------------------------------------------------------------------------------------------


def _workbook(path: Path, problems: Problems) -> Iterator[Sheet]:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # features of the workbook that openpyxl does not draw
            values = openpyxl.load_workbook(path, data_only=True)
            formulas = openpyxl.load_workbook(path)
    except Exception as error:  # openpyxl lets through whatever zip, XML and styles raise
        problems.add("UNREADABLE", path.name, None, "", found=error)
        return
    for name in values.sheetnames:
        table = VERSIONS if name.strip().lower() in _VERSION_SHEETS else name.strip().lower()
        if table in TABLES:
            yield _excel_sheet(f"{path.name}[{name}]", table, values[name], formulas[name], problems)


def _excel_sheet(file: str, table: str, values: Any, formulas: Any, problems: Problems) -> Sheet:
    sheet = Sheet(table, file)
    grid = [[_excel_cell(value, formulas[value.coordinate]) for value in row] for row in values.iter_rows()]
    lines = [(line, cells) for line, cells in enumerate(grid, start=1) if any(c.text or c.trouble for c in cells)]
    if table == VERSIONS and lines:
        lines = _upright(lines)
    for line, cells in lines:
        if not sheet.columns:
            width = max((at for at, cell in enumerate(cells, start=1) if cell.text), default=0)
            sheet.header_line, sheet.columns = line, [_column_name(cell.text) for cell in cells[:width]]
        elif any(cell.text for cell in cells[len(sheet.columns) :]):
            problems.add("RAGGED_ROW", file, line, "", found=len(cells), expected=len(sheet.columns))
        else:
            sheet.rows.append((line, cells[: len(sheet.columns)]))
    return sheet


def _upright(lines: list[tuple[int, list[Cell]]]) -> list[tuple[int, list[Cell]]]:
    """A sheet written as name | value down the page, turned into a header and a row; any other is left alone."""
    known = {column.name for column in TABLES[VERSIONS]}
    names = [_column_name(cells[0].text) for _, cells in lines]
    if len(names) < 2 or not set(names) <= known:
        return lines
    first = lines[0][0]
    blank = Cell("")
    return [
        (first, [cells[0] for _, cells in lines]),
        (first, [cells[1] if len(cells) > 1 else blank for _, cells in lines]),
    ]


def _excel_cell(value: Any, formula: Any) -> Cell:
    content = value.value
    if content is None:
        return Cell("", trouble="FORMULA_UNSAVED" if str(formula.value or "").startswith("=") else "")
    if value.data_type == "e":
        return Cell(str(content), trouble="ERROR_CELL")
    return Cell(_excel_text(content), is_number=isinstance(content, int | float) and not isinstance(content, bool))


def _excel_text(content: Any) -> str:
    if isinstance(content, datetime):
        return content.date().isoformat() if content.time() == datetime.min.time() else content.isoformat()
    if isinstance(content, float):
        digits = f"{content:.15g}"  # what Excel itself keeps and shows
        return digits if "e" not in digits else f"{content:.0f}" if abs(content) >= 1 else f"{content:.20f}".rstrip("0")
    return content.isoformat() if isinstance(content, date) else str(content)


# --- plan.toml ------------------------------------------------------------------------------------------------------


def _version_file(path: Path, problems: Problems) -> Iterator[Sheet]:
    """plan.toml: one version at the top level, or several as [[versions]]."""
    if not path.is_file():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (UnicodeError, tomllib.TOMLDecodeError) as error:
        at = re.search(r"line (\d+)", str(error))
        problems.add("UNREADABLE", path.name, int(at[1]) if at else None, "", found=error)
        return
    starts = [at for at, line in enumerate(text.splitlines(), start=1) if _VERSION_ENTRY.match(line)]
    entries = content.get(VERSIONS, []) if starts else [content]
    columns = list(dict.fromkeys(name for entry in entries for name in entry))
    rows = [[Cell(_toml_text(entry.get(name, ""))) for name in columns] for entry in entries]
    yield Sheet(VERSIONS, path.name, 1, columns, list(zip(starts or [1], rows, strict=True)))


def _toml_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
