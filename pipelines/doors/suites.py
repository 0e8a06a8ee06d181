"""Expectation suites as typed records: expectations/<schema>.<table>.yml, read and checked. No verdict is given here.

A suite holds shapes, never a threshold: a limit rides along as a column of the table it judges, so that one suite serves
every facility. The only number a suite may name is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from pipelines.doors import telling
from pipelines.doors.shapes import JUDGES_NULLS, PAIRS, ROWS, SHAPES, WIDTHS, Columns
from pipelines.doors.telling import UNTOLD, Told, literal
from pipelines.warehouse import quoted
from pipelines.workspace import EXPECTATIONS_DIR

_OPERATORS = ("equals", "is_in", "is_null")


class SuiteError(Exception):
    """A suite file cannot be used; the message (zh / en) names the file, the entry and what to write instead."""


@dataclass(frozen=True)
class Condition:
    """One condition on a row: `column` equals a value, is in a list, or is (not) null."""

    column: str
    operator: str
    value: Any

    @property
    def sql(self) -> str:
        """The condition as SQL; names and texts are quoted."""
        name = quoted(self.column)
        if self.operator == "is_null":
            return f"{name} is {'' if self.value else 'not '}null"
        values = self.value if self.operator == "is_in" else [self.value]
        return f"{name} in ({', '.join(literal(value) for value in values)})"


@dataclass(frozen=True)
class Expectation:
    """One expectation of a suite, on behalf of one control of the plan.

    found: the column whose value a failing row shows. due_when: the rows that the control is due for; all when empty.
    found_names: what that value is, where the control's own message leaves it open. asks: what is asked for, where the
    columns alone would not tell a reader.
    """

    control_id: str
    kind: str
    arguments: Mapping[str, Any]
    found: str
    due_when: tuple[Condition, ...] = ()
    found_names: Told = UNTOLD
    asks: Told = UNTOLD

    @property
    def columns(self) -> Columns:
        """The columns looked at, in the order of the arguments."""
        names = [self.arguments[argument] for argument in SHAPES[self.kind][0]]
        return tuple(column for name in names for column in ([name] if isinstance(name, str) else name))

    @property
    def label(self) -> str:
        """The expectation in a few words: its type and columns."""
        return f"{self.kind.removeprefix('expect_')}({', '.join(self.columns)})"

    @property
    def shown(self) -> Columns:
        """The columns a failing row is fetched with, besides its key and its place."""
        return (self.found, *self.columns, *(condition.column for condition in self.due_when))

    @property
    def due_sql(self) -> str:
        """Is the control due for this row? Never null."""
        conditions = " and ".join(condition.sql for condition in self.due_when)
        return f"coalesce({conditions}, false)" if conditions else "true"

    @property
    def missing_sql(self) -> str:
        """Is it due, but one of its columns empty, so that it cannot be judged? Never null."""
        empty = [] if self.kind in JUDGES_NULLS else [f"{quoted(column)} is null" for column in self.columns]
        return f"({self.due_sql} and ({' or '.join(empty) or 'false'}))"

    @property
    def expected_sql(self) -> str:
        """What a failing row should have held, as a SQL text expression over that row's columns; no language's words."""
        return telling.expected_sql(self.kind, self.columns, self.arguments, self.found)

    @property
    def told_sql(self) -> str:
        """found_zh, found_en, expected_zh, expected_en of a failing row, as SQL text expressions over its columns."""
        found = [telling.found_sql(self.found, self.found_names, language) for language in telling.LANGUAGES]
        asked = [telling.asked_sql(self.kind, self.columns, self.asks, language) for language in telling.LANGUAGES]
        return ", ".join([*found, *(text or self.expected_sql for text in asked)])


@dataclass(frozen=True)
class Suite:
    """The expectations on one table.

    row_key: columns that name a row. facility, period: columns that place a row in a facility and a month; None where
    the table knows none, its verdicts then stand for the enterprise as a whole. planned, stream, regime: columns that lay
    a failing row at a planned reading, a stream and a regime, where the table knows them. lists_offenders: each row of the
    table is a failure, and its control is due in every month of every facility. due: which planned parameters
    make a row of this table due (conditions on plan.parameters); empty when the table's own rows say what was due.
    """

    table: str
    row_key: Columns
    facility: str | None
    period: str | None
    lists_offenders: bool
    planned: str | None
    stream: str | None
    regime: str | None
    due: tuple[Condition, ...]
    expectations: tuple[Expectation, ...]

    @property
    def table_sql(self) -> str:
        return ".".join(quoted(part) for part in self.table.split("."))

    @property
    def place(self) -> Columns:
        """The columns that place a row; none when the verdicts stand for the enterprise as a whole."""
        return tuple(column for column in (self.facility, self.period) if column)

    @property
    def carried(self) -> Columns:
        """The columns a failing row is fetched with, besides those its expectation looks at."""
        laid = (self.planned, self.stream, self.regime)
        return (*self.row_key, *self.place, *(column for column in laid if column))


def load(table: str, folder: Path = EXPECTATIONS_DIR) -> Suite:
    """The suite of `schema.table`; raises SuiteError when its file is missing or says something a suite may not say."""
    file = folder / f"{table}.yml"
    if not file.is_file():
        raise SuiteError(f"{file.name}: 没有这个期望套件 / there is no such suite")
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    try:
        _refuse(file, content.get("table") != table, f"table 应为 {table}", f"`table` should be {table}")
        return Suite(
            table=table,
            row_key=tuple(content["row_key"]),
            facility=content.get("facility"),
            period=content.get("period"),
            lists_offenders=content.get("lists_offenders", False),
            planned=content.get("planned"),
            stream=content.get("stream"),
            regime=content.get("regime"),
            due=_conditions(file, content.get("due", [])),
            expectations=tuple(_expectation(file, entry) for entry in content["expectations"]),
        )
    except KeyError as error:
        raise SuiteError(f"{file.name}: 缺少 {error} / {error} is missing") from error


def _expectation(file: Path, entry: Mapping[str, Any]) -> Expectation:
    kind, arguments = entry["expect"], dict(entry["kwargs"])
    _refuse(
        file,
        kind not in SHAPES,
        f"期望类型 {kind} 未经测试；可用: {', '.join(SHAPES)}",
        f"expectation type {kind} is untested; use one of {', '.join(SHAPES)}",
    )
    _refuse_arguments(file, kind, arguments)
    expectation = Expectation(
        control_id=entry["control"],
        kind=kind,
        arguments=arguments,
        found=entry["found"],
        due_when=_conditions(file, entry.get("row_condition", [])),
        found_names=Told(**entry.get("found_names", {})),
        asks=Told(**entry.get("asks", {})),
    )
    _refuse(
        file,
        kind in PAIRS and expectation.found not in expectation.columns,
        f"{kind} 的 found 应为其两列之一",
        f"`found` of {kind} should be one of its two columns",
    )
    width = WIDTHS.get(kind, len(expectation.columns))
    _refuse(file, len(expectation.columns) != width, f"{kind} 应有 {width} 列", f"{kind} takes {width} columns")
    _refuse(
        file,
        kind == ROWS and bool(expectation.due_when),
        f"{kind} 不支持 row_condition，请写入查询",
        f"{kind} takes no row_condition: write it into the query",
    )
    return expectation


def _refuse_arguments(file: Path, kind: str, arguments: Mapping[str, Any]) -> None:
    columns, others = SHAPES[kind]
    wrong = set(arguments) - set(columns) - set(others) | set(columns) - set(arguments)
    _refuse(file, bool(wrong), f"{kind} 的参数不符: {sorted(wrong)}", f"{kind}: check the arguments {sorted(wrong)}")
    limits = [value for value in _values(arguments) if isinstance(value, int | float | Decimal) and value != 0]
    limits = [value for value in limits if not isinstance(value, bool)]
    _refuse(
        file,
        bool(limits),
        f"{kind} 含阈值 {limits}；限值应来自计划，作为表的一列",
        f"{kind} holds the threshold {limits}: a limit comes from the plan, as a column of the table",
    )


def _values(arguments: Mapping[str, Any]) -> list[Any]:
    return [item for value in arguments.values() for item in (value if isinstance(value, list) else [value])]


def _conditions(file: Path, entries: list[Mapping[str, Any]]) -> tuple[Condition, ...]:
    found = []
    for entry in entries:
        operators = [name for name in _OPERATORS if name in entry]
        well_formed = len(operators) == 1 and len(entry) == 2 and "column" in entry
        _refuse(
            file, not well_formed, f"条件读不懂: {entry}", f"a condition is {{column, one of {_OPERATORS}}}: {entry}"
        )
        found.append(Condition(entry["column"], operators[0], entry[operators[0]]))
    return tuple(found)


def _refuse(file: Path, is_wrong: bool, zh: str, en: str) -> None:
    if is_wrong:
        raise SuiteError(f"{file.name}: {zh} / {en}")
