"""Describes the charts of a subject's performance: months with their baselines, control charts. It asks no question.

Every line differs in its dashes as well as its colour, so that a page printed in black can be read. A month that is not
whole is a triangle at the foot of the chart, never a 0.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipelines.asking import Row
from pipelines.reports import figures

INK, QUIET, ALARM, BAND, WINDOW = "#1f2d36", "#5a6a73", "#d55e00", "#d6e6f2", "#f1f4f5"
WIDTH, HEIGHT = 790, 230
# the line of each kind of baseline: Okabe and Ito's colours, each with dashes of its own
KINDS = {
    "prior_year": ("#0072b2", [7, 3]),
    "typical_year": ("#b87a00", [2, 2]),
    "historic_mean": ("#007a59", [9, 3, 2, 3]),
    "benchmark": ("#b0578e", [4, 4]),
}


def monthly(found: dict[str, Any], words: Any) -> Any:
    """Months against the baselines in their validity and the band that the regression expects.

    found: months (rows of performance_months), measure (intensity; or total: t CO2e a month, which no baseline of a
    year fits), baselines (rows of performance_baselines), unit.
    """
    import altair as alt

    months = [_month(row, found["measure"]) for row in found["months"]]
    lines = [*_actual(months, words), *_lines(found, words)]
    names = list(dict.fromkeys(line["line"] for line in lines))
    looks = {line["line"]: line for line in reversed(lines)}
    look = {"symbolType": "stroke", "symbolSize": 500, "labelOffset": 8, "labelLimit": 240}
    legend = alt.Legend(orient="bottom", title=None, columns=4, **look) if len(names) > 1 else None
    y = alt.Y("value:Q", title=found["unit"], scale=alt.Scale(zero=False), axis=_axis(alt))
    band = alt.Chart(alt.Data(values=months)).mark_area(color=BAND).encode(
        x=_time(alt), y=alt.Y("low:Q", title=found["unit"]), y2="high:Q"
    )  # fmt: skip
    drawn = alt.Chart(alt.Data(values=lines)).mark_line().encode(
        x=_time(alt),
        y=y,
        detail="part:N",
        color=alt.Color("line:N", scale=_by(alt, names, looks, "colour"), legend=legend),
        strokeDash=alt.StrokeDash("line:N", scale=_by(alt, names, looks, "dash"), legend=legend),
        strokeWidth=alt.StrokeWidth("line:N", scale=_by(alt, names, looks, "width"), legend=legend),
    )  # fmt: skip
    dots = (
        alt.Chart(alt.Data(values=months))
        .mark_point(color=INK, filled=True, opacity=1, size=24)
        .encode(x=_time(alt), y="value:Q")
    )
    lacking = _lacking(alt, [{"at": month["at"]} for month in months if month["value"] is None], HEIGHT)
    return alt.layer(band, drawn, dots, lacking).properties(width=WIDTH, height=HEIGHT)


def control(found: dict[str, Any], words: Any) -> Any:
    """One control chart: its statistic, centre line and limits, the window that the limits come from, alarms as diamonds.

    found: chart (row of performance_control_charts), points (rows of performance_control_points), unit (of the value),
    until (the day up to which there are data).
    A regression CUSUM has a second panel: the running sum of actual minus expected in tonnes.
    """
    import altair as alt

    if found["chart"]["chart"] != "regression_cusum":
        return _panel(alt, found, words).properties(width=WIDTH, height=190)
    known = [row for row in found["points"] if row["is_known"]]
    sums = [{"at": f"{row['period_start']}", "sum": float(row["cumulative_residual_tco2e"])} for row in known]
    axis, title = _axis(alt, 4), words.cumulative_difference
    y = alt.Y("sum:Q", title=title, axis=axis, scale=alt.Scale(zero=True))
    look = {"color": QUIET, "strokeWidth": 1.4, "point": {"size": 16, "color": QUIET}}
    line = alt.Chart(alt.Data(values=sums)).mark_line(**look).encode(x=_time(alt, _span(found["points"])), y=y)
    rule = alt.Chart(alt.Data(values=[{"sum": 0}])).mark_rule(color=QUIET).encode(y="sum:Q")
    below = alt.layer(rule, line).properties(width=WIDTH, height=110)
    return alt.vconcat(_panel(alt, found, words).properties(width=WIDTH, height=170), below, spacing=8)


def _panel(alt: Any, found: dict[str, Any], words: Any) -> Any:
    """The chart itself: window, limits, statistic, alarms, months that are not whole."""
    chart, points = found["chart"], _points(found)
    held = [point for point in points if point["value"] is not None]
    daily = chart["grain"] == "day"
    height = 170 if chart["chart"] == "regression_cusum" else 190
    start, end = max(chart["window_from"], found["points"][0]["period_start"]), min(chart["window_to"], found["until"])
    window = {"at": f"{start}", "to": f"{end}"}
    y = alt.Y("value:Q", title=found["unit"], axis=_axis(alt), scale=alt.Scale(zero=False))
    layers = [
        alt.Chart(alt.Data(values=[window])).mark_rect(color=WINDOW).encode(x=_time(alt), x2="to:T"),
        *(_line(alt, name, [5, 3] if name != "centre" else [1, 0]) for name in ("upper", "lower", "centre")),
        alt.Chart()
        .mark_line(color=INK, strokeWidth=0.7 if daily else 1.4, point=False if daily else {"size": 18, "color": INK})
        .encode(x=_time(alt, _span(found["points"])), y=y, detail="part:N"),
    ]
    if chart["chart"] in {"cusum", "regression_cusum"}:
        layers.append(
            alt.Chart()
            .mark_line(color="#0072b2", strokeDash=[3, 2], strokeWidth=1.4)
            .encode(x=_time(alt), y="second:Q", detail="part:N")
        )
    layers += [*_alarms(alt, held, daily), _named_limits(alt, held, height, words)]
    layers += [_lacking(alt, [{"at": point["at"]} for point in points if point["value"] is None], height)]
    return alt.layer(*layers, data=alt.Data(values=held))  # one copy of the points for all their layers


def _line(alt: Any, name: str, dash: list[int]) -> Any:
    look = {"color": QUIET, "strokeWidth": 1, "strokeDash": dash}
    return alt.Chart().mark_line(**look).encode(x=_time(alt), y=f"{name}:Q")


def _alarms(alt: Any, points: list[dict[str, Any]], daily: bool) -> list[Any]:
    """A diamond at each alarming point; over a month's the numbers of Nelson's rules that fired."""
    alarming = [point for point in points if point["alarm"]]
    base = alt.Chart(alt.Data(values=alarming)).encode(x=_time(alt), y="signalled:Q")
    look = {"shape": "diamond", "filled": True, "color": ALARM, "opacity": 1, "stroke": INK, "strokeWidth": 0.5}
    marks = base.mark_point(size=36 if daily else 90, **look)
    return [marks] if daily else [marks, base.mark_text(dy=-11, fontSize=11, color=ALARM).encode(text="rules:N")]


def _named_limits(alt: Any, points: list[dict[str, Any]], height: int, words: Any) -> Any:
    """At the right edge the name and value of each line, moved apart where the lines lie close together."""
    last = points[-1]
    drawn = [
        point[name] for point in points for name in ("value", "second", "upper", "lower") if point[name] is not None
    ]
    apart = (max(drawn) - min(drawn)) * 14 / height
    ends: list[dict[str, Any]] = []
    for name in ("lower", "centre", "upper"):
        if last[name] is not None:
            place = max(last[name], ends[-1]["place"] + apart) if ends else last[name]
            ends.append({"place": place, "text": f"{words.term('limit', name)} {_short(last[name])}"})
    text = alt.Chart(alt.Data(values=ends)).mark_text(align="left", dx=8, fontSize=11, color=QUIET)
    return text.encode(x=alt.value(WIDTH), y="place:Q", text="text:N")


def _points(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The points as the chart draws them, numbered by the unbroken part that they are in."""
    points = [_point(row, found["chart"]["chart"]) for row in found["points"]]
    part = 0
    for point in points:
        part += point["value"] is None
        point["part"] = part
    return points


def _point(row: Row, kind: str) -> dict[str, Any]:
    """A point as the chart draws it; the lower CUSUM and its limit hang below 0."""
    found = {"at": f"{row['period_start']}", "value": None, "alarm": False}
    if not row["is_known"]:
        return found
    mirrored = kind in {"cusum", "regression_cusum"}
    upper, lower, centre = row["upper_limit"], row["lower_limit"], row["centre"]
    if mirrored:
        lower, centre = -upper, Decimal(0)
    elif kind == "moving_range":
        centre, lower = None, None
    second = -row["statistic_low"] if mirrored else None
    low = mirrored and "cusum_low" in row["rules"] and "cusum_high" not in row["rules"]
    values = {"value": row["statistic"], "second": second, "upper": upper, "lower": lower, "centre": centre}
    made = {name: None if value is None else float(value) for name, value in values.items()}
    numbers = " ".join(rule for rule in row["rules"].split() if rule.isdigit())
    signalled = made["second"] if low else made["value"]
    return {**found, **made, "alarm": row["is_alarm"], "rules": numbers, "signalled": signalled}


def _month(row: Row, measure: str) -> dict[str, Any]:
    """A month as the chart draws it: a month that is not whole has no value, whatever is known of it."""
    column, ends = ("intensity", "intensity") if measure == "intensity" else ("emissions_tco2e", "tco2e")
    value = row[column] if row["status"] == "complete" else None
    held = {"value": value, "low": row[f"expected_low_{ends}"], "high": row[f"expected_high_{ends}"]}
    return {"at": f"{row['month']}", **_floats(held, "value", "low", "high")}


def _actual(months: list[dict[str, Any]], words: Any) -> list[dict[str, Any]]:
    """The line of what came, broken where a month is not whole."""
    look = {"line": words.actual, "colour": INK, "dash": [1, 0], "width": 1.6}
    made, part = [], 0
    for month in months:
        part += month["value"] is None
        if month["value"] is not None:
            made.append({"at": month["at"], "value": month["value"], "part": f"actual {part}", **look})
    return made


def _lines(found: dict[str, Any], words: Any) -> list[dict[str, Any]]:
    """Each baseline from the first to the last day of its validity, as far as the months reach."""
    first, last = found["months"][0]["month"], _next_month(found["months"][-1]["month"])
    made = []
    for row in found["baselines"]:
        start, end = max(row["valid_from"], first), min(row["valid_to"] or last, last)
        if row["baseline_kind"] not in KINDS or row["value"] is None or start >= end:
            continue
        colour, dash = KINDS[row["baseline_kind"]]
        name = words.term("baseline", row["baseline_kind"])
        if row["is_effective"]:
            name = words("effective_line", name=name)
        look = {"line": name, "colour": colour, "dash": dash, "width": 3 if row["is_effective"] else 1.6}
        held = {"value": float(row["value"]), "part": row["baseline_key"], **look}
        made += [{"at": f"{day}", **held} for day in (start, end)]
    return made


def _by(alt: Any, names: list[str], looks: dict[str, dict[str, Any]], key: str) -> Any:
    return alt.Scale(domain=names, range=[looks[name][key] for name in names])


def _lacking(alt: Any, rows: list[dict[str, Any]], height: int) -> Any:
    marks = alt.Chart(alt.Data(values=rows)).mark_text(text="▲", color="#8a1c1c", size=12)
    return marks.encode(x=_time(alt), y=alt.value(height - 8))


def _time(alt: Any, span: list[str] | None = None) -> Any:
    """The axis of months; span: its first and last day, where two panels are to stand under one another."""
    ticks = {"interval": "month", "step": 6}
    axis = alt.Axis(format="%Y-%m", tickCount=ticks, labelAngle=0, ticks=False, labelPadding=6, labelFlush=False)
    scale = alt.Scale(type="utc", domain=span, nice=False) if span else alt.Scale(type="utc")
    return alt.X("at:T", title=None, scale=scale, axis=axis)


def _span(points: list[Row]) -> list[str]:
    return [f"{points[0]['period_start']}", f"{points[-1]['period_start']}"]


def _axis(alt: Any, ticks: int = 5) -> Any:
    return alt.Axis(tickCount=ticks, domain=False, ticks=False, format=",~f")


def _floats(row: Row, *keys: str) -> dict[str, float | None]:
    return {key: None if row[key] is None else float(row[key]) for key in keys}


def _next_month(month: date) -> date:
    return (month + timedelta(32)).replace(day=1)


def _short(value: float) -> str:
    """A limit beside its line, to four digits or so: for the eye only."""
    text = f"{value:,.{max(0, 3 - len(str(int(abs(value)))))}f}"
    text = text if text.strip("-0.") else "0"
    return text.replace(",", figures.THIN_SPACE).replace("-", figures.MINUS)
