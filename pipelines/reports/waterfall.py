"""Describes a waterfall: from one total over the parts that change it to another. It asks no question and styles nothing."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import Any

from pipelines.reports import figures

UP, DOWN, WHOLE = "#d55e00", "#0072b2", "#5a6a73"
WIDTH, HEIGHT = 880, 260


def waterfall(found: dict[str, Any], words: Any) -> Any:
    """Bars from the first whole over its parts to the last; up is orange and down is blue, and each bears its sign.

    found: before and after (names of the wholes), start (Decimal, t CO2e), parts (list of (name, Decimal)). The axis begins
    below the lowest step where the changes are small beside the wholes.
    """
    import altair as alt

    steps = _steps(found)
    floor, high = _reach(steps)
    for step in steps:
        step["low"] = max(step["low"], floor) if step["kind"] == "whole" else step["low"]
        step["name"] = _folded(step["name"], WIDTH / len(steps) - 8)
    names = [step["name"] for step in steps]
    kinds = alt.Scale(domain=["up", "down", "whole"], range=[UP, DOWN, WHOLE])
    axis = alt.Axis(labelAngle=0, labelExpr="split(datum.label, '\\n')", ticks=False, labelPadding=8)
    base = alt.Chart(alt.Data(values=steps)).encode(x=alt.X("name:N", sort=names, title=None, axis=axis))
    scale = alt.Scale(domain=[floor, high], zero=False, nice=False)
    y = alt.Y("low:Q", title="tCO₂e", scale=scale, axis=alt.Axis(format=",~f", tickCount=5, domain=False, ticks=False))
    # a bar too low to be seen is a line all the same: its stroke
    colours = {
        "color": alt.Color("kind:N", scale=kinds, legend=None),
        "stroke": alt.Stroke("kind:N", scale=kinds, legend=None),
    }
    bars = base.mark_bar(size=min(54, WIDTH // len(steps) - 14)).encode(y=y, y2="high:Q", **colours)
    labels = base.mark_text(dy=-8, fontSize=11).encode(y=alt.Y("high:Q", scale=scale), text="label:N")
    return alt.layer(bars, labels).properties(width=WIDTH, height=HEIGHT)


def _folded(name: str, width: float) -> str:
    """The name in lines no wider than `width` pixels, at the size of the axis' labels."""
    a_letter = 12.0 if max(name, default="") >= "\u2e80" else 6.6
    return "\n".join(textwrap.wrap(name, max(4, int(width / a_letter))))


def _steps(found: dict[str, Any]) -> list[dict[str, Any]]:
    standing = found["start"]
    steps = [_step(found["before"], Decimal(0), standing, "whole", _shown(standing))]
    for name, change in found["parts"]:
        kind = "up" if change > 0 else "down"
        steps.append(_step(name, standing, standing + change, kind, _shown(change, signed=True)))
        standing += change
    return [*steps, _step(found["after"], Decimal(0), standing, "whole", _shown(standing))]


def _step(name: str, start: Decimal, end: Decimal, kind: str, label: str) -> dict[str, Any]:
    low, high = sorted((float(start), float(end)))
    return {"name": name, "low": low, "high": high, "kind": kind, "label": label}


def _reach(steps: list[dict[str, Any]]) -> tuple[float, float]:
    """Where the axis begins and ends."""
    tops = [step["high"] for step in steps]
    lows = [step["low"] for step in steps if step["kind"] != "whole"] + [min(tops)]
    span = max(tops) - min(lows)
    if min(lows) <= 0 or span > max(tops) / 4:
        return min(0.0, *lows), max(tops) * 1.08
    span = span or max(tops) * 0.01
    return min(lows) - span * 0.6, max(tops) + span * 0.12


def _shown(value: Decimal, signed: bool = False) -> str:
    text = f"{value:+,.1f}" if signed else f"{value:,.1f}"
    return text.replace(",", figures.THIN_SPACE).replace("-", figures.MINUS)
