"""Writes small deliveries for the landing tests, and lands them. It asserts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines import feeds
from pipelines.feeds import Feed
from pipelines.landing import one_file
from pipelines.landing.one_file import Delivered, Landed
from pipelines.workspace import STARTER_FEEDS_DIR

LATEST = date(2027, 11, 22)
DAILY = ["电表编号", "日期", "电量(kWh)"]
INTERVAL = ["电表编号", "时间", "电量(kWh)"]
CURVE = ["ASSET_NO", "DATA_DATE", "DATA_TYPE", *(f"P{n}" for n in range(1, 97))]

_starters: list[Feed] = []


def starters() -> list[Feed]:
    """The starter feeds, read once."""
    if not _starters:
        _starters.extend(feeds.in_folder(STARTER_FEEDS_DIR))
    return _starters


def csv_of(header: Sequence[str], *rows: Sequence[Any]) -> str:
    """Comma-separated lines; a cell with a comma is quoted."""
    cells = [[_cell(value) for value in row] for row in [header, *rows]]
    return "".join(",".join(row) + "\n" for row in cells)


def landed(folder: Path, text: str | bytes, name: str = "file.csv", known: Sequence[Feed] | None = None) -> Landed:
    """`text` as a file, landed under the starter feeds or `known`."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return landed_file(file, known)


def landed_file(file: Path, known: Sequence[Feed] | None = None) -> Landed:
    """The file landed under the starter feeds or `known`."""
    return one_file.landed(Delivered(file, file.name, "0" * 64, LATEST), known or starters())


def feed_of(folder: Path, text: str, name: str = "tried") -> Feed:
    """The feed that `text` (TOML) describes."""
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return feeds.read(file)


def changed(folder: Path, starter: str, *replaced: tuple[str, str]) -> Feed:
    """A starter feed with some of its text replaced."""
    text = (STARTER_FEEDS_DIR / f"{starter}.toml").read_text(encoding="utf-8")
    for before, after in replaced:
        assert before in text, before
        text = text.replace(before, after)
    return feed_of(folder, text, starter)


def rows_of(found: Landed) -> list[dict[str, Any]]:
    """The records as dicts."""
    assert found.records is not None, found.account
    return found.records.to_pylist()


def codes_by_row(found: Landed) -> dict[int, str]:
    """Row number → the reason it was set aside for."""
    return {row.row_number: row.code for row in found.ledger.quarantined}


def skipped_by_row(found: Landed) -> dict[int, str]:
    """Row number → the reason it was left out for."""
    return {row.row_number: row.reason for row in found.ledger.skipped}


def total(found: Landed) -> Decimal:
    """The sum of the figures of all records."""
    assert found.feed is not None
    column = found.feed.figure
    values = [value for row in rows_of(found) for value in (row[column] if column == "values" else [row[column]])]
    return sum((value for value in values if value is not None), Decimal(0))


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f'"{text}"' if any(mark in text for mark in ',"\n') else text
