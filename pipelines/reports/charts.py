"""Draws the charts: rows → SVG text to stand inside a page. Prints no table and asks no question.

altair describes, vl-convert draws; nothing is fetched. Here alone a Decimal becomes a float, for the length of a bar.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from pipelines.asking import Row
from pipelines.kept import Kept
from pipelines.reports.drawn_before import made_from
from pipelines.reports.figures import THIN_SPACE

INK, QUIET, LINE = "#1f2d36", "#5a6a73", "#dfe5e8"
# Okabe and Ito's palette, distinguishable to the colour-blind; the last, grey, is 'other'
STREAM_COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c6bb1", "#a3adb3"]
STATE_COLOURS = {"complete": "#b9dcd6", "partial": "#e69f00", "none": "#8a1c1c"}
WIDTH = 880
# altair checks every part of a chart as it is made: half the time of drawing it. A test draws all charts with it on.
VALIDATED = False
_NUMBERS = {"decimal": ".", "thousands": THIN_SPACE, "grouping": [3], "currency": ["", ""], "minus": "\u2212"}


def draw_all(charts: dict[str, tuple[Any, Any]], words: Any, kept: Kept | None = None) -> dict[str, Markup]:
    """Every chart a page asks for, by name: {'completeness': ('completeness', rows)} → {'completeness': SVG}.

    Instead of a kind's name a chart may bring the function that describes it: (rows, words) → altair chart.
    kept: where drawings are kept from one build to the next; a chart drawn from the same things is not drawn again.
    """
    return {name: _drawn_or_kept(name, kind, rows, words, kept) for name, (kind, rows) in charts.items()}


def drawn(chart: Any, name: str) -> Markup:
    """One chart that another room described, as SVG in the style of the house."""
    return _svg(chart, name)


def _drawn_or_kept(name: str, kind: Any, rows: Any, words: Any, kept: Kept | None) -> Markup:
    described = {"monthly": _monthly, "completeness": _completeness, "scores": _scores, "gaps": _gaps}

    def draw() -> Markup:
        return _svg(_described(kind if callable(kind) else described[kind], rows, words), name)

    if kept is None:
        return draw()
    return Markup(kept.get(made_from(name, kind, rows, words), lambda: draw().encode()).decode())


def _described(kind: Any, rows: Any, words: Any) -> Any:
    """The chart, its words not held against altair's schema at every step: the tests do that, once (`VALIDATED`)."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(VALIDATED):
        return kind(rows, words)


def _svg(chart: Any, name: str) -> Markup:
    """The chart as SVG text: scalable, its ids its own, told to a screen reader by the figure's caption."""
    import vl_convert

    text = vl_convert.vegalite_to_svg(_styled(chart).to_dict(validate=VALIDATED), format_locale=_NUMBERS)
    numbers: dict[str, int] = {}
    # vega counts its clip paths through the whole process: numbered anew, the same rows give the same page
    text = re.sub(r"\bclip\d+\b", lambda found: f"{_safe(name)}-{numbers.setdefault(found[0], len(numbers))}", text)
    # text is measured in the machine's plain font, which is quick, and shown in the page's own
    text = re.sub(r' (xmlns(:xlink)?|font-family)="[^"]*"', "", text)
    text = re.sub(r"<svg ([^>]*?)width=", r'<svg aria-hidden="true" focusable="false" \1width=', text, count=1)
    return Markup(text)  # vega has escaped every text in it


def _safe(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower())


def _styled(chart: Any) -> Any:
    axis = {
        "labelColor": QUIET, "titleColor": QUIET, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
    }  # fmt: skip
    return (
        chart.configure(font="sans-serif", background="transparent", aria=False, padding=4)
        .configure_view(stroke=None)
        .configure_axis(**axis)
        .configure_legend(
            labelColor=INK, labelFontSize=12, titleColor=QUIET, titleFontWeight="normal", symbolType="square"
        )
    )


def _monthly(rows: list[Row], words: Any) -> Any:
    """Months against tonnes, stacked by stream; a triangle above every month that is not complete."""
    import altair as alt

    names = {row["position"]: _stream(row, words) for row in rows}
    positions = sorted(names)
    bars = [
        {"month": f"{row['month']:%Y-%m}", "stream": names[row["position"]], "tonnes": float(row["emissions_tco2e"]),
         "position": row["position"]}
        for row in rows
        if row["emissions_tco2e"] is not None
    ]  # fmt: skip
    months = sorted({f"{row['month']:%Y-%m}" for row in rows})
    colours = [STREAM_COLOURS[position - 1] for position in positions]
    scale = alt.Scale(domain=[names[position] for position in positions], range=colours)
    x = alt.X("month:O", title=None, scale=alt.Scale(domain=months, paddingInner=0.25), axis=_month_axis(alt, months))
    legend = alt.Legend(orient="bottom", columns=3, labelLimit=265, title=None, columnPadding=14, rowPadding=5)
    stacked = (
        alt.Chart(alt.Data(values=bars))
        .mark_bar(stroke="white", strokeWidth=0.6)
        .encode(
            x=x,
            y=alt.Y("tonnes:Q", title="tCO₂e", axis=alt.Axis(format=",~f", tickCount=5, domain=False, ticks=False)),
            color=alt.Color("stream:N", scale=scale, legend=legend),
            order=alt.Order("position:Q"),
        )
    )
    marks = alt.Chart(alt.Data(values=_incomplete_months(rows))).mark_text(text="▲", color="#8a1c1c", size=12, dy=-9)
    marked = marks.encode(x=alt.X("month:O"), y=alt.Y("tonnes:Q"))
    return alt.layer(stacked, marked).properties(width=WIDTH, height=280)


def _month_axis(alt: Any, months: list[str]) -> Any:
    return alt.Axis(labelAngle=-45 if len(months) > 12 else 0, ticks=False, labelPadding=6)


def _stream(row: Row, words: Any) -> str:
    """The name of a stream in the legend; its id tells apart two streams of one name."""
    if not row["stream_id"]:
        return words.other_streams
    return f"{words.of(row)} ({row['stream_id']})" if words.of(row) else row["stream_id"]


def _incomplete_months(rows: list[Row]) -> list[dict[str, Any]]:
    """Where the triangles stand: on top of what is known of a month that is not complete."""
    heights: dict[str, float] = {}
    for row in rows:
        key = f"{row['month']:%Y-%m}"
        heights[key] = heights.get(key, 0.0) + max(float(row["emissions_tco2e"] or 0), 0.0)
    incomplete = sorted({f"{row['month']:%Y-%m}" for row in rows if not row["is_complete"]})
    return [{"month": month, "tonnes": heights[month]} for month in incomplete]


def _completeness(rows: list[Row], words: Any) -> Any:
    """Points against days: one bar per run of equal days, light where complete and dark where nothing came."""
    import altair as alt

    states = list(STATE_COLOURS)
    labels = {state: words.term("state", state) for state in states}
    bars = [
        {
            "point": row["point_id"],
            "start": f"{row['first_date']}",
            "end": f"{row['end_date']}",
            "state": labels[row["state"]],
        }
        for row in rows
    ]
    scale = alt.Scale(domain=[labels[state] for state in states], range=list(STATE_COLOURS.values()))
    days = alt.Axis(
        format="%Y-%m", tickCount={"interval": "month", "step": 1}, orient="top", labelFlush=False, labelAngle=0
    )
    return (
        alt.Chart(alt.Data(values=bars))
        .mark_bar(height=13)
        .encode(
            x=alt.X("start:T", scale=alt.Scale(type="utc"), title=None, axis=days),
            x2="end:T",
            y=alt.Y("point:N", title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=180), sort=None),
            color=alt.Color("state:N", scale=scale, legend=alt.Legend(orient="bottom", title=None)),
        )
        .properties(width=WIDTH, height=alt.Step(19))
    )


def _scores(rows: list[Row], words: Any) -> Any:
    """Score against months, a line a facility; the axis begins where the scores do, and says so by its numbers."""
    import altair as alt

    points = [
        {
            "month": f"{row['month']:%Y-%m}",
            "score": float(row["score"]),
            "facility": words.of(row, "facility") or row["facility_id"],
        }
        for row in rows
    ]
    names = sorted({point["facility"] for point in points})
    months = sorted({point["month"] for point in points})
    scale = alt.Scale(domain=names, range=STREAM_COLOURS[: len(names)])
    lowest = min(point["score"] for point in points)
    legend = alt.Legend(orient="bottom", title=None, labelLimit=265, columns=3, columnPadding=14)
    return (
        alt.Chart(alt.Data(values=points))
        .mark_line(point={"size": 22})
        .encode(
            x=alt.X("month:O", title=None, axis=_month_axis(alt, months)),
            y=alt.Y("score:Q", title=None, scale=alt.Scale(domain=[max(0, 10 * (lowest // 10)), 100])),
            color=alt.Color("facility:N", scale=scale, legend=legend),
        )
        .properties(width=WIDTH, height=180)
    )


def _gaps(rows: list[Row], words: Any) -> Any:
    """Tonnes at risk against gaps, a bar a gap, the dearest on top, its yuan written beside it."""
    import altair as alt

    bars = [
        {
            "gap": f"{row['position']}  {row['parameter_id']} {row['month']:%Y-%m}",
            "tonnes": float(row["tonnes_at_risk"]),
            "yuan": f"{row['yuan_at_risk']:,.0f} {words.cny}".replace(",", THIN_SPACE) if row["yuan_at_risk"] else "",
        }
        for row in rows
    ]
    y = alt.Y("gap:N", title=None, sort=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=260, labelPadding=8))
    x = alt.X("tonnes:Q", title="tCO₂e", axis=alt.Axis(format=",~f", tickCount=6))
    shown = alt.Chart(alt.Data(values=bars)).encode(y=y, x=x)
    told = shown.mark_text(align="left", dx=5, color=QUIET, fontSize=11).encode(text="yuan:N")
    drawn = alt.layer(shown.mark_bar(height=11, color=STREAM_COLOURS[1]), told)
    return drawn.properties(width=WIDTH - 190, height=alt.Step(19))
