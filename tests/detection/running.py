"""Runs the benchmark: the clean enterprise and its spoilt copies through the whole pipeline. It scores nothing itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipelines.workspace import Workspace
from tests.detection import ground, outcome, planting, scoring
from tests.detection.outcome import Outcome
from tests.detection.scoreboard import Scoreboard

Tell = Callable[[str], None]


def run(seed: int, folder: Path, tell: Tell, builds: int = planting.BUILDS) -> Scoreboard:
    """The scoreboard of a seed; two builds run at a time.

    folder: the workspaces are laid there anew, and stay. Raises CalledProcessError when a build fails.
    """
    clean_files = ground.files(_laid(folder / "files"))
    planted = [planting.plant(clean_files, seed, build, builds) for build in range(builds)]
    tell(f"{sum(len(faults) for _, faults in planted)} errors planted / 已植入的差错")
    workspaces = [_laid(folder / "clean")]
    workspaces += [_laid(folder / f"seed{seed}-{n}", files) for n, (files, _) in enumerate(planted, 1)]
    with ThreadPoolExecutor(max_workers=2) as workers:
        clean, *spoilt = workers.map(lambda workspace: _built(workspace, tell), workspaces)
    scored, alarms = [], []
    for outcome_of_build, (_, faults) in zip(spoilt, planted, strict=True):
        found, new = scoring.score(clean, outcome_of_build, faults)
        scored += found
        alarms += new
    return Scoreboard(seed, clean, scored, alarms)


def _laid(root: Path, content: dict[str, bytes] | None = None) -> Workspace:
    """A workspace with the clean files or others; what an earlier run left there is gone."""
    shutil.rmtree(root, ignore_errors=True)
    workspace = ground.lay(root)
    if content:
        ground.replace(workspace, content)
    return workspace


def _built(workspace: Workspace, tell: Tell) -> Outcome:
    tell(f"{workspace.root.name}: building / 构建中 …")
    command = [sys.executable, "-m", "pipelines.cli", "build", "--workspace", str(workspace.root)]
    done = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ))
    if done.returncode:
        tell(done.stderr[-2000:])
        raise subprocess.CalledProcessError(done.returncode, json.dumps(command), done.stdout, done.stderr)
    tell(f"{workspace.root.name}: built / 已构建")
    return outcome.of(workspace)
