"""Reason codes as sentences, Chinese and English: where, what was found, what was expected, what to do. Judges nothing.

The templates stand in seeds/every_sector/reason_codes.csv.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipelines.workspace import SEEDS_DIR

REASONS_FILE = SEEDS_DIR / "every_sector" / "reason_codes.csv"


@dataclass(frozen=True)
class Reason:
    """One code: severity is 'error' (the row or file does not count), 'warning' or 'info'."""

    code: str
    severity: str
    message_zh: str
    message_en: str
    action_zh: str
    action_en: str


@dataclass(frozen=True)
class Place:
    """Where in a delivery: file name, sheet ('' where there is none), row as a person sees it, column heading."""

    file: str
    sheet: str = ""
    row: int | None = None
    field: str = ""


def reason(code: str) -> Reason:
    """The reason of that code; KeyError when seeds/every_sector/reason_codes.csv does not know it."""
    return _reasons()[code]


def message(code: str, place: Place, values: Mapping[str, str]) -> tuple[str, str]:
    """What happened at `place`, in Chinese and in English, with what to do about it."""
    known = reason(code)
    named = defaultdict(lambda: "?", values)
    named.update(file=place.file, row=str(place.row or ""), field=place.field or values.get("field", ""))
    zh = _where(place, " 第 {} 行", " “{}”", " 工作表 {}") + "：" + _filled(known.message_zh, named)
    en = _where(place, " row {}", ' "{}"', " sheet {}") + ": " + _filled(known.message_en, named)
    return (
        zh + ("。" + known.action_zh if known.action_zh else "") + "。",
        en + (". " + known.action_en[0].upper() + known.action_en[1:] if known.action_en else "") + ".",
    )


def _where(place: Place, row: str, field: str, sheet: str) -> str:
    return (
        place.file
        + (sheet.format(place.sheet) if place.sheet else "")
        + (row.format(place.row) if place.row else "")
        + (field.format(place.field) if place.field else "")
    )


def _filled(template: str, values: Mapping[str, str]) -> str:
    return template.format_map(values)


@cache
def _reasons() -> dict[str, Reason]:
    with REASONS_FILE.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: Reason(**row) for row in csv.DictReader(stream)}
