"""A worsening from its months to the baseline, through every model: chart, alarm, cause, review, decision, version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines import deciding, performance, rules
from pipelines.archive import journal
from pipelines.deciding import DecisionError
from pipelines.workspace import Workspace
from tests.deciding import ground
from tests.targets import company

SINCE = date(2025, 3, 1)
WARNING = {
    **{"warning_id": "W", "subject_id": "S", "name_zh": "单值图", "name_en": "single values", "chart": "individuals"},
    **{
        "measure": "intensity",
        "grain": "month",
        "baseline_id": "",
        "window_from": date(2023, 1, 1),
        "sigma_multiple": 3.0,
    },
    **{"window_to": date(2025, 1, 1), "run_rules": "1", "smoothing": None, "reference_value": None},
    **{"decision_interval": None, "least_points": None},
}
EMPTY = {
    "planned_baselines": "baseline_id varchar, baseline_key varchar, baseline_kind varchar, valid_from date,"
    " version varchar",
    "daily_performance": "subject_id varchar, local_date date, intensity double, is_complete boolean",
    "expected_periods": "baseline_key varchar, subject_id varchar, grain varchar, period_start date, is_in_baseline boolean,"
    " standard_errors double, residual_tco2e decimal(38, 6)",
}
# a monthly chart knows no holiday
HOLIDAYS = pa.schema(
    [("name_zh", pa.string()), ("name_en", pa.string()), ("first_date", pa.date32()), ("last_date", pa.date32())]
).empty_table()
REVIEW = "T/alarm/W@2025-03-01"


def worsened(changes: list[dict[str, Any]]) -> company.Company:
    """40 t more a month since March 2025, on 300 t that scatter by one in a hundred; output stays."""
    steady = company.steady(coal_rate=Decimal("2.4"), since=SINCE)
    gas = {month: (Decimal(50), Decimal(2) + Decimal(month.month % 3 - 1) / 20) for month in company.MONTHS}
    return replace(steady, gas=gas).having(own_changes=changes)


def alarmed(made: company.Company, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The alarms that the models of early warning find in the company's months."""
    limits = pa.Table.from_pylist(rules.rows("performance_limits"))
    with duckdb.connect() as connection:
        company.lay(connection, made)
        connection.execute("create table changes as select * from own_changes")
        for name, columns in EMPTY.items():
            connection.execute(f"create or replace table {name} ({columns})")
        connection.register("warnings", pa.Table.from_pylist([WARNING]))
        connection.register("statutory_holidays", HOLIDAYS)
        ground.model(connection, "performance/charted_values")
        values = connection.execute("select * from charted_values").to_arrow_table()
        typed = limits.set_column(limits.column_names.index("value"), "value", limits["value"].cast(pa.float64()))
        connection.register("chart_points", performance.charted(values, pa.Table.from_pylist([WARNING]), typed))
        for name in ("control_charts", "control_points", "alarm_runs", "alarm_causes", "alarms"):
            ground.model(connection, f"performance/{name}")
        assert len(changes) == connection.execute("select count(*) from changes").fetchall()[0][0]
        return connection.execute("select * from alarms").to_arrow_table().to_pylist()


def published(workspace: Workspace, changes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Everything from the months to the mart, put into the published warehouse; its reviews by id."""
    made = worsened(changes)
    with duckdb.connect() as connection:
        company.reviewed(connection, made.having(alarms=alarmed(made, changes)))
        ground.lay(connection, deciding.read(workspace), company.AS_OF)
        ground.standings(connection)
        connection.execute(f"create or replace table planned_baselines ({EMPTY['planned_baselines']})")
        for name in ("review_decisions", "reviews", "baseline_versions"):
            ground.model(connection, f"targets/{name}")
        ground.model(connection, "marts/fct_baseline_reviews")
        connection.execute(f"attach '{workspace.published_warehouse}' as published")
        for name in ("fct_baseline_reviews", "baseline_versions"):
            connection.execute(f"create or replace table published.marts.{name} as select * from {name}")
        found = connection.execute("select * from fct_baseline_reviews").to_arrow_table().to_pylist()
    return {row["review_id"]: row for row in found}


def value(workspace: Workspace) -> Decimal:
    """The total in force."""
    with duckdb.connect(str(workspace.published_warehouse), read_only=True) as connection:
        query = "select value from marts.baseline_versions where baseline_key = 'T@1' and is_in_force"
        ((found,),) = connection.execute(query).fetchall()
        return found


def by_hand(made: company.Company) -> Decimal:
    """The base year at what a tonne of product emits since March 2025."""

    def total(months: list[date]) -> Decimal:
        return sum((made.coal[m][0] * made.coal[m][1] + made.gas[m][0] * made.gas[m][1] for m in months), Decimal(0))

    base = [m for m in company.MONTHS if m.year == 2023]
    since = [m for m in company.MONTHS if m >= SINCE]
    output = {name: sum(made.output[m] for m in months) for name, months in (("base", base), ("since", since))}
    return total(since) / output["since"] * output["base"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return ground.enterprise(tmp_path)


def decide(workspace: Workspace, decision: str, **given: str) -> str:
    said = {"reason": "已核实", "finding": "", "value": ""} | given
    made, _ = deciding.decide_review(
        workspace, REVIEW, decision, **said, effective_on=None, name=ground.CHECKER, as_of=company.AS_OF
    )
    deciding.approve(workspace, made, ground.APPROVER, "", company.AS_OF)
    return made


def test_a_real_worsening_is_drafted_kept_and_never_raises(workspace: Workspace) -> None:
    row = published(workspace, [])[REVIEW]
    assert (row["cause"], row["direction"], row["has_external_cause"], row["status"]) == ("a", "up", False, "open")
    assert (row["draft_basis"], row["months_since"]) == ("output", 10)
    assert abs(row["proposed_value"] - by_hand(worsened([]))) < Decimal("0.00001") and row["is_significant"]
    before = value(workspace)
    with pytest.raises(DecisionError, match=r"不得用 adjust 调高基准"):
        decide(workspace, "adjust")
    line = {"review_id": REVIEW, "baseline_key": "T@1", "subject": REVIEW, "decision": "adjust", "finding": ""}
    line |= {
        "old_value": f"{row['old_value']}",
        "new_value": f"{row['proposed_value']}",
        "reason": "",
        "effective_on": "",
    }
    who = {"person": ground.CHECKER, "role_id": "", "duty": "checker"}
    forged = journal.append(
        workspace.journal, "baseline_review_decided", **line | {"effective_on": "2026-01-01"}, **who
    )
    deciding.approve(workspace, f"D{forged['seq']}", ground.APPROVER, "", company.AS_OF)
    row = published(workspace, [])[REVIEW]
    assert (row["status"], row["decision_state"]) == ("open", "refused") and "不予采用" in row["refusal_zh"]
    assert value(workspace) == before
    decide(workspace, "keep", finding="计量与口径未变，数据未失真")
    assert published(workspace, [])[REVIEW]["status"] == "decided" and value(workspace) == before


def test_with_a_change_on_record_it_may_be_adjusted(workspace: Workspace) -> None:
    changes = [company.change("product_mix", SINCE, "OUT")]
    row = published(workspace, changes)[REVIEW]
    assert (row["cause"], row["has_external_cause"]) == ("b", True) and "on record" in row["evidence_en"]
    before = value(workspace)
    decide(workspace, "adjust")
    assert published(workspace, changes)[REVIEW]["status"] == "decided"
    assert value(workspace) - before == row["effect"] > 0
