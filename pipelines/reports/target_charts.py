"""Describes the chart of a target: its path, what whole years came to, the forecast of the running one."""

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


def _seen(row: Row) -> dict[str, Any]:
    """A year as it is seen now; without an interval the forecast stands for both ends."""
    ends = {"low": row["forecast_low"], "high": row["forecast_high"]}
    value = row["forecast_value"]
    held = {key: float(value if end is None else end) for key, end in ends.items()}
    return {"year": f"{row['year']}", "value": float(value), **held}
