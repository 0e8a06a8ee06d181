"""Significance alone and together, who may raise a baseline, and the status of a review, on rows written by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tests.deciding import ground

LIMITS = pa.table(
    {
        "name": ["significant_change", "review_days"],
        "value": pa.array([Decimal("0.05"), Decimal(60)], pa.decimal128(18, 6)),
    }
)


def effect(number: int, share: str | None, **given: Any) -> dict[str, Any]:
    """A structural event of month `number`, unless told otherwise."""
    row = {"review_id": f"R{number}", "baseline_key": "B@1", "baseline_id": "B", "subject_id": "S", "version": "1"}
    row |= {"trigger_kind": "event", "trigger_id": str(number), "cause": "b", "detail": "acquisition"}
    row |= {"found_on": date(2025, number, 1), "treatment": "structural"}
    return row | {"effect_share": None if share is None else Decimal(share)} | given


def judged(*effects: dict[str, Any], decided: dict[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    """Each review by its id, as the model judges it."""
    text, day = pa.string(), pa.date32()
    schema = [(name, text) for name in ("review_id", "baseline_key", "decision_id", "decision", "finding", "state")]
    schema += [(name, text) for name in ("proposed_by", "reason", "approved_by")]
    schema += [("approved_at", pa.timestamp("us")), ("effective_on", day), ("position", pa.int64())]
    rows = [] if decided is None else [{"position": 1, "baseline_key": "B@1"} | decided]
    decisions = pa.Table.from_pylist(rows, schema=pa.schema(schema))
    shares = pa.array([row["effect_share"] for row in effects], pa.decimal128(38, 12))
    table = pa.Table.from_pylist(
        [{name: value for name, value in row.items() if name != "effect_share"} for row in effects]
    )
    with duckdb.connect() as connection:
        connection.register("review_effects", table.append_column("effect_share", shares))
        connection.register("review_decisions", decisions)
        connection.register("performance_limits", LIMITS)
        planned = pa.table({"baseline_id": ["B"], "version": ["1"], "valid_from": pa.array([date(2024, 1, 1)], day)})
        connection.register("planned_baselines", planned)
        ground.model(connection, "targets/reviews")
        found = connection.execute("select * from reviews").to_arrow_table().to_pylist()
    return {row["review_id"]: row for row in found}


def test_significant_alone_and_together() -> None:
    found = judged(effect(1, "0.03"), effect(2, "0.0199"), effect(3, "0.0001"), effect(4, "-0.05"))
    told = [(row["cumulative_share"], row["is_significant"], row["is_significant_together"]) for row in found.values()]
    assert told == [
        (Decimal("0.03"), False, False),
        (Decimal("0.0499"), False, False),
        (Decimal("0.05"), False, True),
        (Decimal("0"), True, False),
    ]


def test_performance_does_not_add_up_and_a_rebase_begins_anew() -> None:
    alarm = effect(2, "0.20", trigger_kind="alarm", treatment=None, cause="a", detail="operation")
    decided = {"review_id": "R1", "state": "in_force", "decision": "adjust", "effective_on": date(2025, 2, 15)}
    found = judged(effect(1, "0.04"), alarm, effect(3, "0.03"), decided=decided)
    assert found["R2"]["cumulative_share"] == 0
    assert (found["R3"]["cumulative_share"], found["R3"]["is_significant_together"]) == (Decimal("0.03"), False)
    assert found["R1"]["status"] == "decided"


@pytest.mark.parametrize(
    ("given", "has_external_cause", "status"),
    [
        ({"trigger_kind": "alarm", "cause": "a"}, False, "open"),
        ({"trigger_kind": "alarm", "cause": "d"}, False, "open"),
        ({"trigger_kind": "alarm", "cause": "b"}, True, "open"),
        ({"trigger_kind": "event", "cause": "d", "treatment": "performance"}, True, "open"),
        ({"treatment": "not_in_base_year"}, True, "not_a_trigger"),
        ({"treatment": "covered_by_scopes"}, True, "not_a_trigger"),
        ({"trigger_kind": "growth"}, True, "not_a_trigger"),
        ({"detail": "new_plant", "treatment": None}, True, "not_a_trigger"),
        ({"trigger_kind": "restatement", "cause": "c"}, True, "settled_by_plan"),
    ],
)
def test_what_may_raise_a_baseline_and_what_is_no_trigger(
    given: dict[str, Any], has_external_cause: bool, status: str
) -> None:
    row = judged(effect(1, "0.06", **{"treatment": None, **given}))["R1"]
    assert (row["has_external_cause"], row["status"]) == (has_external_cause, status)
    assert row["due_on"] == date(2025, 3, 2)


def test_a_pending_decision_is_proposed() -> None:
    found = judged(effect(1, "0.06"), decided={"review_id": "R1", "state": "pending", "decision": "keep"})
    assert found["R1"]["status"] == "proposed"
