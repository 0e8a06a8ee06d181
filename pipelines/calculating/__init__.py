"""`tanku calculate`: a sheet of figures through the accounting models of every build, in a throwaway workspace.

For an accountant who wants to try a method before a plant is set up. Nothing is checked against a plan and nothing is kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import asking, models, rules, warehouse
from pipelines.calculating import laying, sheet
from pipelines.sheets import SheetError
from pipelines.workspace import Workspace

__all__ = ["SheetError", "as_text", "calculate", "lines", "regimes"]

HERE = Path(__file__).parent

# What only a plant's own readings make possible is left out, and what compares whole accounts.
MODELS = ["unit_ratios", "accounting"]
LEFT_OUT = [
    "facility_shares",
    "transferred_lines",
    "fuel_energy_compared",
    "reported_emissions_compared",
    "line_factors",
    "compared_lines",
    "attributed_lines",
    "regime_differences",
    "default_uncertainties",
    "uncertain_factors",
    "uncertain_parts",
    "uncertain_sources",
]


def regimes() -> list[str]:
    """The regimes that the rules know, by name."""
    return sorted(row["regime"] for row in rules.rows("regimes"))


def calculate(file: Path, asked: Sequence[str], as_of: date) -> dict[str, Any]:
    """Emissions of the sheet by regime, stream, month and gas, each with its workings; DECIMALs are kept.

    asked: regimes, all known ones when empty. as_of: publications up to this day count. Raises SheetError.
    """
    entries = sheet.read(file)
    unknown = sorted(set(asked) - set(regimes()))
    if unknown:
        raise SheetError(
            f"没有核算制度 {', '.join(unknown)} / no such regime; 可用 / there are: {', '.join(regimes())}"
        )
    with tempfile.TemporaryDirectory(prefix="tanku-calculate-") as folder:
        workspace = Workspace(Path(folder))
        laying.lay_down(workspace, entries, asked or regimes(), as_of)
        models.account(workspace, MODELS, LEFT_OUT)
        with warehouse.reading(workspace.candidate_warehouse) as connection:
            return _answer(connection, as_of)


def lines(connection: Any) -> list[dict[str, Any]]:
    """What the accounts made of a sheet: one line per regime, stream, month and gas, each with its workings."""
    terms = asking.grouped(asking.ask(connection, HERE / "workings.sql"), "emission_id")
    found = asking.ask(connection, HERE / "lines.sql")
    for line in found:
        steps = terms.get((line.pop("emission_id"),), [])
        line["workings"] = [{name: value for name, value in step.items() if name != "emission_id"} for step in steps]
    return found


def _answer(connection: Any, as_of: date) -> dict[str, Any]:
    questions = {name: asking.ask(connection, HERE / f"{name}.sql") for name in ("totals", "unconfirmed_factors")}
    return {"as_of": as_of, "lines": lines(connection), **questions}


def as_text(answer: dict[str, Any]) -> str:
    """The answer for a person: each line with its product written out, then the totals."""
    told = [row for line in answer["lines"] for row in _told(line)]
    told.append("合计 / totals, tCO2e")
    for total in answer["totals"]:
        word = "" if total["is_complete"] else "  不完整 incomplete"
        told.append(f"  {total['regime']:<16}{total['scope'] or '-':<10}{_number(total['emissions_tco2e']):>20}{word}")
    if answer["unconfirmed_factors"]:
        told.append("所用因子尚未核实 / factors used that are not confirmed")
    told += [f"  [{row['verification_status']}] {row['factor_id']}" for row in answer["unconfirmed_factors"]]
    return "\n".join(told)


def _told(line: dict[str, Any]) -> list[str]:
    head = f"{line['regime']}  {line['key']}  {line['month'] or ''}  {line['gas']}".rstrip()
    if line["status"] in {"excluded", "outside", "error"}:
        word = "出错 error" if line["status"] == "error" else "不计入 left out"
        return [f"{head}  {word}", f"  {line['reason_zh']}", f"  {line['reason_en']}"]
    product = "−1 × " * (line["sign"] == -1) + " × ".join(
        f"{step['value']} {step['unit']}".strip() for step in line["workings"]
    )
    sources = [
        f"    {step['term']}: {step['factor_id']}  {step['source_document']} {step['source_locator']}  "
        f"[{step['verification_status']}]"
        for step in line["workings"]
        if step["factor_id"]
    ]
    return [f"{head}  = {_number(line['emissions_tco2e'])} tCO2e", f"  {product}", *sources]


def _number(value: Any) -> str:
    return "–" if value is None else f"{value:f}"
