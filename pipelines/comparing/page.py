"""Writes a comparison as one self-contained page: a waterfall and its tables, in one language. It asks no question."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.asking import Row, grouped
from pipelines.comparing.comparison import Comparison
from pipelines.comparing.telling import side_text
from pipelines.reports import charts, pages

HERE = Path(__file__).parent
UP, DOWN, WHOLE = "#d55e00", "#0072b2", "#5a6a73"


def write_page(comparison: Comparison, language: str, file: Path) -> Path:
    """The page in `language` (zh, en) as `file`; it can be read offline."""
    file.write_text(render(comparison, language), encoding="utf-8", newline="\n")
    return file


def render(comparison: Comparison, language: str) -> str:
    """The page as text."""
    words = {key: entry[language] for key, entry in _wording().items()}
    facilities = grouped(comparison.facilities, "facility_id")
    return (
        _environment()
        .get_template("differences.html.j2")
        .render(
            words=words,
            language=language,
            style=pages.style(),
            comparison=comparison,
            before=side_text(comparison.before),
            after=side_text(comparison.after),
            parts=comparison.parts,
            changed=[row for row in comparison.parts if row["difference_tco2e"]],
            facilities={key[0]: rows for key, rows in facilities.items()},
            chart=charts.drawn(_waterfall(comparison, words, language), "waterfall"),
        )
    )


def _waterfall(comparison: Comparison, words: dict[str, str], language: str) -> Any:
    """From the one total over the parts that change it to the other; the axis is cut where the totals are far from 0."""
    import altair as alt

    steps = _steps(comparison, words, language)
    low = min(min(step["start"], step["end"]) for step in steps if step["kind"] != "whole" or len(steps) == 2)
    high = max(max(step["start"], step["end"]) for step in steps)
    span = high - low
    # a change that is small beside the totals would be a hair's breadth: the axis then begins below the lowest step
    floor = 0.0 if low <= 0 or span > high / 4 else low - (span or high * 0.01) * 0.6
    for step in steps:
        step["start"] = max(step["start"], floor) if step["kind"] == "whole" else step["start"]
    names = [step["name"] for step in steps]
    kinds = alt.Scale(domain=["up", "down", "whole"], range=[UP, DOWN, WHOLE])
    base = alt.Chart(alt.Data(values=steps)).encode(
        x=alt.X(
            "name:N", sort=names, title=None, axis=alt.Axis(labelAngle=0, labelLimit=120, ticks=False, labelPadding=8)
        )
    )
    scale = alt.Scale(domain=[floor, high + span * 0.08], zero=False, nice=False)
    axis = alt.Axis(format=",~f", tickCount=6, domain=False, ticks=False)
    bars = base.mark_bar(size=46).encode(
        y=alt.Y("start:Q", title="tCO₂e", scale=scale, axis=axis),
        y2="end:Q",
        color=alt.Color("kind:N", scale=kinds, legend=None),
        # a bar too low to be seen is a line all the same
        stroke=alt.Stroke("kind:N", scale=kinds, legend=None),
    )
    labels = base.mark_text(dy=-8, fontSize=11).encode(y=alt.Y("top:Q", scale=scale), text="label:N")
    return alt.layer(bars, labels).properties(width=charts.WIDTH, height=320)


def _steps(comparison: Comparison, words: dict[str, str], language: str) -> list[dict[str, Any]]:
    standing = comparison.total["from_tco2e"]
    steps = [_step(words["before"], 0, standing, "whole", f"{standing:,.2f}")]
    for row in comparison.parts:
        change = row["difference_tco2e"]
        if change:
            kind = "up" if change > 0 else "down"
            steps.append(_step(_name(row, language), standing, standing + change, kind, f"{change:+,.2f}"))
            standing += change
    return [*steps, _step(words["after"], 0, standing, "whole", f"{standing:,.2f}")]


def _step(name: str, start: Any, end: Any, kind: str, label: str) -> dict[str, Any]:
    ends = sorted((float(start), float(end)))
    shown = label.replace("-", "\u2212").replace(",", charts.THIN_SPACE)
    return {"name": name, "start": ends[0], "end": ends[1], "kind": kind, "label": shown, "top": ends[1]}


def _name(row: Row, language: str) -> str:
    return row[f"name_{language}"]


@cache
def _wording() -> dict[str, dict[str, str]]:
    return tomllib.loads((HERE / "wording.toml").read_text(encoding="utf-8"))


@cache
def _environment() -> Any:
    return pages.environment_over(HERE / "templates")
