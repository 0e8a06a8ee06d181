"""Opens two sides, lays the bridge between them and asks what it says. Every number comes from SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines import warehouse
from pipelines.asking import Row, ask
from pipelines.comparing import bridging
from pipelines.comparing.naming import ComparingError, Side
from pipelines.workspace import Workspace

QUESTIONS = Path(__file__).with_name("questions")


@dataclass(frozen=True)
class Comparison:
    """The bridge from one inventory to another, in the order in which the two were asked for; t CO2e, all exact.

    total: both figures, difference, residual (always 0) and how many lines needed floating point. parts: one row each, in
    the order of change_parts. facilities: one row a facility and part. lines: the lines that were asked for, largest
    first, each with the terms and readings that differ and where they stand in the files.
    """

    before: Side
    after: Side
    regime: str
    period: tuple[date, date] | None
    total: Row
    parts: list[Row]
    facilities: list[Row]
    lines: list[Row]


def compare(
    workspace: Workspace,
    before: Side,
    after: Side,
    regime: str | None = None,
    period: tuple[date, date] | None = None,
    part: str | None = None,
    most: int = 0,
) -> Comparison:
    """What takes the inventory from `before` to `after` under `regime` (else the workspace's first).

    period: first month and the month after the last. part: of which part the lines are listed, else of any. most: how
    many lines. Raises ComparingError for a regime or part that is not there, or a side of another version.
    """
    chosen = regime or workspace.settings.regimes[0]
    with _bridged(before, after, chosen, period) as connection:
        _refuse_unknown(connection, "regimes", chosen)
        if part:
            _refuse_unknown(connection, "parts", part)
        direction = 1 if before.order <= after.order else -1
        asked = {"direction": direction, "part": part, "most": most}
        total = ask(connection, QUESTIONS / "total.sql", **asked)[0]
        return Comparison(
            before,
            after,
            chosen,
            period,
            total,
            ask(connection, QUESTIONS / "parts.sql", **asked),
            ask(connection, QUESTIONS / "facilities.sql", **asked),
            _lines(connection, asked) if most else [],
        )


@contextmanager
def _bridged(
    before: Side, after: Side, regime: str, period: tuple[date, date] | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    earlier, later = sorted((before, after), key=lambda side: side.order)
    with warehouse.side_by_side(earlier.place, later.place) as connection:
        try:
            bridging.lay_sides(connection, regime, period)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            told = str(error).splitlines()[0]
            raise ComparingError(
                f"{earlier.name} 与 {later.name} 的表结构不同，不能比较：请用当前代码重新构建。原文：{told}",
                f"{earlier.name} and {later.name} were built with different tables and cannot be compared: build again"
                f" with the code of today. In the engine's words: {told}",
            ) from error
        yield connection


def _refuse_unknown(connection: duckdb.DuckDBPyConnection, what: str, name: str) -> None:
    known = [row["name"] for row in ask(connection, QUESTIONS / f"{what}_known.sql")]
    if name not in known:
        word = {"regimes": "核算制度", "parts": "部分"}[what]
        told = ", ".join(known)
        raise ComparingError(f"没有{word} “{name}”；有：{told}。", f"no {what[:-1]} {name!r}; there are: {told}.")


def _lines(connection: duckdb.DuckDBPyConnection, asked: dict[str, Any]) -> list[Row]:
    """The largest lines of a part, with what differs in them and the rows it comes from."""
    found = ask(connection, QUESTIONS / "lines.sql", **asked)
    for line in found:
        of_line = asked | {"emission_id": line["emission_id"]}
        line["parts"] = ask(connection, QUESTIONS / "line_parts.sql", **of_line)
        line["terms"] = ask(connection, QUESTIONS / "line_terms.sql", **of_line)
        line["readings"] = ask(connection, QUESTIONS / "line_readings.sql", **of_line)
    return found
