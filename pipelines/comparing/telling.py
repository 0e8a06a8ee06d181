"""Tells a comparison on a terminal and as JSON. It rounds nothing: every figure is printed with all its decimals."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pipelines.asking import Row, grouped
from pipelines.comparing.comparison import Comparison
from pipelines.comparing.naming import Side


def as_json(comparison: Comparison) -> str:
    """Everything, DECIMALs as text so that no digit is lost."""
    since, until = comparison.period or (None, None)
    told = {
        "from": comparison.before.told(),
        "to": comparison.after.told(),
        "regime": comparison.regime,
        "since": since,
        "until": until,
        **comparison.total,
        "parts": comparison.parts,
        "facilities": comparison.facilities,
        "lines": comparison.lines,
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=str)


def as_text(comparison: Comparison) -> str:
    """The bridge as a table, then the facilities, then the lines that were asked for; zh and en side by side."""
    return "\n\n".join(
        [_heading(comparison), _bridge(comparison), *_facilities(comparison), *map(_line, comparison.lines)]
    )


def side_text(side: Side) -> str:
    """How a side is called for a person: what was asked, and the build behind it."""
    return side.name if side.name == side.build_id else f"{side.name} ({side.build_id})"


def _heading(comparison: Comparison) -> str:
    since, until = comparison.period or (None, None)
    period = f"，{since} … {until}（不含 / exclusive）" if since else ""
    return (
        f"{side_text(comparison.before)}  →  {side_text(comparison.after)}\n"
        f"核算制度 / regime: {comparison.regime}{period}；tCO2e"
    )


def _bridge(comparison: Comparison) -> str:
    total = comparison.total
    rows = [
        [side_text(comparison.before), _plain(total["from_tco2e"]), ""],
        *(
            [f"{row['name_zh']} {row['name_en']}", _signed(row["difference_tco2e"]), _count(row)]
            for row in comparison.parts
        ),
        [side_text(comparison.after), _plain(total["to_tco2e"]), ""],
        [
            "差额 difference",
            _signed(total["difference_tco2e"]),
            f"{total['lines_changed']} / {total['lines']} 行 lines",
        ],
        ["残差 residual", _plain(total["residual_tco2e"]), ""],
    ]
    note = ""
    if total["lines_inexact"]:
        lines = total["lines_inexact"]
        note = (
            f"\n{lines} 行的小数位过多，超出 128 位整数，其分项由浮点计算（合计仍精确）。"
            f" / {lines} line(s) have more decimals than 128 bits hold: their parts are floating point, sums exact."
        )
    return _table(rows, "<>>") + note


def _facilities(comparison: Comparison) -> Iterable[str]:
    for (facility_id,), rows in grouped(comparison.facilities, "facility_id").items():
        if rows[0]["whole_tco2e"] or any(row["difference_tco2e"] for row in rows):
            names = {row["change_part"]: f"{row['name_zh']} {row['name_en']}" for row in comparison.parts}
            head = f"── {facility_id} {rows[0]['name_zh'] or ''} {rows[0]['name_en'] or ''}".rstrip()
            told = [
                [names[row["change_part"]], _signed(row["difference_tco2e"])] for row in rows if row["difference_tco2e"]
            ]
            first = ["自 from", _plain(rows[0]["from_tco2e"])]
            yield head + "\n" + _table([first, *told, ["至 to", _plain(rows[0]["to_tco2e"])]], "<>")


def _line(line: Row) -> str:
    """One line: its figures, its parts, the terms that differ, the readings that differ with their rows."""
    shown = [
        f"── {line['emission_id']}  {line['facility_id']}",
        f"   {_or_none(line['from_tco2e'])} → {_or_none(line['to_tco2e'])}",
        *(f"   {part['name_zh']} {part['name_en']}: {_signed(part['difference_tco2e'])}" for part in line["parts"]),
        *(f"   {_term(term)}" for term in line["terms"]),
    ]
    for reading in line["readings"]:
        shown.append(
            f"   {reading['parameter_id']} {reading['period_start']}: {_trimmed(reading['from_quantity'])} → "
            f"{_trimmed(reading['to_quantity'])} {reading['unit']}（{reading['change_part']}）"
        )
        shown.append(f"      自 from: {reading['from_rows'] or '–'}")
        shown.append(f"      至 to:   {reading['to_rows'] or '–'}")
    return "\n".join(shown)


def _term(term: Row) -> str:
    sides = [
        " ".join(filter(None, [term[f"{side}_value"] or "–", term[f"{side}_unit"], _source(term, side)]))
        for side in ("from", "to")
    ]
    return f"{term['term']}: {sides[0]}  →  {sides[1]}"


def _source(term: Row, side: str) -> str:
    if not term[f"{side}_factor_id"]:
        return ""
    return f"[{term[f'{side}_factor_id']} {term[f'{side}_edition'] or ''}]".replace(" ]", "]")


def _table(rows: list[list[str]], aligned: str) -> str:
    """Rows in columns, wide characters counted as two; '>' is set to the right."""
    from rich.cells import cell_len

    widths = [max(cell_len(row[index]) for row in rows) for index in range(len(aligned))]
    lines = []
    for row in rows:
        cells = [
            cell + " " * (width - cell_len(cell)) if side == "<" else " " * (width - cell_len(cell)) + cell
            for cell, width, side in zip(row, widths, aligned, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _count(row: Row) -> str:
    return f"{row['lines']} 行 lines" if row["lines"] else ""


def _signed(value: Decimal) -> str:
    return f"{value:+,f}" if value else "0"


def _plain(value: Decimal) -> str:
    return f"{value:,f}" if value else "0"


def _or_none(value: Decimal | None) -> str:
    return "无 none" if value is None else _plain(value)


def _trimmed(value: Any) -> str:
    if value is None:
        return "–"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
