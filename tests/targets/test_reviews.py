"""Significance alone and together, who may raise a baseline, and the status of a review, on rows written by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines import rules
from tests.deciding import ground

AMOUNTS = ("old_value", "proposed_value")
LIMITS = pa.table(
    {
        "name": ["significant_change", "review_days"],
        "value": pa.array([Decimal("0.05"), Decimal(60)], pa.decimal128(18, 6)),
    }
)


def effect(number: int, share: str, **given: Any) -> dict[str, Any]:
    """The draft of a structural event of month `number`, unless told otherwise."""
    row = {"baseline_key": "B@1", "baseline_id": "B", "subject_id": "S", "version": "1", "valid_from": date(2024, 1, 1)}
    row |= {"trigger_kind": "event", "trigger_id": str(number), "cause": "b", "detail": "acquisition"}
    row |= {"found_on": date(2025, number, 1), "treatment": "structural", "draft_basis": "unit_years"}
    return row | {"old_value": Decimal(100), "proposed_value": 100 * (1 + Decimal(share))} | given


def judged(*drafts: dict[str, Any], decided: dict[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    """Each review by R and the number of its trigger, as the models judge it."""
    text, day = pa.string(), pa.date32()
    schema = [(name, text) for name in ("review_id", "baseline_key", "decision_id", "decision", "finding", "state")]
    schema += [(name, text) for name in ("proposed_by", "reason", "approved_by", "refusal_zh", "refusal_en")]
    schema += [("approved_at", pa.timestamp("us")), ("effective_on", day), ("position", pa.int64())]
    rows = [] if decided is None else [{"position": 1, "baseline_key": "B@1", "review_id": "B/event/1"} | decided]
    decisions = pa.Table.from_pylist(rows, schema=pa.schema(schema))
    amounts = {name: pa.array([row[name] for row in drafts], pa.decimal128(38, 12)) for name in AMOUNTS}
    table = pa.Table.from_pylist([{name: row[name] for name in row if name not in AMOUNTS} for row in drafts])
    for name, column in amounts.items():
        table = table.append_column(name, column)
    with duckdb.connect() as connection:
        connection.register("review_drafts", table)
        connection.register("review_decisions", decisions)
        connection.register("performance_limits", LIMITS)
        connection.register("draft_bases", draft_bases())
        planned = pa.table({"baseline_id": ["B"], "version": ["1"], "valid_from": pa.array([date(2024, 1, 1)], day)})
        connection.register("planned_baselines", planned)
        ground.model(connection, "targets/review_effects")
        ground.model(connection, "targets/reviews")
        found = connection.execute("select * from reviews").to_arrow_table().to_pylist()
    return {f"R{row['trigger_id']}": row for row in found}


def draft_bases() -> pa.Table:
    """The rules as the build types them."""
    rows = [
        row | {name: row[name] == "true" for name in ("is_drafted", "adds_up")} for row in rules.rows("draft_bases")
    ]
    return pa.Table.from_pylist(rows)


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
    alarm = effect(2, "0.20", trigger_kind="alarm", treatment=None, cause="a", detail="operation", draft_basis="output")
    decided = {"state": "in_force", "decision": "adjust", "effective_on": date(2025, 2, 15)}
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
    found = judged(effect(1, "0.06"), decided={"state": "pending", "decision": "keep"})
    assert found["R1"]["status"] == "proposed"
