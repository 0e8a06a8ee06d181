"""What a failing row tells its reader: what was found, what was asked for, in both languages. It judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.doors.shapes import (
    ALL_DIFFERENT,
    BETWEEN,
    BILL,
    CALIBRATED,
    EQUAL,
    IN_SET,
    NO_REPEAT,
    NOT_IN_SET,
    NOT_NULL,
    NULL,
    PAIRS,
    PRODUCTION,
    ROWS,
    STOCK,
    SUB_METERS,
    Columns,
)
from pipelines.warehouse import quoted

# each language with what it calls an empty value
LANGUAGES = {"zh": "空", "en": "nothing"}


@dataclass(frozen=True)
class Told:
    """A few words in both languages; '' where nothing needs to be said."""

    zh: str = ""
    en: str = ""


UNTOLD = Told()
_ASKED = {NOT_NULL: Told("须有值", "a value"), NULL: Told("无", "none")}
# what a row should have held: {n} is the n-th column of the expectation
_OWN = {
    STOCK: "{0} + {1} − {2} + {3} = {4} ± {5}",
    SUB_METERS: "{1} … {2}",
    BILL: "{1} × (1 ± {2})",
    CALIBRATED: "{0} … {1} ⊆ {2} … {3}",
    PRODUCTION: "{1} + {3} − {2} ± {4}",
    NO_REPEAT: "< {1}",
}


def found_sql(column: str, names: Told, language: str) -> str:
    """What was found, with the name of what it is, as a SQL text expression over the row's columns."""
    named = literal(getattr(names, language))
    return f"concat_ws(' ', nullif({named}, ''), {plain_text(column, LANGUAGES[language])})"


def asked_sql(kind: str, columns: Columns, asks: Told, language: str) -> str:
    """What was asked for in a language's words, as a SQL text expression; '' where figures alone say it (expected_sql).

    {column} in the words stands for what the row holds in that column.
    """
    asked = getattr(asks, language) or getattr(_ASKED.get(kind, UNTOLD), language)
    shown = {column: f"' || {plain_text(column, LANGUAGES[language])} || '" for column in columns}
    return literal(asked).format(**shown) if asked else ""


def expected_sql(kind: str, columns: Columns, arguments: Mapping[str, Any], found: str) -> str:
    """What a failing row should have held, as a SQL text expression over its columns; no language's words."""
    if kind in PAIRS:
        first, second = columns
        sign, other = ("≥", second) if found == first else ("≤", first)
        return f"'{'=' if kind == EQUAL else sign} ' || {plain_text(other)}"
    if kind in _OWN:
        parts = [f"' || {plain_text(column)} || '" for column in columns]
        return f"'{_OWN[kind].format(*parts)}'"
    return literal(_EXPECTED[kind](arguments))


def literal(value: Any) -> str:
    """A value of a suite as a SQL literal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def plain_text(column: str, empty: str = "null") -> str:
    """A column as a person reads it: a decimal without the zeros that its type adds, null as `empty`."""
    text = f"{quoted(column)}::varchar"
    trimmed = f"rtrim(rtrim({text}, '0'), '.')"
    is_decimal = f"regexp_full_match({text}, '-?[0-9]+[.][0-9]+')"
    return f"coalesce(case when {is_decimal} then {trimmed} else {text} end, {literal(empty)})"


def _range(lowest: Any, highest: Any) -> str:
    """What lies between two limits, either of which may be open."""
    if lowest == highest:
        return str(lowest)
    return f"≥ {lowest}" if highest is None else f"≤ {highest}" if lowest is None else f"{lowest} … {highest}"


_EXPECTED: dict[str, Any] = {
    NOT_NULL: lambda _: "not null",
    NULL: lambda _: "null",
    BETWEEN: lambda arguments: _range(arguments.get("min_value"), arguments.get("max_value")),
    IN_SET: lambda arguments: " | ".join(literal(value) for value in arguments["value_set"]),
    NOT_IN_SET: lambda arguments: "≠ " + " | ".join(literal(value) for value in arguments["value_set"]),
    ALL_DIFFERENT: lambda arguments: f"{' ≠ '.join(arguments['column_list'])}",
    ROWS: lambda _: "",
}
