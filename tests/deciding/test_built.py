"""Decisions through whole builds of the example enterprise: what they change, what they leave alone, and the same digits."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines import deciding, publishing, warehouse
from pipelines.archive import journal
from pipelines.workspace import Workspace
from tests.conftest import tanku
from tests.deciding.ground import APPROVER, AS_OF, CHECKER, OTHER_CHECKER, OTHER_RECORDER, RECORDER

FILE, ROW = "2024-Q4_采购入库明细_2024.csv", 13
EXPIRES = ("--expires", "2099-12-31")
# the workshop bought on 2024-07-01 enters the group's baseline
REVIEW = "GROUP-TYPICAL/event/EV-2024-01"
COAL = "parameter_id = 'F-COAL-AD' and period_start = date '2024-05-01'"


def ask(workspace: Workspace, query: str) -> list[tuple[Any, ...]]:
    with warehouse.reading(warehouse.published(workspace)) as connection:
        return connection.execute(query).fetchall()


def first_word(workspace: Workspace, *arguments: str) -> str:
    return tanku(*arguments, "-w", workspace.root).stdout.split()[0]


@pytest.fixture(scope="module")
def before(built: Workspace) -> Workspace:
    return built


@pytest.fixture(scope="module")
def decided(before: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy in which people decided by the command line, built again."""
    root = tmp_path_factory.mktemp("decided") / "copy"
    shutil.copytree(before.root, root, symlinks=True)
    workspace = Workspace.at(root)
    coal = first_word(
        workspace, "override", "F-COAL-AD", "2024-05", "399.75", "t", "--reason", "磅单漏记", *EXPIRES, "--as", RECORDER
    )
    first_word(
        workspace, "override", "F-COAL-AD", "2024-06", "1", "t", "--reason", "未批准", *EXPIRES, "--as", RECORDER
    )
    row = first_word(
        workspace, "quarantine", "release", FILE, str(ROW), "--set", "数量=31.250", "--reason", "对照入库单", *EXPIRES,
        "--as", OTHER_RECORDER,
    )  # fmt: skip
    tanku("approve", coal, "--as", CHECKER, "-w", root)
    tanku("approve", row, "--as", APPROVER, "-w", root)
    gap = ask(before, "select parameter_id, strftime(period_start, '%Y-%m') from marts.fct_substitutions order by all")[
        0
    ]
    tanku("approve", "--substitution", *gap, "--reason", "已核", *EXPIRES, "--as", OTHER_CHECKER, "-w", root)
    given = ("--decision", "adjust", "--from", "2024-07-01", "--reason", "收购车间", "--as", CHECKER)
    tanku("baseline", "review", "decide", REVIEW, *given, "-w", root)
    (review,) = (
        row["decision_id"]
        for row in deciding.listed(deciding.read(workspace), AS_OF, "standings")
        if row["kind"] == "baseline_review"
    )
    tanku("approve", review, "--as", APPROVER, "-w", root)
    for state, name in (("calculated", CHECKER), ("reviewed", OTHER_CHECKER), ("submitted", APPROVER)):
        tanku("period", "advance", "2024-05", state, "-f", "NJ-F", "--as", name, "-w", root)
    tanku("build", "-w", root)
    return workspace


def test_decisions_are_inputs_of_a_build(before: Workspace, decided: Workspace) -> None:
    old, new = publishing.published_build(before), publishing.published_build(decided)
    assert old and new and old.fingerprint != new.fingerprint
    again = tanku("build", "-w", decided.root)
    assert "inputs unchanged" in again.stdout
    assert journal.verify(decided.journal).lines == len(journal.read(decided.journal))


def test_the_approved_override_stands_in_the_account_beside_what_was_measured(
    before: Workspace, decided: Workspace
) -> None:
    query = f"select quantity, measured_quantity, basis from readings.admitted as a where {COAL}"
    was = ask(before, query)[0]
    assert was[0] == was[1] and was[2] == "measured"
    assert ask(decided, query) == [(Decimal("399.75"), was[1], "override")]
    shown = ask(decided, f"select measured_quantity, quantity, approved_by from marts.fct_overrides where {COAL}")
    assert shown == [(was[1], Decimal("399.75"), CHECKER)]


def test_explain_names_who_proposed_and_who_approved(before: Workspace, decided: Workspace) -> None:
    line = ("--facility", "NJ-F", "--stream", "F-COAL", "--gas", "CO2", "--regime", "gbt32150", "--month")
    was = str(ask(before, f"select quantity from readings.admitted as a where {COAL}")[0][0]).rstrip("0")
    told = tanku("explain", *line, "2024-05", "-w", decided.root).stdout
    (override,) = (text for text in told.splitlines() if "override" in text and was in text)
    assert f"{was} t → 399.75 t" in override
    proposed = next(text for text in told.splitlines() if "proposed by" in text)
    assert proposed.index(RECORDER) < proposed.index("approved by") < proposed.index(CHECKER)
    assert "2099-12-31" in proposed and "磅单漏记" in told
    assert "399.75 t" not in tanku("explain", *line, "2024-06", "-w", decided.root).stdout


def test_only_what_rests_on_the_override_moves(before: Workspace, decided: Workspace) -> None:
    query = "select emission_id, emissions_tco2e, stream_id, month from marts.fct_inventory"
    old, new = ({row[0]: row for row in ask(one, query)} for one in (before, decided))
    moved = {(row[2], str(row[3])) for key, row in new.items() if old[key][1] != row[1]}
    assert old.keys() == new.keys()
    assert {stream for stream, _ in moved} == {"F-COAL"} and ("F-COAL", "2024-05-01") in moved


def test_the_pending_one_is_listed_and_changes_nothing(before: Workspace, decided: Workspace) -> None:
    query = "select quantity, basis from readings.admitted where planned_id = 'F-COAL-AD@2024-06-01'"
    assert ask(before, query) == ask(decided, query)
    listed = ask(decided, "select state, is_effective from marts.fct_overrides where period_start = date '2024-06-01'")
    assert listed == [("pending", False)]


def test_the_released_row_is_counted_as_loaded_by_decision(before: Workspace, decided: Workspace) -> None:
    query = f"""
        select rows_read, rows_loaded, rows_quarantined, rows_skipped from marts.fct_deliveries where file_name = '{FILE}'
    """
    (read, loaded, aside, left), new = ask(before, query)[0], ask(decided, query)[0]
    assert new == (read, loaded + 1, aside - 1, left) and sum(new[1:]) == read
    assert not ask(decided, f"select 1 from marts.fct_quarantine where file_name = '{FILE}' and row_number = {ROW}")
    told = ask(decided, "select is_loaded, given_values, row_text, made_by, approved_by from marts.fct_releases")
    assert told == [(True, "数量=31.250", told[0][2], OTHER_RECORDER, APPROVER)]
    assert "3I.250" in told[0][2]


def test_an_approved_substitution_says_by_whom_the_others_that_nobody_did(decided: Workspace) -> None:
    rows = ask(
        decided, "select state, approved_by, count(*) from marts.fct_substitution_approvals group by all order by all"
    )
    substituted = ask(decided, "select count(*) from marts.fct_substitutions")[0][0]
    assert {row[:2] for row in rows} == {("approved", OTHER_CHECKER), ("not_approved", "")}
    assert sum(row[2] for row in rows) == substituted


def test_an_approved_adjustment_moves_the_baseline_by_what_was_drafted(before: Workspace, decided: Workspace) -> None:
    drafted = ask(before, f"select proposed_value from marts.fct_baseline_reviews where review_id = '{REVIEW}'")
    query = (
        "select value, is_in_force from marts.fct_baseline_versions where baseline_id = 'GROUP-TYPICAL' order by all"
    )
    ((old, held),) = ask(before, query)
    assert held and ask(decided, query) == [(old, False), (drafted[0][0], True)]
    assert ask(decided, f"select status, decision from marts.fct_baseline_reviews where review_id = '{REVIEW}'") == [
        ("decided", "adjust")
    ]


def test_the_month_submitted_keeps_its_figures_and_the_override_shows_as_a_change(
    before: Workspace, decided: Workspace
) -> None:
    query = """
        select regime, state, reported_tco2e, emissions_tco2e, changed_since_tco2e from marts.fct_period_states
        where facility_id = 'NJ-F' and month = date '2024-05-01' order by regime
    """
    was = {row[0]: row[3] for row in ask(before, query)}
    for regime, state, reported, now, changed in ask(decided, query):
        assert (state, reported, now - was[regime]) == ("submitted", was[regime], changed)
        assert changed != 0


def test_the_same_decisions_give_the_same_digits(decided: Workspace, tmp_path: Path) -> None:
    shutil.copytree(decided.root, tmp_path / "again", symlinks=True)
    again = Workspace.at(tmp_path / "again")
    again.published.unlink()
    shutil.rmtree(again.lake)
    tanku("build", "-w", again.root)
    first, second = publishing.published_build(decided), publishing.published_build(again)
    assert first and second and first.build_id != second.build_id
    assert first.marts_digests == second.marts_digests and len(first.marts_digests) > 30
