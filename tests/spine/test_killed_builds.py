"""kill -9 at seeded points of a build: readers see the whole old or the whole new build, and the digits stay the same."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from pipelines import locking
from pipelines.workspace import Workspace
from tests.conftest import TANKU, tanku

SEED = 20261122
BUILD_SECONDS = 40.0
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


def hurt_and_heal(workspace: Workspace, kills: int) -> int:
    """Kill `kills` builds of the same new input at random points, then let one finish; how many kills struck."""
    chance = random.Random(SEED)
    clean = workspace.root.with_name("clean")
    shutil.copytree(workspace.root, clean, symlinks=True)
    (workspace.inbox / "zz_weather.csv").write_text(WEATHER, encoding="utf-8")
    struck = 0
    for _ in range(kills):
        before = published(workspace)
        struck += kill_a_build(workspace, chance.uniform(0.5, BUILD_SECONDS))
        assert not processes_of(workspace), "a process of the killed build lives on"
        assert locking.holder(workspace.lock) is None, "the lock of a dead build is still held"
        after = published(workspace)
        assert (workspace.published / "warehouse.duckdb").is_file()
        if after != before:
            restart(workspace, clean)  # it had published before it was struck: give the next kill something to build
    return struck


def restart(workspace: Workspace, clean: Path) -> None:
    """The workspace as it was before the new input, and the new input in its inbox again."""
    shutil.rmtree(workspace.root)
    shutil.copytree(clean, workspace.root, symlinks=True)
    (workspace.inbox / "zz_weather.csv").write_text(WEATHER, encoding="utf-8")


@pytest.fixture
def unbroken(copied: Workspace) -> dict[str, str]:
    """The digests of the same new input built without any kill."""
    root = copied.root.with_name("unbroken")
    subprocess.run(["cp", "-a", str(copied.root), str(root)], check=True)
    (root / "inbox" / "zz_weather.csv").write_text(WEATHER, encoding="utf-8")
    tanku("build", "-w", root)
    return digests(Workspace.at(root))


def check(copied: Workspace, unbroken: dict[str, str], kills: int) -> None:
    started = time.monotonic()
    struck = hurt_and_heal(copied, kills)
    tanku("build", "-w", copied.root)
    assert digests(copied) == unbroken
    shown = json.loads(tanku("status", "-w", copied.root, "--json").stdout)
    assert shown["building_now"] is None
    assert not [run for run in shown["last_runs"] if run.endswith(("STARTED", "STARTING"))]
    print(f"{kills} kills, {struck} struck a running build, seed {SEED}, {time.monotonic() - started:.0f} s")


def test_a_killed_build_leaves_no_trace(copied: Workspace, unbroken: dict[str, str]) -> None:
    check(copied, unbroken, kills=3)


@pytest.mark.campaign
def test_fifty_killed_builds_leave_no_trace(copied: Workspace, unbroken: dict[str, str]) -> None:
    check(copied, unbroken, kills=50)
