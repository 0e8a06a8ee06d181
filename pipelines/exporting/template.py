"""The workbook that people fill in for one record type, laid out by its starter feed. It reads no filled-in file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import feeds, records, rules
from pipelines.exporting.tables import ExportError
from pipelines.workspace import STARTER_FEEDS_DIR

ROWS = 5000  # how far down formats and checks reach
DATA, HOW, LISTS = "数据 data", "填写说明 how to", "选项 lists"

# Columns whose cells come from a list of the house; any other text is still taken, with a warning.
LISTED = {"unit": ("units", "unit"), "movement": ("movement_types", "movement"), "fuel_code": ("fuels", "fuel")}


@dataclass(frozen=True)
class Entry:
    """One column to fill in: its record column, its heading in the file, and whether a row needs it."""

    column: str
    heading: str
    is_required: bool
    zh: str
    en: str
    example: str


def write(record_type: str, file: Path) -> None:
    """A sheet to fill in, one that explains every column with an example, one with the lists to choose from."""
    import xlsxwriter

    entries = entries_of(record_type)
    feed = feeds.read(_feed_file(record_type))
    with xlsxwriter.Workbook(file) as book:
        book.set_properties(
            {"title": feed.description_zh, "comments": feed.description_en, "created": datetime(2000, 1, 1)}
        )
        _write_data(book, record_type, entries)
        _write_instructions(book, feed, entries)
        _write_lists(book)


def entries_of(record_type: str) -> list[Entry]:
    """The columns of the workbook in the feed's order; ExportError when the record type has no template feed."""
    if not _feed_file(record_type).is_file():
        raise ExportError(f"{record_type} 没有填报模板。 / no template ships for {record_type}.")
    feed = feeds.read(_feed_file(record_type))
    required = {column: source.headers[0] for column, source in feed.columns.items()}
    required |= {"unit": feed.unit.column.headers[0]} if feed.unit.column else {}
    optional = {column: source.headers[0] for column, source in feed.optional_columns.items()}
    remarks = dict(zip(["remark"], feed.ignored, strict=False))
    return [
        Entry(column, heading, column in required, *_said(column))
        for column, heading in (required | optional | remarks).items()
    ]


def _said(column: str) -> tuple[str, str, str]:
    words = _wording()[column]
    return words["zh"], words["en"], words["example"]


@cache
def _wording() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "record_columns.toml").read_text(encoding="utf-8"))


def _feed_file(record_type: str) -> Path:
    return STARTER_FEEDS_DIR / f"template_{record_type}.toml"


def _write_data(book: Any, record_type: str, entries: list[Entry]) -> None:
    """Headings only: what is typed below them is data, an example among it would be too."""
    sheet = book.add_worksheet(DATA)
    heads = [book.add_format({"bold": True, "bottom": 1, "bg_color": colour}) for colour in ("#eef1f2", "#cfe6e3")]
    types = {field.name: field.type for field in records.schema_of(record_type)}
    for position, entry in enumerate(entries):
        kind = _kind(entry.column, types)
        cells = book.add_format({"num_format": {"date": "yyyy-mm-dd", "instant": "yyyy-mm-dd hh:mm"}.get(kind, "@")})
        number = book.add_format({"num_format": "General"})
        width = max(2 * len(entry.heading) + 2, 14)
        sheet.set_column(position, position, width, number if kind == "number" else cells)
        sheet.write_string(0, position, entry.heading, heads[entry.is_required])
        sheet.data_validation(1, position, ROWS, position, _check(entry, kind))
    sheet.freeze_panes(1, 0)


def _kind(column: str, types: dict[str, pa.DataType]) -> str:
    """'date', 'instant', 'number' or 'text'; ids are text, so that Excel keeps their zeros and all their digits."""
    held = types.get(column, pa.string())
    if pa.types.is_date(held):
        return "date"
    if pa.types.is_timestamp(held):
        return "instant"
    is_number = pa.types.is_decimal(held) or pa.types.is_integer(held) or pa.types.is_list(held)
    return "number" if is_number and column != "flags" else "text"


def _check(entry: Entry, kind: str) -> dict[str, Any]:
    """Excel's own check of a column, a warning only: landing is what judges."""
    check: dict[str, Any] = {"validate": "any"}
    if entry.column in LISTED:
        column = list(LISTED).index(entry.column)
        letter = chr(ord("A") + column)
        check = {"validate": "list", "source": f"='{LISTS}'!${letter}$2:${letter}${1 + len(_listed(entry.column))}"}
    elif kind in {"date", "instant"}:
        check = {"validate": "date", "criteria": ">=", "value": date(1990, 1, 1)}
    elif kind == "number":
        check = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
    needed = "必填 required" if entry.is_required else "选填 optional"
    return check | {
        "error_type": "warning",
        "error_title": "请核对 please check",
        "error_message": f"{entry.zh[:110]} / {entry.en[:110]}",
        "input_title": f"{entry.heading[:20]} {needed}"[:32],
        "input_message": f"{entry.zh}\n{entry.en}"[:255],
    }


def _write_instructions(book: Any, feed: feeds.Feed, entries: list[Entry]) -> None:
    """One line per column, so that no row of this sheet is the data's header row."""
    sheet = book.add_worksheet(HOW)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#cfe6e3"})
    sheet.write_string(0, 0, f"{feed.description_zh} / {feed.description_en}", bold)
    for row, line in enumerate(_wording()["rules"]["lines"], start=1):
        sheet.write_string(row, 0, line)
    top = len(_wording()["rules"]["lines"]) + 2
    titles = [("列名 heading", 26), ("必填 required", 14), ("说明", 44), ("Meaning", 52), ("示例 example", 24)]
    for position, (title, width) in enumerate(titles):
        sheet.set_column(position, position, width)
        sheet.write_string(top, position, title, head)
    for row, entry in enumerate(entries, start=top + 1):
        needed = "是 yes" if entry.is_required else "否 no"
        for position, text in enumerate([entry.heading, needed, entry.zh, entry.en, entry.example]):
            sheet.write_string(row, position, text, wrapped)


def _write_lists(book: Any) -> None:
    sheet = book.add_worksheet(LISTS)
    head = book.add_format({"bold": True, "bottom": 1})
    for position, column in enumerate(LISTED):
        sheet.set_column(position, position, 26)
        sheet.write_string(0, position, column, head)
        for row, value in enumerate(_listed(column), start=1):
            sheet.write_string(row, position, value)


@cache
def _listed(column: str) -> list[str]:
    table, name = LISTED[column]
    return list(dict.fromkeys(row[name] for row in rules.rows(table)))
