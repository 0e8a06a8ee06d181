"""Describes the charts of a target: by year its path and what came of it, by month how the year was foreseen."""

from __future__ import annotations

from typing import Any

from pipelines.asking import Row

PATH, DONE, AHEAD = "#0072b2", "#1f2d36", "#d55e00"
WIDTH, HEIGHT = 830, 190


def progress(found: dict[str, Any], words: Any) -> Any:
    """The path as dashes from the base year on, whole years as dots, the running year as a diamond on its interval.

    found: years (rows of performance_target_years), unit.
    """
    import altair as alt

    path = [
        {"year": f"{row['year']}", "value": float(row["path_value"])} for row in found["years"] if row["path_value"]
    ]
    seen = [row for row in found["years"] if row["forecast_value"] is not None]
    whole = [_seen(row) for row in seen if row["is_whole"]]
    ahead = [_seen(row) for row in seen if not row["is_whole"]]
    order = sorted({point["year"] for point in [*path, *whole, *ahead]})
    names = [words.target_path, words.target_actual, words.target_forecast]
    legend = alt.Legend(orient="bottom", title=None, columns=3, symbolSize=90, labelLimit=260)
    axis = alt.Axis(labelAngle=0, ticks=False, labelPadding=6)
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=order), axis=axis)
    values = alt.Axis(tickCount=5, domain=False, ticks=False, format=",~f")
    y = alt.Y("value:Q", title=found["unit"], scale=alt.Scale(zero=False), axis=values)
    colour = alt.Color("name:N", scale=alt.Scale(domain=names, range=[PATH, DONE, AHEAD]), legend=legend)
    shapes = alt.Scale(domain=names, range=["square", "circle", "diamond"])
    shape = alt.Shape("name:N", scale=shapes, legend=legend)

    def dotted(rows: list[dict[str, Any]], name: str, size: int) -> Any:
        held = alt.Chart(alt.Data(values=[{**row, "name": name} for row in rows]))
        return held.mark_point(filled=True, size=size, opacity=1).encode(x=x, y=y, color=colour, shape=shape)

    line = alt.Chart(alt.Data(values=path)).mark_line(color=PATH, strokeDash=[7, 3], strokeWidth=1.6).encode(x=x, y=y)
    interval = (
        alt.Chart(alt.Data(values=ahead)).mark_rule(color=AHEAD, strokeWidth=2).encode(x=x, y="low:Q", y2="high:Q")
    )
    layers = [line, interval, dotted(path, names[0], 40), dotted(whole, names[1], 80), dotted(ahead, names[2], 100)]
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)


def months(found: dict[str, Any], words: Any) -> Any:
    """At the end of each month the forecast of its year on its interval, beside that year's path as dashes.

    found: months (rows of performance_target_months), unit.
    """
    import altair as alt

    seen = [
        {"month": f"{row['cut_month']}", "part": f"{row['year']}", **_ends(row)}
        for row in found["months"]
        if row["forecast_value"] is not None
    ]
    path = [
        {"month": f"{row['cut_month']}", "part": f"{row['year']}", "value": float(row["path_value"])}
        for row in found["months"]
        if row["path_value"] is not None
    ]
    names = [words.target_path, words.target_foreseen]
    legend = alt.Legend(orient="bottom", title=None, columns=2, symbolSize=90, labelLimit=320)
    colour = alt.Color("name:N", scale=alt.Scale(domain=names, range=[PATH, AHEAD]), legend=legend)
    axis = alt.Axis(format="%Y-%m", labelAngle=0, tickCount=8, ticks=False, labelPadding=6, grid=False)
    x = alt.X("month:T", title=None, axis=axis, scale=alt.Scale(padding=14))
    values = alt.Axis(tickCount=5, domain=False, ticks=False, format=",~f")
    y = alt.Y("value:Q", title=found["unit"], scale=alt.Scale(zero=False), axis=values)

    def of(rows: list[dict[str, Any]], name: str) -> Any:
        return alt.Chart(alt.Data(values=[{**row, "name": name} for row in rows]))

    # rules and squares, not areas and lines alone: the first month of a year stands by itself
    ends = of(seen, names[1]).mark_rule(opacity=0.3, strokeWidth=7, color=AHEAD).encode(x=x, y="low:Q", y2="high:Q")
    # a year's path is level, and the next year's begins anew
    line = (
        of(path, names[0]).mark_line(strokeDash=[7, 3], strokeWidth=1.6).encode(x=x, y=y, color=colour, detail="part:N")
    )
    marks = (
        of(path, names[0]).mark_point(filled=True, shape="square", size=22, opacity=1).encode(x=x, y=y, color=colour)
    )
    foreseen = of(seen, names[1]).mark_line(strokeWidth=1.4).encode(x=x, y=y, color=colour, detail="part:N")
    dots = of(seen, names[1]).mark_point(filled=True, size=34, opacity=1).encode(x=x, y=y, color=colour)
    return alt.layer(ends, line, marks, foreseen, dots).properties(width=WIDTH, height=HEIGHT)


def _seen(row: Row) -> dict[str, Any]:
    """A year as it is seen now."""
    return {"year": f"{row['year']}", **_ends(row)}


def _ends(row: Row) -> dict[str, float]:
    """The forecast with its interval; without one it stands for both ends."""
    value = row["forecast_value"]
    ends = {"low": row["forecast_low"], "high": row["forecast_high"]}
    return {"value": float(value), **{key: float(value if end is None else end) for key, end in ends.items()}}
