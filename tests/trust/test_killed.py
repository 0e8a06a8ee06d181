"""kill -9 at seeded points of taking in and of publishing: nothing acknowledged is lost, readers see a whole build.

A killed process is not a power cut: what the kernel had been given, it keeps. No test here shows a power cut.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines import archive, publishing
from pipelines.archive import content_store, journal
from pipelines.publishing.builds import published_id
from pipelines.workspace import PROJECT_ROOT, Workspace
from tests import campaigns
from tests.trust import killing
from tests.trust.building import build, drop, versions_in, write_warehouse

SEED = 20261122
TAKING_IN_LINES, PUBLISHING_LINES = 20, 8
ARRIVING = {"1.csv": "one", "2.csv": "two", "sub/3.csv": "held", "4.csv": "retracted", "5.csv": "one", "6.csv": "six"}


def killed_at_many_points(work: str, template: Workspace, places: Path, wanted: int) -> list[Workspace]:
    places.mkdir()
    command = [sys.executable, "-m", "tests.trust.killing", work, template.root, places, str(wanted), str(SEED)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=PROJECT_ROOT, env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)}
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"{work}: {len(told['struck'])} kills among {told['counts']} points, seed {SEED}")
    assert len(told["struck"]) >= 30, "too few points to mean anything"
    return [Workspace(Path(place)) for _, _, place in told["struck"]]


@pytest.fixture
def arriving(workspace: Workspace) -> Workspace:
    """A workspace that holds two files, one of them retracted, and finds six in its inbox."""
    drop(workspace, {"a.csv": "held", "b.csv": "retracted"})
    archive.take_in(workspace)
    archive.retract(workspace, "b.csv", "wrong")
    drop(workspace, ARRIVING)
    return workspace


@pytest.fixture
def building(workspace: Workspace) -> Workspace:
    """A workspace with version 1 published and version 2 ready to be."""
    build(workspace, 1)
    write_warehouse(workspace.root / "made_before.duckdb", 2)
    return workspace


def contents(workspace: Workspace) -> list[str]:
    return [one.path.read_text() for one in archive.deliveries(workspace)]


def check_taken(workspace: Workspace) -> None:
    """Right after the kill: the journal is whole, and every file is in the inbox, or acknowledged and safe."""
    acknowledged = [line["file_sha256"] for line in journal.read(workspace.journal) if line["event"] == "received"]
    assert all(content_store.is_sound(workspace.archive, one) for one in acknowledged)
    assert len(acknowledged) == len(set(acknowledged))
    lying = {path.read_text() for path in archive.waiting(workspace)}
    safe = {one.path.read_text() for one in archive.history(workspace)}
    assert lying | safe == {"held", "retracted", *ARRIVING.values()}
    assert set(contents(workspace)) >= {"held"}


def check_taken_again(workspace: Workspace, unbroken: Workspace) -> None:
    """After the next take-in: the same files count, in the same order, as if nothing had happened."""
    archive.take_in(workspace)
    assert contents(workspace) == contents(unbroken) == ["held", "retracted", "one", "two", "six"]
    assert archive.waiting(workspace) == []
    assert archive.damaged(workspace) == []
    assert not (workspace.archive / ".incoming").exists()
    assert journal.verify(workspace.journal).torn_bytes == 0


def run_taking_in(arriving: Workspace, places: Path, wanted: int) -> int:
    places_killed = killed_at_many_points("take_in", arriving, places, wanted)
    for workspace in places_killed:
        check_taken(workspace)
        check_taken_again(workspace, Workspace(places / "unbroken"))
    return len(places_killed)


def check_published(workspace: Workspace) -> int:
    """Right after the kill: readers see version 1 or version 2, whole, and every byte of every build as sealed."""
    (seen,) = versions_in(workspace.published_warehouse)
    assert seen in {(1, 10), (2, 10)}
    kept = [one.build_id for one in publishing.builds(workspace)]
    assert published_id(workspace) in kept
    assert [finding for build_id in kept for finding in publishing.verify_build(workspace, build_id)] == []
    return seen[0]


def check_published_again(workspace: Workspace) -> None:
    """After the next build: it is published, and the journal names every build the pointer ever pointed at, in order."""
    before = published_id(workspace)
    killing.publish(workspace)
    after = published_id(workspace)
    told = [line["build_id"] for line in journal.read(workspace.journal) if line["event"] == "published"]
    assert after != before
    assert told[-2:] == [before, after]
    assert len(told) == len(set(told))
    assert [path for path in workspace.root.iterdir() if ".part" in path.name] == []


def run_publishing(building: Workspace, places: Path, wanted: int) -> int:
    seen = set()
    places_killed = killed_at_many_points("publish", building, places, wanted)
    for workspace in places_killed:
        seen.add(check_published(workspace))
        check_published_again(workspace)
    assert seen == {1, 2}, "no kill came late enough, or none early enough, to be worth it"
    return len(places_killed)


def test_a_killed_take_in_loses_nothing(arriving: Workspace, tmp_path: Path) -> None:
    run_taking_in(arriving, tmp_path / "places", TAKING_IN_LINES)


def test_a_killed_publish_leaves_a_whole_build(building: Workspace, tmp_path: Path) -> None:
    run_publishing(building, tmp_path / "places", PUBLISHING_LINES)


@pytest.mark.campaign
def test_a_take_in_killed_at_every_single_point(arriving: Workspace, tmp_path: Path) -> None:
    started = time.monotonic()
    kills = run_taking_in(arriving, tmp_path / "places", wanted=0)
    outcome = "no file lost, none twice, the journal whole"
    campaigns.record("killed take-ins", f"{kills} kills -9, at every single line", outcome, time.monotonic() - started)


@pytest.mark.campaign
def test_a_publish_killed_at_every_single_point(building: Workspace, tmp_path: Path) -> None:
    started = time.monotonic()
    kills = run_publishing(building, tmp_path / "places", wanted=0)
    outcome = "always a whole build published, old or new"
    campaigns.record(
        "killed publishing", f"{kills} kills -9, at every single line", outcome, time.monotonic() - started
    )
