"""What every test may stand on: the example enterprise built once, and copies of it to hurt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.workspace import Workspace
from tests.once import once

TANKU = [sys.executable, "-m", "pipelines.cli"]


def tanku(*arguments: object, expect: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person does; the exit code must be `expect`."""
    command = [*TANKU, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=900)
    assert done.returncode == expect, f"{command}\nexit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The example enterprise, built and published. Read it; hurt only a copy (`copied`).

    Built once a run, and each process reads a copy of its own: looking at a workspace opens the record of its runs.
    """
    made = once(tmp_path_factory, "enterprise", _build)
    root = tmp_path_factory.mktemp("enterprise") / "demo"
    shutil.copytree(made / "demo", root, symlinks=True)
    return Workspace.at(root)


def _build(folder: Path) -> None:
    tanku("init", folder / "demo", "--example")
    tanku("build", "-w", folder / "demo")


@pytest.fixture
def copied(built: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the built example enterprise, to change at will."""
    shutil.copytree(built.root, tmp_path / "copy", symlinks=True)
    return Workspace.at(tmp_path / "copy")
