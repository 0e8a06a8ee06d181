"""A decision takes two names of the plan; a name, a reason or a date that will not do is refused in both languages."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from pipelines import deciding
from pipelines.archive import journal
from pipelines.deciding import DecisionError
from pipelines.workspace import Workspace
from tests.deciding.ground import (
    APPROVER,
    AS_OF,
    CHECKER,
    LATER,
    OTHER_CHECKER,
    OTHER_RECORDER,
    RECORDER,
    propose,
    states,
)


def lines(workspace: Workspace) -> list[journal.Line]:
    return journal.read(workspace.journal)


def test_a_maker_cannot_approve_whatever_their_duty(workspace: Workspace) -> None:
    made = propose(workspace, CHECKER)
    with pytest.raises(DecisionError, match=r"提出人与批准人都是 陈思远.*cannot approve it"):
        deciding.approve(workspace, made, CHECKER, "", AS_OF)
    assert states(workspace) == {made: "pending"}
    deciding.approve(workspace, made, OTHER_CHECKER, "", AS_OF)
    assert states(workspace) == {made: "in_force"}


def test_a_recorder_proposes_and_does_not_approve_an_approver_the_other_way(workspace: Workspace) -> None:
    made = propose(workspace, RECORDER)
    with pytest.raises(DecisionError, match="checker or approver"):
        deciding.approve(workspace, made, OTHER_RECORDER, "", AS_OF)
    with pytest.raises(DecisionError, match="recorder or checker"):
        propose(workspace, APPROVER)
    assert [line["event"] for line in lines(workspace)] == ["override_proposed"]


@pytest.mark.parametrize(("name", "near"), [("王茜", "王倩"), ("陈思源", "陈思远"), ("John", "王倩")])
def test_an_unknown_name_is_refused_with_near_names(workspace: Workspace, name: str, near: str) -> None:
    with pytest.raises(DecisionError, match=near) as refused:
        propose(workspace, name)
    assert name in str(refused.value) and " / " in str(refused.value)
    assert not workspace.journal.exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"reason": "  "}, "must not be empty"),
        ({"expires": AS_OF - timedelta(1)}, "never hold"),
        ({"parameter_id": "F-COAL-A"}, "F-COAL-AD"),
        ({"period": "2024-06"}, "nothing is due"),
        ({"period": "May 2024"}, "not a period"),
        ({"period": "2024-13"}, "not a period"),
        ({"parameter_id": "F-EL-DAY"}, "3 periods"),
        ({"value": "1,5"}, "not a number"),
        ({"value": "NaN"}, "not a number"),
        ({"unit": "kWh"}, "cannot be converted"),
        ({"unit": "sack"}, "cannot be converted"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_leaves_no_line(workspace: Workspace, given: dict, told: str) -> None:
    with pytest.raises(DecisionError, match=told) as refused:
        propose(workspace, **given)
    assert refused.value.exit_code == 2
    assert not workspace.journal.exists()


def test_a_line_keeps_both_names_the_role_of_the_day_and_what_was_decided(workspace: Workspace) -> None:
    made = propose(workspace, value="399750", unit="kg")
    deciding.approve(workspace, made, APPROVER, "见磅单", AS_OF)
    first, second = lines(workspace)
    assert made == "D1" and second["decision_id"] == "D1"
    assert (first["person"], first["role_id"], first["duty"]) == (RECORDER, "R01", "recorder")
    assert (second["person"], second["duty"], second["note"]) == (APPROVER, "approver", "见磅单")
    assert first["by"] and second["by"]
    assert (first["value"], first["unit"], first["period_start"]) == ("399750", "kg", "2024-05-01")
    assert first["expires_on"] == LATER.isoformat()


def test_the_journal_of_decisions_verifies_and_a_changed_decision_is_found(workspace: Workspace) -> None:
    made = propose(workspace)
    deciding.approve(workspace, made, CHECKER, "", AS_OF)
    assert journal.verify(workspace.journal).lines == 2
    text = workspace.journal.read_text(encoding="utf-8")
    workspace.journal.write_text(text.replace('"value":"399.75"', '"value":"39.975"'), encoding="utf-8")
    with pytest.raises(journal.JournalError) as found:
        deciding.read(workspace)
    assert found.value.line == 1


def test_approvals_are_by_id_of_what_is_pending(workspace: Workspace) -> None:
    made = propose(workspace)
    with pytest.raises(DecisionError, match=rf"D99.*{made}"):
        deciding.approve(workspace, "D99", CHECKER, "", AS_OF)
    deciding.approve(workspace, made.lower(), CHECKER, "", AS_OF)
    with pytest.raises(DecisionError, match="in_force, not pending"):
        deciding.approve(workspace, made, APPROVER, "", AS_OF)


def test_a_rejected_decision_is_over_also_after_its_approval(workspace: Workspace) -> None:
    first, second = propose(workspace), propose(workspace, value="398")
    deciding.approve(workspace, first, CHECKER, "", AS_OF)
    deciding.reject(workspace, first, APPROVER, "重新核对", AS_OF)
    deciding.reject(workspace, second, RECORDER, "自行撤回", AS_OF)
    assert states(workspace) == {first: "rejected", second: "rejected"}
    with pytest.raises(DecisionError, match="rejected"):
        deciding.approve(workspace, second, CHECKER, "", AS_OF)


def test_a_substitution_is_approved_by_another_than_the_rules_author(workspace: Workspace) -> None:
    given = {"parameter_id": "F-NG-AD", "month": "2024-03", "rule_id": "", "reason": "已核对", "expires": LATER}
    with pytest.raises(DecisionError, match="陈思远"):  # the author of the plan version of that month
        deciding.approve_substitution(workspace, **given, name=CHECKER, as_of=AS_OF)
    made, count = deciding.approve_substitution(workspace, **given, name=OTHER_CHECKER, as_of=AS_OF)
    assert (count, states(workspace)) == (1, {made: "in_force"})
    whole = given | {"parameter_id": "", "month": "", "rule_id": "MD-04"}
    assert deciding.approve_substitution(workspace, **whole, name=APPROVER, as_of=AS_OF)[1] == 2
    with pytest.raises(DecisionError, match="F-NG-AD 2024-03"):
        deciding.approve_substitution(workspace, **given | {"month": "2024-04"}, name=APPROVER, as_of=AS_OF)


def test_the_tables_hold_every_decision_once(workspace: Workspace) -> None:
    made = propose(workspace)
    deciding.approve(workspace, made, CHECKER, "", AS_OF)
    journal.append(workspace.journal, "published", build_id="x", manifest_sha256="y")
    decided = deciding.read(workspace)
    assert decided["lines"].column("decision_id").to_pylist() == ["D1", "D2"]
    assert json.loads(decided["lines"].column("details")[1].as_py())["decision_id"] == "D1"
    assert decided["answers"].to_pylist()[0]["decision_id"] == "D1"
    assert decided["overrides"].to_pylist()[0]["period_start"] == date(2024, 5, 1)
    assert {name for name, table in decided.items() if table.num_rows} == {"lines", "proposals", "answers", "overrides"}
