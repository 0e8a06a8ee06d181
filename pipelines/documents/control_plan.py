"""Gathers the printed plan of one version: the form's sections with the rows that its questions give. It prints nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines import asking
from pipelines.plan import UnknownVersion
from pipelines.reports import figures
from pipelines.reports.questions import ask as ask_report

HERE = Path(__file__).parent
FOR_EVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Column:
    """A column of a form: its name in the answer, its titles, and how a cell is read: text, term or name."""

    name: str
    zh: str
    en: str
    kind: str = "text"

    def cell(self, row: asking.Row, language: str) -> str:
        """The cell as printed in one language; '' where there is nothing."""
        if self.kind == "name":
            other = "en" if language == "zh" else "zh"
            return row.get(f"{self.name}_{language}") or row.get(f"{self.name}_{other}") or ""
        value = row.get(self.name)
        if self.kind == "term" and value is not None:
            return _terms().get(str(value), {}).get(language, str(value))
        return _text(value)


@dataclass(frozen=True)
class Table:
    """A table of a form with its rows."""

    title: dict[str, str]
    layout: str
    columns: list[Column]
    rows: list[asking.Row]


def facts(connection: duckdb.DuckDBPyConnection, version: str = "") -> dict[str, Any]:
    """The form filled with the plan of `version`, the newest when empty. Raises UnknownVersion."""
    chosen = _version(connection, version)
    period = {"since": chosen["valid_from"], "until": chosen["valid_to"] or FOR_EVER}
    return {
        "build": ask_report(connection, "build")[0] | {"plan_version": chosen["version"]},
        "version": chosen,
        "filled": [
            (section["key"], [_table(connection, table, period) for table in section["tables"]])
            for section in _form()["sections"]
        ],
        "overrides": [
            row
            for row in ask_report(connection, "overrides")
            if period["since"] <= row["period_start"] < period["until"]
        ],
    }


def _version(connection: duckdb.DuckDBPyConnection, version: str) -> asking.Row:
    there = asking.ask(connection, HERE / "questions" / "plan_versions.sql", until=FOR_EVER)
    for row in there[::-1]:
        if version in ("", row["version"]):
            return row
    named = ", ".join(row["version"] for row in there)
    raise UnknownVersion(
        f"没有计划版本 {version}；现有：{named} / no such version of the plan: {version}; there are: {named}"
    )


def _table(connection: duckdb.DuckDBPyConnection, table: dict[str, Any], period: dict[str, date]) -> Table:
    rows = asking.ask(connection, HERE / "questions" / f"{table['question']}.sql", **period)
    title = {"zh": table["zh"], "en": table["en"]}
    return Table(title, table.get("layout", "table"), [Column(*column) for column in table["columns"]], rows)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return figures.plain(value)
    return str(value)


@cache
def _form() -> dict[str, Any]:
    return tomllib.loads((HERE / "control_plan.toml").read_text(encoding="utf-8"))


@cache
def _terms() -> dict[str, dict[str, str]]:
    return {code: {"zh": zh, "en": en} for code, (zh, en) in _form()["terms"].items()}
