"""Closing, correcting, comparing through whole builds of the example enterprise, as a person does it on the command line."""

from __future__ import annotations

import json
import random
import shutil
import time
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipelines import closing, comparing, deciding, publishing, warehouse
from pipelines.archive import journal
from pipelines.workspace import SEEDS_DIR, Workspace
from tests import campaigns
from tests.comparing import later_events
from tests.conftest import tanku
from tests.deciding.ground import APPROVER, CHECKER, RECORDER

CLOSED = "2024-05.NJ-F"
STEPS = (("calculated", RECORDER), ("reviewed", CHECKER), ("submitted", APPROVER))


class Later(NamedTuple):
    """A workspace in which a month was closed, then much changed and one build was made of it."""

    workspace: Workspace
    first: str
    kept: dict[str, bytes]
    reported: list[tuple[Any, ...]]
    told: list[str]


def rows(workspace: Workspace, query: str) -> list[tuple[Any, ...]]:
    with warehouse.reading(warehouse.published(workspace)) as connection:
        return connection.execute(query).fetchall()


def figures(workspace: Workspace) -> list[tuple[Any, ...]]:
    return rows(
        workspace,
        """select regime, year, facility_id, cast(sum(emissions_tco2e) as decimal(38, 6)) from marts.fct_inventory
           where month = date '2024-05-01' and facility_id = 'NJ-F' group by all order by all""",
    )


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def close(workspace: Workspace) -> None:
    for state, name in STEPS:
        deciding.advance(workspace, "2024-05", state, "NJ-F", name, "示例数据有缺口", later_events.AS_OF)
    tanku("close", "2024-05", "-f", "NJ-F", "--as", APPROVER, "-w", workspace.root)


def other_rules(folder: Path) -> Path:
    """The rules with another diesel heat value and another GWP set under one regime."""
    shutil.copytree(SEEDS_DIR, folder)
    sets = folder / "ghg_protocol" / "factor_sets.csv"
    text = sets.read_text(encoding="utf-8")
    assert "ghgp_location,gwp,,,1,ipcc_ar5" in text
    sets.write_text(text.replace("ghgp_location,gwp,,,1,ipcc_ar5", "ghgp_location,gwp,,,1,ipcc_ar6"), encoding="utf-8")
    changed = 0
    for file in folder.glob("*/factors.csv"):
        text = file.read_text(encoding="utf-8")
        changed += text.count(",42.652,")
        file.write_text(text.replace(",42.652,", ",42.700,"), encoding="utf-8")
    assert changed
    return folder


@pytest.fixture(scope="module")
def later(built: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Later:
    root = tmp_path_factory.mktemp("closed") / "copy"
    shutil.copytree(built.root, root, symlinks=True)
    workspace = Workspace.at(root)
    first, reported = publishing.published_id(workspace), figures(workspace)
    close(workspace)
    kept = files(workspace.closed)
    chance = random.Random(20261123)
    told = [later_events.correct(workspace, chance) for _ in range(4)]
    rules = other_rules(tmp_path_factory.mktemp("rules") / "seeds")
    tanku("build", "-w", root, TANKU_SEEDS=str(rules))
    assert first
    return Later(workspace, first, kept, reported, told)


def diff(later: Later, *arguments: str) -> dict[str, Any]:
    return json.loads(tanku("diff", *arguments, "--json", "-w", later.workspace.root).stdout)


def test_what_was_closed_reads_bit_identically_after_later_corrections(later: Later) -> None:
    assert files(later.workspace.closed) == later.kept, later.told
    found = rows(
        later.workspace,
        "select regime, year, facility_id, reported_tco2e from marts.fct_closed_periods order by all",
    )
    assert found == later.reported, later.told


def test_the_restated_figure_stands_beside_it_and_the_bridge_explains_it_all(later: Later) -> None:
    restated = rows(
        later.workspace,
        "select regime, year, facility_id, restated_tco2e from marts.fct_closed_periods order by all",
    )
    assert restated == figures(later.workspace)
    query = """
        select periods.regime, any_value(difference_tco2e) = coalesce(sum(bridge.part_tco2e), 0)
        from marts.fct_closed_periods as periods
        left join (select regime, difference_tco2e as part_tco2e from marts.fct_restatements) as bridge using (regime)
        group by periods.regime
    """
    assert all(is_whole for _, is_whole in rows(later.workspace, query))
    parts = dict(
        rows(
            later.workspace,
            "select change_part, difference_tco2e from marts.fct_restatements where regime = 'ghgp_location'",
        )
    )
    told = diff(later, f"closed:{CLOSED}", "published", "--regime", "ghgp_location")
    assert told["residual_tco2e"] in ("0.000000", "0")
    shown = {row["change_part"]: Decimal(row["difference_tco2e"]) for row in told["parts"]}
    assert {part: tonnes for part, tonnes in shown.items() if tonnes} == parts
    assert "gwp_set" in parts
    edition = "select count(*) from marts.fct_restatements where regime = 'gbt32150' and change_part = 'factor_edition'"
    assert rows(later.workspace, edition) == [(1,)]


def test_two_builds_either_way_round(later: Later) -> None:
    there = diff(later, later.first, "published", "-r", "ghgp_location")
    back = diff(later, "published", later.first[:18], "-r", "ghgp_location")
    assert Decimal(there["residual_tco2e"]) == Decimal(back["residual_tco2e"]) == 0 == there["lines_inexact"]
    assert Decimal(there["from_tco2e"]) + sum(Decimal(row["difference_tco2e"]) for row in there["parts"]) == Decimal(
        there["to_tco2e"]
    )
    assert [-Decimal(row["difference_tco2e"]) for row in back["parts"]] == [
        Decimal(row["difference_tco2e"]) for row in there["parts"]
    ]
    totals = rows(
        later.workspace, "select sum(emissions_tco2e) from marts.fct_inventory where regime = 'ghgp_location'"
    )
    assert totals == [(Decimal(there["to_tco2e"]),)]


def test_a_part_is_walked_back_to_factors_and_editions(later: Later) -> None:
    told = diff(later, later.first, "published", "-r", "ghgp_location", "--part", "gwp_set", "-n", "1")
    term = next(term for term in told["lines"][0]["terms"] if term["term"] == "gwp")
    assert "ipcc_ar5" in term["from_factor_id"] and "ipcc_ar6" in term["to_factor_id"]


def test_a_build_against_itself_has_no_change(later: Later) -> None:
    told = diff(later, "published", "published")
    assert told["lines_changed"] == 0 and all(Decimal(row["difference_tco2e"]) == 0 for row in told["parts"])


def test_the_page_says_it_in_either_language(later: Later, tmp_path: Path) -> None:
    for language, words in (("zh", "数字为何变了"), ("en", "Why the number changed")):
        page = tmp_path / f"{language}.html"
        tanku("diff", later.first, "published", "--html", page, "--language", language, "-w", later.workspace.root)
        text = page.read_text(encoding="utf-8")
        assert words in text and "<svg" in text and "http" not in text.replace("http-equiv", "")


def test_unknown_builds_are_named_with_what_there_is(later: Later) -> None:
    root = later.workspace.root
    assert later.first in tanku("diff", "20", "published", "-w", root, expect=2).stderr
    assert "没有构建" in tanku("diff", "nothing", "published", "-w", root, expect=2).stderr
    assert "2001-01-01" in tanku("diff", "2001-01-01", "published", "-w", root, expect=2).stderr
    assert f"closed:{CLOSED}" in tanku("diff", "closed:1999", "published", "-w", root, expect=2).stderr
    assert "gbt32150" in tanku("diff", "published", "published", "-r", "none", "-w", root, expect=2).stderr
    today = journal.read(later.workspace.journal)[-1]["at"][:10]
    assert comparing.side_of(later.workspace, f"{int(today[:4]) + 1}-01-01").build_id == publishing.published_id(
        later.workspace
    )


def test_only_who_may_closes_only_what_is_submitted_and_only_once(later: Later) -> None:
    root = later.workspace.root
    closed = closing.closings(later.workspace)
    assert [one.name for one in closed] == [CLOSED] and closed[0].build_id == later.first
    assert "approver" in tanku("close", "2024-05", "--as", RECORDER, "-w", root, expect=2).stderr
    assert "2024-13" in tanku("close", "2024-13", "--as", APPROVER, "-w", root, expect=2).stderr
    assert CLOSED in tanku("status", "-w", root).stdout
    assert later.first not in publishing.prune(later.workspace, 0, dry_run=True)


def test_a_damaged_file_is_named(later: Later, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(later.workspace.root, root, symlinks=True, ignore=shutil.ignore_patterns("builds", ".dbt", "lake"))
    mart = root / "closed" / CLOSED / "marts" / "fct_inventory.parquet"
    mart.chmod(0o644)
    mart.write_bytes(mart.read_bytes()[:-1] + b"x")
    refused = tanku("closed", "-w", root, expect=2).stderr
    assert "fct_inventory.parquet" in refused and "备份" in refused
    manifest = mart.parent.parent / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_bytes(manifest.read_bytes() + b" ")
    assert "manifest.json" in tanku("closed", "-w", root, expect=2).stderr


def test_reopened_it_is_kept_beside_and_reported_no_more(built: Workspace, copied: Workspace) -> None:
    close(copied)
    assert "已在" in tanku("close", "2024-05", "-f", "NJ-F", "--as", APPROVER, "-w", copied.root, expect=2).stderr
    tanku("reopen", CLOSED, "--reason", "核查要求重报", "--as", APPROVER, "-w", copied.root)
    assert not closing.closings(copied)
    assert [path.name.partition(".reopened")[0] for path in copied.closed.iterdir()] == [CLOSED]
    lines = journal.read(copied.journal)
    assert [line["event"] for line in lines[-2:]] == ["closed", "reopened"] and lines[-1]["person"] == APPROVER


@pytest.mark.campaign
def test_closed_inputs_run_again_give_the_same_digits(copied: Workspace, tmp_path: Path) -> None:
    started = time.monotonic()
    close(copied)
    chance = random.Random(3)
    for _ in range(5):
        later_events.correct(copied, chance)
    assert "same to the digit" in tanku("closed", CLOSED, "--rerun", tmp_path / "again", "-w", copied.root).stdout
    done = "a closed month built again from its kept inputs after 5 later corrections"
    campaigns.record("closed month, run again", done, "the same to the digit", time.monotonic() - started)


@pytest.mark.campaign
def test_a_hundred_later_corrections_leave_what_was_closed_alone(copied: Workspace) -> None:
    started = time.monotonic()
    close(copied)
    kept, reported = files(copied.closed), figures(copied)
    chance = random.Random(7)
    for number in range(1, 101):
        told = later_events.correct(copied, chance)
        assert files(copied.closed) == kept, told
        if number % 25 == 0:
            tanku("build", "-w", copied.root)
            found = rows(
                copied, "select regime, year, facility_id, reported_tco2e from marts.fct_closed_periods order by all"
            )
            assert found == reported, told
            bridge = rows(
                copied,
                """select sum(difference_tco2e) from marts.fct_closed_periods union all
                   select coalesce(sum(difference_tco2e), 0) from marts.fct_restatements""",
            )
            assert bridge[0] == bridge[1], told
    done, outcome = "100 random later corrections, a build after every 25", "reads bit-identically, bridge residual 0"
    campaigns.record("closed month, corrected", done, outcome, time.monotonic() - started)
