"""One cell of the plan → a typed value, exactly or not at all. It knows no table and no file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.plan.fields import Kind

_DECIMAL = re.compile(r"-?\d{1,26}(\.\d{1,12})?", re.ASCII)
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?", re.ASCII)
# 3.2E+16: what Excel writes for an id of many digits
_EXPONENT = re.compile(r"[+-]?\d+(\.\d+)?E[+-]?\d+", re.ASCII | re.IGNORECASE)
_YES, _NO = ("true", "1", "yes", "y", "是"), ("false", "0", "no", "n", "否")
_EXCEL_DIGITS = 15

_BAD = {
    Kind.DECIMAL: "BAD_DECIMAL",
    Kind.INTEGER: "BAD_INTEGER",
    Kind.DATE: "BAD_DATE",
    Kind.BOOLEAN: "BAD_BOOLEAN",
    Kind.ID: "ID_DAMAGED",
}


@dataclass(frozen=True)
class Cell:
    """A cell as received. is_number: the workbook held a number; trouble: a problem's code, when there is no value."""

    text: str
    is_number: bool = False
    trouble: str = ""


class BadCell(Exception):
    """The cell holds no value of its kind; `code` says which problem it is."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def typed(cell: Cell, kind: Kind) -> Any:
    """The cell's value; '' or None when it is empty (see tables). Raises BadCell."""
    if cell.trouble:
        raise BadCell(cell.trouble)
    text = cell.text.strip()
    if kind == Kind.TEXT:
        return text
    if kind == Kind.ID:
        return _id(text, cell.is_number)
    text = unicodedata.normalize("NFKC", text)
    return _CONVERT[kind](text) if text else None


def _id(text: str, is_number: bool) -> str:
    if _EXPONENT.fullmatch(text) or (is_number and sum(map(str.isdigit, text)) > _EXCEL_DIGITS):
        raise BadCell(_BAD[Kind.ID])
    return text


def _decimal(text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise BadCell(_BAD[Kind.DECIMAL])
    return Decimal(text)


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise BadCell(_BAD[Kind.INTEGER])
    return int(text)


def _date(text: str) -> date:
    match = _DATE.fullmatch(text)
    if not match:
        raise BadCell(_BAD[Kind.DATE])
    year, *months, day = match.groups()
    try:
        return date(int(year), int(next(filter(None, months))), int(day))
    except ValueError as error:
        raise BadCell(_BAD[Kind.DATE]) from error


def _boolean(text: str) -> bool:
    if text.lower() not in _YES + _NO:
        raise BadCell(_BAD[Kind.BOOLEAN])
    return text.lower() in _YES


_CONVERT = {Kind.DECIMAL: _decimal, Kind.INTEGER: _integer, Kind.DATE: _date, Kind.BOOLEAN: _boolean}
