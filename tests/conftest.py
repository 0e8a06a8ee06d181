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

# Modules that build whole enterprises, the longest first: a long one begun last leaves the other process idle. The second
# needs no example enterprise of its own and so does not wait for the first, which builds it for all.
LONGEST_FIRST = (
    "spine/test_first_ten_minutes.py",
    "spine/test_real_plants.py",
    "spine/test_killed_builds.py",
    "comparing/test_built.py",
    "deciding/test_built.py",
    "spine/test_disk_full_build.py",
    "calculating/test_calculate.py",
    "mutation/test_mutants.py",
    "spine/test_same_digits.py",
    "spine/test_one_number.py",
    "accounting/test_twins.py",
    "accounting/test_inventories.py",
    "rules/test_contributing.py",
)

TANKU = [sys.executable, "-m", "pipelines.cli"]


def tanku(*arguments: object, expect: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person does; the exit code must be `expect`."""
    command = [*TANKU, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=900)
    assert done.returncode == expect, f"{command}\nexit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest modules first; every process of a run collects in the same order."""
    tests = Path(__file__).parent
    places = {tests / name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


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
