"""What changed from one version of the plan to another: rows that came, rows that went, and cells that differ.

A version holds the rows valid at any time within it. It reads no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.plan import Plan

KEYS: Mapping[str, tuple[str, ...]] = {
    "facilities": ("facility_id",),
    "streams": ("stream_id",),
    "meters": ("meter_id", "channel"),
    "parameters": ("parameter_id",),
    "controls": ("control_id",),
}
VALIDITY = ("valid_from", "valid_to")
FOR_EVER = date(9999, 12, 31)


class UnknownVersion(Exception):
    """No version of the plan goes by that name; the message lists those there are (zh / en)."""

    exit_code = 2


@dataclass(frozen=True)
class Change:
    """One difference. kind: added, removed or changed. field, before, after: '' but for a changed cell."""

    table: str
    key: str
    kind: str
    field: str = ""
    before: str = ""
    after: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def differences(plan: Plan, before: str, after: str) -> list[Change]:
    """Every change from version `before` to version `after`, table by table. Raises UnknownVersion."""
    first, second = _version(plan, before), _version(plan, after)
    return [
        change
        for table, key in KEYS.items()
        for change in _changes(
            table,
            _by_key(plan.rows(table), key, first, is_last=True),
            _by_key(plan.rows(table), key, second, is_last=False),
        )
    ]


def _version(plan: Plan, name: str) -> Mapping[str, Any]:
    for row in plan.rows("versions"):
        if row["version"] == name:
            return row
    named = ", ".join(row["version"] for row in plan.rows("versions"))
    raise UnknownVersion(
        f"没有计划版本 {name}；现有：{named} / no such version of the plan: {name}; there are: {named}"
    )


def _by_key(
    rows: Iterable[Mapping[str, Any]], key: Sequence[str], version: Mapping[str, Any], is_last: bool
) -> dict[str, Mapping[str, Any]]:
    """The version's rows by their key; of several in its time, the one it ended with, or the one it began with."""
    start, end = version["valid_from"], version["valid_to"] or FOR_EVER
    held = [row for row in rows if _since(row) < end and (row["valid_to"] or FOR_EVER) > start]
    ordered = sorted(held, key=_since, reverse=not is_last)
    return {"/".join(str(row[name]) for name in key if row[name]): row for row in ordered}


def _since(row: Mapping[str, Any]) -> date:
    return row["valid_from"] or date.min


def _changes(
    table: str, before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> Iterator[Change]:
    for key in sorted(before.keys() | after.keys()):
        if key not in after:
            yield Change(table, key, "removed")
        elif key not in before:
            yield Change(table, key, "added")
        else:
            yield from _cells(table, key, before[key], after[key])


def _cells(table: str, key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for field, value in after.items():
        if field not in VALIDITY and value != before[field]:
            yield Change(table, key, "changed", field, _text(before[field]), _text(value))


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)
