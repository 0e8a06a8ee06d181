"""The made-up enterprise's targets, measures and evaluations, reviews decided and waiting, and a structural change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

SEEN = date(2025, 10, 1)
TARGET = {"target_id": "T-1", "name_zh": "产品目标", "name_en": "Target of the product", "subject_id": "P1",
          "subject_zh": "一厂产品", "subject_en": "Product of plant 1", "measure": "intensity", "base_year": 2024,
          "base_value": Decimal("4.125"), "target_year": 2026, "target_value": Decimal("3.9"),
          "target_reduction": Decimal("0.054545"), "owner_role": "energy", "owner": "陈思远", "reason": "为何 / why",
          "measures": 1, "measures_ex_ante_tco2e": 180, "seen_month": SEEN, "status": "off"}  # fmt: skip
PATHS = [
    {"target_id": "T-1", "year": year, "path_value": Decimal(value)}
    for year, value in ((2025, "4.0125"), (2026, "3.9"))
]


def _progress(cut: date, months: int, value: str, low: str, high: str, status: str) -> dict[str, Any]:
    path = Decimal("4.0125")
    row = {"target_id": "T-1", "subject_id": "P1", "year": cut.year, "cut_month": cut, "months_known": months}
    row |= {
        "forecast_value": Decimal(value),
        "forecast_low": Decimal(low),
        "forecast_high": Decimal(high),
        "path_value": path,
    }
    row |= {"gap_value": Decimal(value) - path, "gap_share": (Decimal(value) - path) / path, "status": status}
    return row | {"months_incomplete": "", "reason_zh": "区间高于路径", "reason_en": "the interval lies above the path"}


PROGRESS = [
    _progress(date(2025, 9, 1), 8, "4.05", "3.9", "4.2", "at_risk"),
    _progress(SEEN, 9, "4.41375", "4.3", "4.5", "off"),
]
MEASURES = [
    {"measure_id": "M-1", "name_zh": "变频", "name_en": "Drives", "target_id": "T-1", "started_on": date(2025, 1, 1),
     "owner": "陈思远", "ex_ante_tco2e": 180, "saving_a_year_tco2e": Decimal("35.5"), "saving_low_tco2e": Decimal("-44.5"),
     "saving_high_tco2e": Decimal("115.5"), "months": 9, "verdict": "not_distinguishable", "is_ex_ante_within": False,
     "has_overlap": False, "estimate_method": "铭牌 / rated power", "reason_zh": "看不出", "reason_en": "cannot be told"},
]  # fmt: skip


def _evaluation(item: str, month: int, value: str | None, result: str) -> dict[str, Any]:
    row = {
        "item_id": item,
        "name_zh": f"评价 {item}",
        "name_en": f"Item {item}",
        "content": "objectives",
        "frequency": "month",
    }
    row |= {
        "period_start": date(2025, month, 1),
        "period_end": date(2025, month + 1, 1),
        "due_on": date(2025, month + 1, 20),
    }
    row |= {"evaluator": "陆建国", "metric_zh": "指标", "metric_en": "metric", "criterion": "at_most", "threshold": 1}
    return row | {"value": value and Decimal(value), "result": result}


EVALUATIONS = [
    _evaluation("PE-1", 8, "0.98", "met"),
    _evaluation("PE-1", 9, "1.0786", "not_met"),
    _evaluation("PE-1", 10, "0.5", "not_due"),
    _evaluation("PE-2", 9, "0.9", "met"),
]


def _review(key: str, trigger: str, status: str, share: str | None, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "review_id": f"{key}/{trigger}",
        "baseline_key": key,
        "subject_id": "P1",
        "measure": "intensity",
    }
    row |= {"cause": "b", "trigger_kind": trigger, "found_on": date(2025, 10, 1), "due_on": date(2025, 11, 30)}
    row |= {"evidence_zh": f"依据 {trigger}", "evidence_en": f"because of {trigger}", "status": status, "decision": ""}
    row |= {
        "old_value": Decimal("4.125"),
        "is_significant": share is not None,
        "effect_share": share and Decimal(share),
    }
    return row | {"is_answered": status == "decided"} | more


REVIEWS = [
    _review("MEAN@1", "change", "open", "0.08", proposed_value=Decimal("4.455"), cumulative_share=Decimal("0.09")),
    _review(
        "REG@1",
        "event",
        "decided",
        None,
        decision="keep",
        proposed_by="陈思远",
        approved_by="陆建国",
        finding="未失真 / sound",
    ),
]
STRUCTURAL = {
    "baseline_key": "MEAN@1", "subject_id": "P1", "event_id": "EV-1", "name_zh": "收购车间", "name_en": "A workshop bought",
    "kind_zh": "收购", "kind_en": "acquisition", "happened_on": date(2025, 7, 1), "base_tco2e": 1000, "effect_tco2e": 90,
    "effect_share": Decimal("0.09"), "cumulative_share": Decimal("0.09"), "is_significant": True, "is_recalculated": True,
    "reason_zh": "所有权转移", "reason_en": "ownership passes",
}  # fmt: skip


def _change(facility: str, start: str, end: str, parts: dict[str, str | None]) -> list[dict[str, Any]]:
    row = {"regime": "gbt32150", "from_year": 2024, "to_year": 2025, "facility_id": facility, "status": "separated"}
    row |= {"from_tco2e": Decimal(start), "to_tco2e": Decimal(end)}
    return [
        row | {"yearly_part": part, "position": position, "name_zh": f"部分{position}", "name_en": f"Part {position}",
               "difference_tco2e": change and Decimal(change)}
        for position, (part, change) in enumerate(parts.items(), start=1)
    ]  # fmt: skip


CHANGES = _change("F1", "1000", "1040.5", {"activity": "60", "fuel_mix": "0", "grid_factor": "-19.5"})
CHANGES += _change("F2", "500", "480", {"activity": None, "fuel_mix": "-20", "grid_factor": "0"})


def tables() -> dict[str, list[dict[str, Any]]]:
    """Mart → rows."""
    return {
        "fct_yearly_changes": CHANGES,
        "fct_targets": [TARGET],
        "fct_target_paths": PATHS,
        "fct_target_progress": PROGRESS,
        "fct_measures": MEASURES,
        "fct_evaluations": EVALUATIONS,
        "fct_baseline_reviews": REVIEWS,
        "fct_structural_changes": [STRUCTURAL],
    }
