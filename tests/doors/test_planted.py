"""Every control of the plan finds the fault planted for it, that row and no other; its clean twin passes. Inside dbt."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.doors import suites
from pipelines.workspace import EXPECTATIONS_DIR, PROJECT_ROOT, SEEDS_DIR
from tests.doors import planted, project
from tests.doors.planting import JANUARY, Ground
from tests.doors.project import Project

CONTROLS = PROJECT_ROOT / "pipelines" / "example" / "plan" / "controls.csv"


def _house_controls() -> list[dict[str, Any]]:
    with CONTROLS.open(encoding="utf-8", newline="") as lines:
        return [{name: value or None for name, value in row.items()} for row in csv.DictReader(lines)]


def _in_suites() -> dict[str, set[str]]:
    """Control → the suites that hold an expectation of it."""
    found: dict[str, set[str]] = {}
    for file in EXPECTATIONS_DIR.glob("*.yml"):
        for expectation in suites.load(file.stem).expectations:
            found.setdefault(expectation.control_id, set()).add(file.stem)
    return found


@pytest.fixture(scope="module")
def ground() -> Ground:
    here = planted.everything()
    known = {"control_id", "name_zh", "name_en", "door", "severity", "enforced_by", "treatment_zh", "treatment_en"}
    known |= {"owner_role", "message_zh", "message_en"}
    for row in _house_controls():
        tolerance = {"tolerance": planted.TOLERANCES.get(row["control_id"])}
        here.add("plan.controls", {name: row[name] for name in known} | tolerance)
    here.add(
        "plan.roles",
        *({"role_id": f"R0{n}", "name_zh": "角色", "name_en": "Role", "person": "某人"} for n in range(1, 8)),
    )
    return here


@pytest.fixture(scope="module")
def built(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = project.make(tmp_path_factory.mktemp("planted"), ground.rows)
    statuses = made.run("build")
    broken = {name: status for name, status in statuses.items() if not status.startswith(("success", "pass"))}
    assert not broken, broken
    return made


def test_each_fault_is_found_at_its_row_and_nothing_else_is(built: Project, ground: Ground) -> None:
    entry = built.ask("select control_id, row_key from doors.entry_failures")
    exits = built.ask("select control_id, row_key from doors.exit_failures")

    assert set(entry + exits) == ground.expected
    assert len(entry + exits) == len(ground.expected)


def test_there_is_a_fault_for_every_control_that_a_suite_enforces(ground: Ground) -> None:
    enforced = {row["control_id"] for row in _house_controls() if row["enforced_by"] == "suite"}
    assert {control for control, _ in ground.expected} == enforced


def test_the_facility_of_a_fault_fails_and_that_of_its_twin_passes(built: Project, ground: Ground) -> None:
    """A twin's facility-months hold no FAIL of any control, and a FAIL stands where the fault is."""
    failing = built.ask("select distinct control_id, facility_id from doors.control_months where status = 'FAIL'")
    assert not [place for place in failing if str(place[1]).endswith("-TWIN")]
    assert {control for control, _ in failing} == {control for control, _ in ground.expected}
    assert not built.ask("select control_id, message from doors.control_months where status = 'ERROR'")
    passing = {
        control
        for (control,) in built.ask("select distinct control_id from doors.control_months where status = 'PASS'")
    }
    only_offenders = {"DQ25", "DQ32"}  # they stand for the enterprise as a whole, which failed
    assert {row["control_id"] for row in _house_controls() if row["enforced_by"] == "suite"} - passing == only_offenders


def test_a_message_says_what_is_wrong_with_which_row_who_acts_and_what_next(built: Project) -> None:
    told = "row_key, found_zh, found_en, expected_zh, expected_en, message_zh, message_en"
    rows = built.ask(f"select {told} from doors.entry_failures union all select {told} from doors.exit_failures")
    treatments = {(row["treatment_zh"], row["treatment_en"]) for row in _house_controls()}
    for key, found_zh, found_en, expected_zh, expected_en, zh, en in rows:
        assert key in zh and key in en
        assert found_zh in zh and found_en in en and expected_zh in zh and expected_en in en
        assert not _han(found_en.replace(key, "")) or found_en.split(" ")[-1] in found_zh, (
            found_en
        )  # only what was received
        assert not _han(expected_en), expected_en
        assert "角色 某人" in zh and "Role 某人" in en and "{" not in zh + en
        assert any(zh.endswith(one) and en.endswith(two) for one, two in treatments)


def _han(text: str) -> bool:
    """Does it hold a Chinese character?"""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_what_is_judged_is_what_the_plan_names_and_the_other_way_round() -> None:
    enforced = {row["control_id"]: row for row in _house_controls() if row["enforced_by"] == "suite"}
    held = _in_suites()
    assert set(held) == set(enforced)
    doors = {"entry": set(), "exit": set()}
    for door in doors:
        model = (Path(project.DBT_PROJECT_DIR) / "models" / "doors" / f"{door}_door.py").read_text(encoding="utf-8")
        doors[door] = {control for control, tables in held.items() if any(f'"{table}"' in model for table in tables)}
    for control, row in enforced.items():
        at = {door for door, judged in doors.items() if control in judged}
        assert at == ({"entry", "exit"} if row["door"] == "both" else {row["door"]}), control


def test_every_other_control_is_a_persons_and_has_an_owner() -> None:
    others = [row for row in _house_controls() if row["enforced_by"] != "suite"]
    assert {row["enforced_by"] for row in others} == {"manual"}
    assert all(row["owner_role"] for row in _house_controls())
    assert {f"DQ{number:02d}" for number in range(1, 31)} <= {row["control_id"] for row in _house_controls()}


def test_every_error_of_the_account_belongs_to_one_control() -> None:
    listed = [
        code
        for expectation in suites.load("checks.emission_errors").expectations
        for code in expectation.arguments["value_set"]
    ]
    codes = set()
    for file in SEEDS_DIR.glob("*/accounting_errors.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            codes |= {row["code"] for row in csv.DictReader(lines)}
    assert len(listed) == len(set(listed)) and set(listed) == codes


def test_dates(built: Project) -> None:
    """What was planted stands in the months it was planted in."""
    months = dict(built.ask("select control_id, max(month) from doors.entry_failures group by control_id"))
    assert months["DQ11"] == date(2024, 10, 1)
    assert months["DQ35"] == date(2025, 2, 1)
    assert months["DQ05"] == JANUARY and months["DQ25"] is None
