"""A baseline's review takes two names; what the standard forbids is refused in both languages, and says what to do."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines import deciding, rules
from pipelines.archive import journal
from pipelines.deciding import DecisionError
from pipelines.example.plan import SETTINGS
from pipelines.workspace import Workspace
from tests.conftest import tanku
from tests.deciding import ground
from tests.deciding.ground import APPROVER, AS_OF, CHECKER, OTHER_CHECKER

WORSE, BETTER, BOUGHT, GROWN, TOTAL = "B/alarm/C1", "B/alarm/C2", "B/event/E1", "B/growth/2025", "B/change/2025-01"
REVIEWS = """
create table marts.fct_baseline_reviews as
    select *, 'B@1' as baseline_key, 't' as unit, 0.05 as threshold, '' as evidence_zh, '' as evidence_en, '' as decision,
        '' as decision_id, '' as decision_reason, '' as finding, '' as proposed_by, '' as approved_by, '铸件' as subject_zh,
        'castings' as subject_en, date '2025-06-01' as found_on, date '2025-07-31' as due_on, 0.1 as effect_share,
        0.1 as cumulative_share, cause <> 'x' as is_significant, false as is_significant_together,
        '缺产量' as draft_zh, 'no output' as draft_en, '' as refusal_zh, '' as refusal_en
    from (values
        ('B/alarm/C1', 'alarm', 'a', 'open', false, 100::decimal(38, 12), 110::decimal(38, 12), '', ''),
        ('B/alarm/C2', 'alarm', 'a', 'open', false, 100, 90, '', ''),
        ('B/event/E1', 'event', 'b', 'open', true, 100, 103, '', ''),
        ('B/growth/2025', 'growth', 'b', 'not_a_trigger', true, 100, null, '有机增长', 'organic growth'),
        ('B/change/2025-01', 'change', 'b', 'open', true, 100, null, '总量', 'a total')
    ) as t(review_id, trigger_kind, cause, status, has_external_cause, old_value, proposed_value, note_zh, note_en)
"""


@pytest.fixture
def reviewed(workspace: Workspace) -> Workspace:
    with duckdb.connect(str(workspace.published_warehouse)) as connection:
        connection.execute(REVIEWS)
    (workspace.root / "tanku.toml").write_text(SETTINGS, encoding="utf-8")
    return workspace


def decide(workspace: Workspace, review_id: str, decision: str, name: str = CHECKER, **given: Any) -> str:
    said = {"reason": "已核实", "finding": "", "value": "", "effective_on": None, "as_of": AS_OF} | given
    return deciding.decide_review(workspace, review_id, decision, name=name, **said)[0]


@pytest.mark.parametrize(
    ("review_id", "decision", "given", "told"),
    [
        ("B/alarm/C9", "keep", {}, r"没有基准复核.*there is no baseline review"),
        (WORSE, "ignore", {}, r"应为其一：keep, adjust, rebase"),
        (WORSE, "keep", {"finding": "  "}, r"--finding.*not distorted"),
        (WORSE, "keep", {"finding": "无失真", "reason": " "}, "must not be empty"),
        (WORSE, "adjust", {}, r"不得用 adjust 调高基准.*must not raise"),
        (WORSE, "rebase", {}, r"must not raise"),
        (BETTER, "adjust", {"value": "100.000001"}, r"must not raise"),
        (TOTAL, "adjust", {}, r"没有测算出建议值.*give --value"),
        (TOTAL, "adjust", {"value": "1,000"}, r"is no baseline"),
        (TOTAL, "adjust", {"value": "-1"}, r"is no baseline"),
        (GROWN, "rebase", {}, r"无需决定：有机增长.*organic growth"),
        (BOUGHT, "adjust", {"name": APPROVER}, r"recorder、checker"),
    ],
)
def test_what_may_not_be_decided_is_refused_and_leaves_no_line(
    reviewed: Workspace, review_id: str, decision: str, given: dict, told: str
) -> None:
    with pytest.raises(DecisionError, match=told) as refused:
        decide(reviewed, review_id, decision, **given)
    assert refused.value.exit_code == 2 and " / " in str(refused.value)
    assert not reviewed.journal.exists()


def test_a_decision_takes_an_approver_with_another_name(reviewed: Workspace) -> None:
    made = decide(reviewed, WORSE, "keep", finding="计量与口径未变，数据未失真")
    with pytest.raises(DecisionError, match=r"approver"):
        deciding.approve(reviewed, made, OTHER_CHECKER, "", AS_OF)
    assert ground.states(reviewed) == {made: "pending"}
    with pytest.raises(DecisionError, match=rf"已有待批准的决定 {made}"):
        decide(reviewed, WORSE, "keep", finding="再次")
    deciding.approve(reviewed, made, APPROVER, "", AS_OF)
    assert ground.states(reviewed, date(2099, 1, 1)) == {made: "in_force"}, "a review's decision does not expire"


def test_a_line_keeps_the_values_of_the_day(reviewed: Workspace) -> None:
    made = decide(reviewed, BOUGHT, "adjust", effective_on=date(2025, 7, 1))
    (line,) = journal.read(reviewed.journal)
    told = {name: line[name] for name in ("review_id", "decision", "old_value", "new_value", "effective_on", "person")}
    assert told == {
        **{"review_id": BOUGHT, "decision": "adjust", "person": CHECKER, "effective_on": "2025-07-01"},
        **{"old_value": "100.000000000000", "new_value": "103.000000000000"},
    }
    (row,) = deciding.read(reviewed)["baseline_decisions"].to_pylist()
    assert (row["decision_id"], row["new_value"], row["effective_on"]) == (made, Decimal(103), date(2025, 7, 1))


def baselines() -> list[dict[str, Any]]:
    names = {
        "baseline_id": "B",
        "subject_id": "S",
        "facility_id": "",
        "measure": "total",
        "baseline_kind": "typical_year",
    }
    row = {"baseline_key": "B@1", "version": "1", "value": Decimal("101.5"), "unit": "t", "approver": "丙"}
    return [names | row | {"first_year": 2023, "last_year": 2023, "valid_from": date(2024, 1, 1), "ends_on": date.max}]


def versions(workspace: Workspace, as_of: date = AS_OF) -> list[tuple[Any, ...]]:
    return decided(workspace, as_of, "select version, value, valid_from, is_in_force from baseline_versions order by 3")


def decided(workspace: Workspace, as_of: date, query: str) -> list[tuple[Any, ...]]:
    """What the models make of the journal, asked with `query`."""
    with duckdb.connect() as connection:
        ground.lay(connection, deciding.read(workspace), as_of)
        ground.standings(connection)
        connection.register("baselines", pa.Table.from_pylist(baselines()))
        connection.register("decision_refusals", pa.Table.from_pylist(rules.rows("decision_refusals")))
        connection.execute(f"attach '{workspace.published_warehouse}' as published (read_only)")
        connection.execute("create table review_effects as select *, status <> 'not_a_trigger' as is_trigger"
                           " from published.marts.fct_baseline_reviews")  # fmt: skip
        ground.model(connection, "targets/review_decisions")
        ground.model(connection, "targets/baseline_versions")
        return connection.execute(query).fetchall()


def test_an_adjustment_moves_the_baseline_from_its_day_on_and_the_old_one_stays(reviewed: Workspace) -> None:
    before = [("1", Decimal("101.5"), date(2024, 1, 1), True)]
    made = decide(reviewed, BOUGHT, "adjust", effective_on=date(2025, 7, 1))
    assert versions(reviewed) == before, "nothing changes by itself"
    deciding.approve(reviewed, made, APPROVER, "", AS_OF)
    adjusted = (f"1+{made}", Decimal("104.5"), date(2025, 7, 1), True)
    assert versions(reviewed) == [(*before[0][:3], False), adjusted]
    deciding.reject(reviewed, made, APPROVER, "撤销", AS_OF)
    assert versions(reviewed) == before


def test_keep_and_rebase_move_no_value(reviewed: Workspace) -> None:
    for review_id, decision in ((BETTER, "rebase"), (WORSE, "keep")):
        made = decide(reviewed, review_id, decision, finding="数据未失真")
        deciding.approve(reviewed, made, APPROVER, "", AS_OF)
    assert versions(reviewed) == [("1", Decimal("101.5"), date(2024, 1, 1), True)]


def journalled(workspace: Workspace, review_id: str, decision: str, new_value: str, **given: str) -> str:
    """A decision that never passed the command: its line is in the journal, and an approver has signed it."""
    said = {"review_id": review_id, "baseline_key": "B@1", "subject": review_id, "decision": decision, "finding": ""}
    said |= {"old_value": "100", "new_value": new_value, "effective_on": "2025-07-01", "reason": "另一途径"} | given
    who = {"person": CHECKER, "role_id": "DQ-CHECK", "duty": "checker"}
    line = journal.append(workspace.journal, "baseline_review_decided", **said, **who)
    deciding.approve(workspace, f"D{line['seq']}", APPROVER, "", AS_OF)
    return f"D{line['seq']}"


@pytest.mark.parametrize(
    ("review_id", "decision", "new_value", "refusal"),
    [
        (WORSE, "adjust", "110", "raised_by_worsening"),
        (BETTER, "adjust", "100.000001", "raised_by_worsening"),
        (WORSE, "rebase", "", "raised_by_worsening"),
        ("B/alarm/gone", "adjust", "110", "no_review"),
        (GROWN, "adjust", "90", "not_a_trigger"),
        (WORSE, "keep", "100", "no_finding"),
    ],
)
def test_what_the_clause_forbids_is_not_applied_whichever_way_it_came(
    reviewed: Workspace, review_id: str, decision: str, new_value: str, refusal: str
) -> None:
    made = journalled(reviewed, review_id, decision, new_value)
    ((state, told, zh, en),) = decided(
        reviewed,
        AS_OF,
        f"select state, refusal, refusal_zh, refusal_en from review_decisions where decision_id = '{made}'",
    )
    assert (state, told) == ("refused", refusal)
    assert "不予采用" in zh and "is not applied" in en
    assert versions(reviewed) == [("1", Decimal("101.5"), date(2024, 1, 1), True)], "the baseline stays"


@pytest.mark.parametrize(
    ("review_id", "new_value"), [(WORSE, "95"), (BETTER, "90"), (BOUGHT, "103"), ("B/alarm/gone", "90")]
)
def test_what_lowers_or_has_an_external_cause_is_applied(reviewed: Workspace, review_id: str, new_value: str) -> None:
    made = journalled(reviewed, review_id, "adjust", new_value)
    moved = Decimal("101.5") + Decimal(new_value) - 100
    assert versions(reviewed)[-1] == (f"1+{made}", moved, date(2025, 7, 1), True)


def test_the_commands_list_show_and_decide(reviewed: Workspace) -> None:
    listed = tanku("baseline", "review", "list", "--open", "-w", reviewed.root).stdout
    assert BOUGHT in listed and GROWN not in listed
    rows = json.loads(tanku("baseline", "review", "list", "--json", "-w", reviewed.root).stdout)
    assert len(rows) == 5 and rows[-1]["review_id"] == GROWN
    shown = tanku("baseline", "review", "show", WORSE, "-w", reviewed.root).stdout
    assert "不得调高基准" in shown and "must not be raised" in shown
    assert "测算 / draft: 缺产量" in shown and "no output" in shown
    given = ("--reason", "收购", "--as", CHECKER, "--from", "2025-07-01", "-w", reviewed.root)
    told = tanku("baseline", "review", "decide", BOUGHT, "--decision", "adjust", *given).stdout
    assert "100 → 103 t" in told and "tanku approve D" in told
    refused = tanku("baseline", "review", "decide", WORSE, "--decision", "adjust", *given, expect=2).stderr
    assert "plan/events.csv" in refused
