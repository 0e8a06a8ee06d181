"""kill -9 at seeded points of a build: readers see the whole old or the whole new build, and the digits stay the same."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines import locking, publishing
from pipelines.publishing.builds import published_id
from pipelines.workspace import Workspace
from tests import campaigns
from tests.conftest import TANKU, tanku

SEED = 20261122
WEATHER = "站点,日期,平均气温,最低气温,最高气温\n58238,2025-12-31,3.1,0.2,7.4\n"


def published(workspace: Workspace) -> str:
    return str(workspace.published.readlink())


def digests(workspace: Workspace) -> dict[str, str]:
    return json.loads((workspace.published / "manifest.json").read_text())["marts_digests"]


def processes_of(workspace: Workspace) -> list[int]:
    """Every live process that names the workspace in its command line."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if str(workspace.root).encode() in command:
            found.append(int(folder.name))
    return found


def kill_a_build(workspace: Workspace, seconds: float) -> bool:
    """Start a build and kill it after `seconds`; True when it was still running."""
    build = subprocess.Popen([*TANKU, "build", "-w", str(workspace.root)], stdout=-3, stderr=-3, start_new_session=True)
    try:
        build.wait(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        build.send_signal(signal.SIGKILL)
        build.wait()
        return True


@dataclass(frozen=True)
class Unbroken:
    """The same new input built without any kill: its digests, and how long it took."""

    digests: dict[str, str]
    seconds: float


@pytest.fixture
def unbroken(copied: Workspace) -> Unbroken:
    root = copied.root.with_name("unbroken")
    shutil.copytree(copied.root, root, symlinks=True)
    deliver(root)
    started = time.monotonic()
    tanku("build", "-w", root)
    return Unbroken(digests(Workspace.at(root)), time.monotonic() - started)


def deliver(root: Path) -> None:
    (root / "inbox" / "zz_weather.csv").write_text(WEATHER, encoding="utf-8")


def restart(workspace: Workspace, clean: Path) -> None:
    """The workspace as it was before the new input, and the new input in its inbox again."""
    shutil.rmtree(workspace.root)
    shutil.copytree(clean, workspace.root, symlinks=True)
    deliver(workspace.root)


def strike(workspace: Workspace, seconds: float) -> bool:
    """Kill one build and look at what is left; True when it was still running, False when it had published."""
    before = published(workspace)
    struck = kill_a_build(workspace, seconds)
    assert not processes_of(workspace), "a process of the killed build lives on"
    assert locking.holder(workspace.lock) is None, "the lock of a dead build is still held"
    assert not publishing.verify_build(workspace, published_id(workspace)), "what is published is not whole"
    return struck or published(workspace) == before


def heal(workspace: Workspace, unbroken: Unbroken) -> None:
    """The next build gives the digits of one never killed, and no run is shown as running.

    One killed before it had begun is shown as not started, and as failed when it has been that for three minutes.
    """
    tanku("build", "-w", workspace.root)
    assert digests(workspace) == unbroken.digests
    shown = json.loads(tanku("status", "-w", workspace.root, "--json").stdout)
    assert shown["building_now"] is None
    assert not [run for run in shown["last_runs"] if run.split()[-1] in {"STARTED", "STARTING"}]


def kill_and_heal(workspace: Workspace, unbroken: Unbroken, kills: int, in_a_row: int) -> int:
    """`kills` kills at random points of a build, healed after every `in_a_row`; how many struck a running build."""
    chance = random.Random(SEED)
    clean = workspace.root.with_name("clean")
    shutil.copytree(workspace.root, clean, symlinks=True)
    restart(workspace, clean)
    struck = 0
    for kill in range(1, kills + 1):
        is_running = strike(workspace, chance.uniform(0.5, unbroken.seconds))
        struck += is_running
        if kill % in_a_row == 0:
            heal(workspace, unbroken)
        if kill % in_a_row == 0 or not is_running:
            restart(workspace, clean)
    return struck


def test_a_killed_build_leaves_no_trace(copied: Workspace, unbroken: Unbroken) -> None:
    assert kill_and_heal(copied, unbroken, kills=3, in_a_row=3) >= 1


@pytest.mark.campaign
def test_fifty_killed_builds_leave_no_trace(copied: Workspace, unbroken: Unbroken) -> None:
    started = time.monotonic()
    struck = kill_and_heal(copied, unbroken, kills=50, in_a_row=5)
    done = f"50 kills -9 of whole builds at random points (seed {SEED}), the next build let run after every 5"
    outcome = f"{struck} struck a running build; published whole each time, no process left, digests equal 10 of 10"
    campaigns.record("killed builds", done, outcome, time.monotonic() - started)
