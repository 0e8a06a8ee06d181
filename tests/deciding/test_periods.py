"""A facility's month goes calculated → reviewed → submitted → verified, by the right people, and its figures are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from pipelines import deciding, warehouse
from pipelines.archive import journal
from pipelines.deciding import DecisionError, NotReportable
from pipelines.workspace import Workspace
from tests.deciding import ground
from tests.deciding.ground import APPROVER, AS_OF, CHECKER, OTHER_CHECKER, RECORDER

MAY = date(2024, 5, 1)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.scratch() as opened:
        yield opened


def advance(
    workspace: Workspace, state: str, name: str, month: str = "2024-05", despite: str = "", at: str = "NJ-F"
) -> None:
    deciding.advance(workspace, month, state, at, name, despite, AS_OF)


def submitted(workspace: Workspace) -> None:
    for state, name in (("calculated", CHECKER), ("reviewed", OTHER_CHECKER), ("submitted", APPROVER)):
        advance(workspace, state, name)


def shown(connection: duckdb.DuckDBPyConnection, workspace: Workspace, tonnes: str = "100.25") -> dict[str, dict]:
    """fct_period_states of NJ-F in May by regime, its account now being `tonnes` under gbt32150."""
    months = {"facility_id": "NJ-F", "month": MAY, "status": "complete", "reason_zh": "", "reason_en": ""}
    ground.lay(
        connection, deciding.read(workspace), AS_OF,
        fct_inventory=[
            months | {"regime": "gbt32150", "emissions_tco2e": Decimal(tonnes)},
            months | {"regime": "mee_ets", "emissions_tco2e": Decimal("90.125")},
        ],
    )  # fmt: skip
    ground.standings(connection)
    ground.model(connection, "marts/fct_period_states")
    rows = connection.execute("select * from fct_period_states").to_arrow_table().to_pylist()
    return {row["regime"]: row for row in rows}


def test_the_way_of_a_month(connection: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
    assert shown(connection, workspace)["gbt32150"]["state"] == "open"
    submitted(workspace)
    row = shown(connection, workspace)["gbt32150"]
    assert (row["state"], row["calculated_by"], row["reviewed_by"], row["submitted_by"]) == (
        *("submitted", CHECKER, OTHER_CHECKER),
        APPROVER,
    )
    advance(workspace, "verified", CHECKER)
    assert {row["state"] for row in shown(connection, workspace).values()} == {"verified"}
    assert journal.verify(workspace.journal).lines == 4


def test_a_step_out_of_order_is_refused(workspace: Workspace) -> None:
    with pytest.raises(DecisionError, match="next comes calculated"):
        advance(workspace, "reviewed", CHECKER, despite="急")
    advance(workspace, "calculated", RECORDER)
    with pytest.raises(DecisionError, match="next comes reviewed"):
        advance(workspace, "submitted", APPROVER, despite="急")
    with pytest.raises(DecisionError, match="next comes reviewed"):
        advance(workspace, "calculated", RECORDER)
    with pytest.raises(DecisionError, match="calculated → reviewed → submitted → verified"):
        advance(workspace, "done", RECORDER)


def closing(workspace: Workspace, period: str, since: str, until: str, *facilities: str) -> None:
    given = {"period": period, "since": since, "until": until, "facilities": list(facilities)}
    journal.append(workspace.journal, "closed", **given, build_id="b", manifest_sha256="0" * 64)


@pytest.mark.parametrize("state", ["calculated", "verified"])
def test_a_closed_month_stays_and_the_message_says_what_to_do(workspace: Workspace, state: str) -> None:
    submitted(workspace)
    closing(workspace, "2024", "2024-01-01", "2025-01-01", "NJ-E", "NJ-F")
    lines = len(journal.read(workspace.journal))
    with pytest.raises(DecisionError, match=r"已在期间 2024 内关闭.*tanku reopen 2024.*is closed in 2024") as refused:
        advance(workspace, state, CHECKER, despite="更正")
    assert "重述" in str(refused.value) and "restated" in str(refused.value)
    assert len(journal.read(workspace.journal)) == lines
    journal.append(workspace.journal, "reopened", period="2024", build_id="b", reason="重新报送")
    advance(workspace, state, CHECKER, despite="更正")


@pytest.mark.parametrize(
    ("since", "until", "facility"),
    [
        ("2024-06-01", "2024-07-01", "NJ-F"),
        ("2024-01-01", "2024-05-01", "NJ-F"),
        ("2024-01-01", "2025-01-01", "NJ-E"),
    ],
)
def test_what_lies_outside_a_closed_period_goes_on(workspace: Workspace, since: str, until: str, facility: str) -> None:
    closing(workspace, "other", since, until, facility)
    advance(workspace, "calculated", RECORDER)


def test_review_takes_another_person_whatever_the_reason(workspace: Workspace) -> None:
    advance(workspace, "calculated", CHECKER)
    with pytest.raises(DecisionError, match="another person"):
        advance(workspace, "reviewed", CHECKER, despite="只有我在")
    advance(workspace, "reviewed", OTHER_CHECKER)


def test_duties_are_those_of_the_rules(workspace: Workspace) -> None:
    advance(workspace, "calculated", RECORDER)
    with pytest.raises(DecisionError, match="checker or approver"):
        advance(workspace, "reviewed", "周敏")
    advance(workspace, "reviewed", CHECKER)
    with pytest.raises(DecisionError, match="this is for approver"):
        advance(workspace, "submitted", OTHER_CHECKER)


def test_an_incomplete_month_is_held_back_unless_somebody_says_why(workspace: Workspace) -> None:
    advance(workspace, "calculated", RECORDER, "2024-08", at="NJ-E")
    with pytest.raises(NotReportable, match=r"汽油缺失.*petrol is missing") as refused:
        advance(workspace, "reviewed", CHECKER, "2024-08", at="NJ-E")
    assert refused.value.exit_code == 1
    advance(workspace, "reviewed", CHECKER, "2024-08", "缺口已说明", "NJ-E")
    assert journal.read(workspace.journal)[-1]["despite"] == "缺口已说明"


def test_an_unknown_month_or_facility_is_refused_with_what_there_is(workspace: Workspace) -> None:
    with pytest.raises(DecisionError, match="2024-05 … 2024-05"):
        advance(workspace, "calculated", RECORDER, "2023-05")
    with pytest.raises(DecisionError, match="NJ-F"):
        advance(workspace, "calculated", RECORDER, at="NJ-G")
    with pytest.raises(DecisionError, match="not a period"):
        advance(workspace, "calculated", RECORDER, "2024-05-03")


def test_what_was_submitted_stays_and_a_later_change_shows(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    submitted(workspace)
    row = shown(connection, workspace, "101.5")["gbt32150"]
    assert (row["reported_tco2e"], row["changed_since_tco2e"]) == (Decimal("100.25"), Decimal("1.25"))
    assert shown(connection, workspace)["mee_ets"]["changed_since_tco2e"] == 0


def test_a_month_calculated_again_begins_anew_with_a_reason(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    submitted(workspace)
    with pytest.raises(DecisionError, match="next comes verified"):
        advance(workspace, "calculated", RECORDER)
    advance(workspace, "calculated", OTHER_CHECKER, despite="收到更正的结算单")
    row = shown(connection, workspace)["gbt32150"]
    assert (row["state"], row["calculated_by"], row["reviewed_by"]) == ("calculated", OTHER_CHECKER, "")
    advance(workspace, "reviewed", CHECKER)


def test_verified_figures_stand_beside_the_reported_ones(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    submitted(workspace)
    given = {"month": "2024-05", "facility_id": "NJ-F", "verifier": "苏测核查", "note": "热值取化验值", "name": CHECKER}
    deciding.verified_figure(workspace, regime="gbt32150", tonnes="98.75", **given)
    row = shown(connection, workspace)["gbt32150"]
    assert (row["verified_tco2e"], row["verified_difference_tco2e"]) == (Decimal("98.75"), Decimal("-1.5"))
    assert (row["verifier"], row["emissions_tco2e"]) == ("苏测核查", Decimal("100.25"))
    assert shown(connection, workspace)["mee_ets"]["verified_tco2e"] is None
    with pytest.raises(DecisionError, match="gbt32150"):
        deciding.verified_figure(workspace, regime="gbt3215", tonnes="1", **given)
    with pytest.raises(DecisionError, match="at most 6 decimals"):
        deciding.verified_figure(workspace, regime="gbt32150", tonnes="1.1234567", **given)


def test_findings_are_replied_to_and_closed_before_a_month_is_verified(
    connection: duckdb.DuckDBPyConnection, workspace: Workspace
) -> None:
    submitted(workspace)
    made = deciding.add_finding(workspace, "2024-05", "NJ-F", "皮带秤校验记录缺失", "苏测核查", CHECKER)
    with pytest.raises(DecisionError, match=made):
        advance(workspace, "verified", CHECKER)
    deciding.answer_finding(workspace, made, "已补", RECORDER, closes=False, as_of=AS_OF)
    deciding.answer_finding(workspace, made, "记录见附件3", RECORDER, closes=False, as_of=AS_OF)
    assert shown(connection, workspace)["gbt32150"]["open_findings"] == 1
    deciding.answer_finding(workspace, made, "接受", CHECKER, closes=True, as_of=AS_OF)
    found = deciding.findings(workspace, AS_OF)[0]
    assert (found["finding_id"], found["status"], found["closing_note"]) == (made, "closed", "接受")
    assert found["replies"] == f"{RECORDER}: 已补; {RECORDER}: 记录见附件3"
    with pytest.raises(DecisionError, match="no open finding"):
        deciding.answer_finding(workspace, made, "再说", RECORDER, closes=False, as_of=AS_OF)
    advance(workspace, "verified", CHECKER)
    row = shown(connection, workspace)["gbt32150"]
    assert (row["state"], row["findings"], row["open_findings"]) == ("verified", 1, 0)
