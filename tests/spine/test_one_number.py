"""The promise of the plan: edit one number, build once, and verdict, substitute, report and printed plan all change."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines import warehouse
from pipelines.workspace import Workspace
from tests.conftest import tanku
from tests.reports.reading_pages import Page

# The gas meter of the electronics plant turned over in December 2023: 56 844.8 Nm3 in 744 hours, 76.4 an hour. Its plan
# says that it can count 300 an hour; of a meter that can count 70, nobody may believe it.
METER, BEFORE, AFTER, HOURS = "RQ-NJE-2018-0120", "300", "70", 744
MONTH = "date '2023-12-01'"


@pytest.fixture(scope="module")
def edited(built: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the example with one number of its plan changed, built again."""
    root = tmp_path_factory.mktemp("edited") / "copy"
    shutil.copytree(built.root, root, symlinks=True)
    file = root / "plan" / "meters.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    place = lines[0].strip().lstrip("\ufeff").split(",").index("rated_per_hour")
    (number,) = (number for number, line in enumerate(lines) if line.startswith(METER))
    cells = lines[number].split(",")
    assert cells[place] == BEFORE
    cells[place] = AFTER
    lines[number] = ",".join(cells)
    file.write_text("".join(lines), encoding="utf-8")
    tanku("build", "-w", root)
    return Workspace.at(root)


def ask(workspace: Workspace, query: str) -> list[tuple[Any, ...]]:
    with warehouse.reading(workspace.published_warehouse) as connection:
        return connection.execute(query).fetchall()


def page(workspace: Workspace, name: str, language: str) -> Page:
    return Page((workspace.published / "reports" / f"{name}.{language}.html").read_text(encoding="utf-8"))


def cells(folder: Path) -> dict[tuple[str, int, int], str]:
    """Every cell of the plan, by file, line and column."""
    return {
        (file.name, row, column): cell
        for file in sorted(folder.glob("*.csv"))
        for row, line in enumerate(csv.reader(file.open(encoding="utf-8-sig", newline="")))
        for column, cell in enumerate(line)
    }


def test_one_number_is_edited(built: Workspace, edited: Workspace) -> None:
    old, new = cells(built.plan), cells(edited.plan)
    assert old.keys() == new.keys()
    assert [(old[key], new[key]) for key in old if old[key] != new[key]] == [(BEFORE, AFTER)]


def test_the_verdict_changes(built: Workspace, edited: Workspace) -> None:
    query = f"""
        select status from marts.fct_verdicts where control_id = 'DQ10' and facility_id = 'NJ-E' and month = {MONTH}"""
    assert (ask(built, query), ask(edited, query)) == ([("PASS",)], [("FAIL",)])


def test_the_substitute_changes(built: Workspace, edited: Workspace) -> None:
    """What the meter measured counted before; now the rule fills the month, and no more than the meter can count."""
    query = f"""
        select basis, substitute from readings.admitted where parameter_id = 'E-NG-AD' and period_start = {MONTH}"""
    assert ask(built, query) == [("measured", Decimal("56844.8"))]
    ((basis, substitute),) = ask(edited, query)
    assert basis == "substituted"
    assert 0 < substitute <= int(AFTER) * HOURS
    moved = f"select sum(emissions_tco2e) from marts.fct_inventory where stream_id = 'E-NG' and month = {MONTH}"
    assert ask(built, moved) != ask(edited, moved)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_changes(built: Workspace, edited: Workspace, language: str) -> None:
    def told(workspace: Workspace) -> tuple[bool, bool, bool]:
        report = page(workspace, "data_quality", language)
        approvals = [" ".join(cell.text for cell in row) for table in report.of("approvals") for row in table.rows]
        wrong = [" ".join(cell.text for cell in row) for table in report.of("failed") for row in table.rows]
        opened = [" ".join(cell.text for cell in row) for table in report.of("nonconformities") for row in table.rows]
        return (
            any("E-NG-AD" in line and "2023-12" in line and "MD-04" in line for line in approvals),
            any("E-NG-AD" in line and "2023-12" in line for line in wrong),
            any("DQ10" in line and "NJ-E" in line and "2023-12" in line for line in opened),
        )

    assert told(built)[:2] == (False, False)
    assert told(edited)[:2] == (True, True)
    assert told(built) != told(edited)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_printed_plan_changes(built: Workspace, edited: Workspace, language: str) -> None:
    def printed(workspace: Workspace) -> list[str]:
        rows = [row for table in page(workspace, "control_plan", language).tables for row in table.rows]
        return [cell.text.strip() for row in rows if any(cell.text.strip() == METER for cell in row) for cell in row]

    old, new = printed(built), printed(edited)
    assert [(one, two) for one, two in zip(old, new, strict=True) if one != two] == [(BEFORE, AFTER)]
