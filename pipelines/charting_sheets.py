"""`tanku chart`: a series and a chart's parameters in; centre, sigma, limits, statistics, alarms out. It defines no chart.

For people who have no warehouse: the statistics are those of the room `performance`, which every build runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import performance, rules, sheets
from pipelines.plan.cells import BadCell, Cell, typed
from pipelines.plan.fields import Kind
from pipelines.sheets import SheetError

Row = dict[str, Any]

CHARTS = ("individuals", "moving_range", "ewma", "cusum")
REQUIRED, OPTIONAL = ("period", "value"), ("is_in_window",)
PARAMETERS = ("sigma_multiple", "run_rules", "smoothing", "reference_value", "decision_interval", "centre", "sigma")
_CHART = ("status", "points", "points_in_window", "points_used", "rounds", "centre", "sigma", "autocorrelation")
_RUN_LENGTH = ("in_control_run_length", "run_length_method")
_POINT = (
    "value",
    "statistic",
    "statistic_low",
    "lower_limit",
    "upper_limit",
    "is_in_window",
    "is_limit_point",
    "is_alarm",
    "rules",
)


def chart(file: Path, kind: str, parameters: Mapping[str, Any]) -> Row:
    """The chart of the series in `file`, with its points in their order; parameters by the names of PARAMETERS, and
    `least_points`, where the sheet is to have limits from fewer points than the rules ask for.

    The in-control window is what the column is_in_window says, else the whole series; a centre and sigma that are given need
    none. Raises SheetError.
    """
    if kind not in CHARTS:
        known = ", ".join(CHARTS)
        raise SheetError(f"没有控制图 “{kind}”；应为其一：{known}。", f"no chart {kind!r}; it is one of: {known}.")
    rows = _series(file)
    # days of no calendar: only their order counts
    days = [date.fromordinal(at + 1) for at in range(len(rows))]
    values = [
        {"warning_id": "sheet", "period_start": day, "value": row["value"], "is_in_window": row["is_in_window"]}
        for day, row in zip(days, rows, strict=True)
    ]
    given = {name: parameters.get(name) for name in PARAMETERS}
    least = float(parameters.get("least_points") or _least_points())
    limits = pa.table({"name": ["least_points"], "value": [least]})
    found = performance.charted(
        pa.Table.from_pylist(values), pa.Table.from_pylist([{"warning_id": "sheet", "chart": kind} | given]), limits
    ).to_pylist()
    names = dict(zip(days, (row["period"] for row in rows), strict=True))
    head, points = found[0], found[1:]
    told = [
        {"period": names[row["period_start"]]}
        | {name: row[name] for name in _POINT}
        | {"direction": {1: "up", -1: "down"}.get(row["side"], "") if row["is_alarm"] else ""}
        | {"began": names.get(row["began_on"], "")}
        for row in points
    ]
    heads = {name: head[name] for name in (*_CHART, *_RUN_LENGTH)}
    return {"chart": kind, "least_points": least} | heads | {"points_told": told}


def as_text(answer: Row) -> str:
    """The answer for a person."""
    if answer["status"] != "in_use":
        found, least = answer["points_in_window"], f"{answer['least_points']:g}"
        return (
            f"受控点不足：{found} 点；须至少 {least} 点，或给出 --centre 与 --sigma，或以 --least-points 降低要求"
            f" / too few in-control points ({found} of {least}): give more, or --centre and --sigma, or ask for fewer with"
            " --least-points"
        )
    told = [
        f"{answer['chart']}: 中心 / centre {answer['centre']:g}，标准差 / sigma {answer['sigma']:g}，"
        f"受控点 / points used {answer['points_used']}，受控平均链长 / ARL0 {answer['in_control_run_length']:.1f}"
    ]
    for row in answer["points_told"]:
        low = "" if row["statistic_low"] is None else f" / {row['statistic_low']:g}"
        alarm = f"  报警 alarm {row['direction']} [{row['rules']}] 自 / since {row['began']}" if row["is_alarm"] else ""
        told.append(
            f"  {row['period']:<12} {row['value']:g} → {row['statistic']:g}{low}"
            f"  [{row['lower_limit']:g}, {row['upper_limit']:g}]{alarm}"
        )
    return "\n".join(told)


def _least_points() -> float:
    return next(float(row["value"]) for row in rules.rows("performance_limits") if row["name"] == "least_points")


def _series(file: Path) -> list[Row]:
    problems: list[str] = []
    lines = sheets.read(file, REQUIRED, OPTIONAL, may_hold_others=True)
    rows = [_row(line, number, problems) for number, line in lines]
    if not rows:
        problems.append("没有数据行 / there is no row below the header")
    if problems:
        raise SheetError("\n".join(f"{file.name} {problem}" for problem in problems))
    return rows


def _row(line: Mapping[str, str], number: int, problems: list[str]) -> Row:
    row: Row = {"period": (line.get("period") or "").strip(), "value": Decimal(0), "is_in_window": True}
    for name, kind, expected in (("value", Kind.DECIMAL, "12.5"), ("is_in_window", Kind.BOOLEAN, "true / false")):
        text = (line.get(name) or "").strip()
        if name == "is_in_window" and not text:
            continue
        try:
            value = typed(Cell(text), kind)
        except BadCell:
            value = None
        if value is None:
            problems.append(f"第 {number} 行 {name}：“{text}”，应如 {expected} (row {number}, like {expected})")
        else:
            row[name] = value
    return row | {"value": float(row["value"])}
