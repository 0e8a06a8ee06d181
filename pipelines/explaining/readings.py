"""The readings under a figure, period by period, each source row once. It reads no file itself (see archived)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from pipelines.asking import Row, ask, grouped
from pipelines.explaining.archived import ArchivedRows, Place

QUESTIONS = Path(__file__).parent / "questions"


def parameters(connection: duckdb.DuckDBPyConnection, figure: Row, archive: ArchivedRows) -> list[dict[str, Any]]:
    """Every parameter the figure rests on: what was admitted of it in the month, and the rows that its readings are."""
    found = []
    for parameter in ask(connection, QUESTIONS / "parameters.sql", figure["emission_id"]):
        key, month = parameter["parameter_id"], figure["month"]
        wanted = {parameter["source_key"], *(parameter["source_key"] or "").split("/"), *parameter["meters"]} - {
            "",
            None,
        }
        readings = ask(connection, QUESTIONS / "readings.sql", key, month)
        found.append(
            {
                **{name: value for name, value in parameter.items() if name != "meters"},
                "periods": _periods(connection, key, month),
                "sources": _sources(readings, archive, frozenset(wanted)),
            }
        )
    return found


def _periods(connection: duckdb.DuckDBPyConnection, parameter_id: str, month: object) -> list[Row]:
    """What was admitted of each period, with the decisions that it rests on."""
    decided = grouped(ask(connection, QUESTIONS / "decisions.sql", parameter_id, month), "period_start")
    periods = ask(connection, QUESTIONS / "periods.sql", parameter_id, month)
    return [row | {"decisions": decided.get((row["period_start"],), [])} for row in periods]


def _sources(readings: list[Row], archive: ArchivedRows, wanted: frozenset[str]) -> list[dict[str, Any]]:
    """Readings that come from the same rows stand together under them: a bill spread over days is one source."""
    by_place: dict[tuple[Place, ...], list[Row]] = {}
    for reading in readings:
        by_place.setdefault(_places(reading), []).append(reading)
    return [
        {
            "readings": [_shown(reading) for reading in held],
            "rows": [archive.rows(place, wanted) for place in places],
        }
        for places, held in by_place.items()
    ]


def _places(reading: Row) -> tuple[Place, ...]:
    """Where a reading stands: one place, or for the interval between two register readings both of its ends."""
    end = _place(reading, "", reading["row_first"], reading["row_last"])
    if reading["start_row"] is None:
        return (end,)
    return (_place(reading, "start_", reading["start_row"], reading["start_row"]), end)


def _place(reading: Row, which: str, first: int | None, last: int | None) -> Place:
    return Place(
        file_sha256=reading[f"{which}file_sha256"],
        file_name=reading[f"{which}file_name"],
        feed=reading[f"{which}feed"],
        sheet=reading[f"{which}sheet"],
        row_first=first,
        row_last=last,
    )


def _shown(reading: Row) -> dict[str, Any]:
    keys = (
        "period_start",
        "period_end",
        "quantity",
        "unit",
        "basis",
        "hours_missing",
        "source_quantity",
        "source_unit",
    )
    return {key: reading[key] for key in keys} | ({"reason": reading["reason"]} if reading["reason"] else {})
