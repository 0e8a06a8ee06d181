"""The command line's exit codes, end to end: 1 the data did not pass, 2 used wrongly, 3 could not run."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import founding
from pipelines.workspace import Workspace
from tests.conftest import tanku

HOLD = """
import sys, time
from pathlib import Path
from pipelines.locking import BuildLock
with BuildLock(Path(sys.argv[1]), "the other build"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Workspace, int]]:
    """A workspace whose build lock another process holds, and that process's id."""
    workspace = founding.found(tmp_path / "enterprise", example=True)
    command = [sys.executable, "-c", HOLD, str(workspace.lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        yield workspace, holder.pid
        holder.communicate("")


def test_a_build_beside_another_is_refused_and_names_it(held: tuple[Workspace, int]) -> None:
    workspace, pid = held
    files = sorted(path.name for path in workspace.inbox.iterdir())
    told = tanku("build", "-w", workspace.root, expect=3).stderr
    assert "另一个构建正在运行" in told and "another build is running" in told
    assert told.count(f"the other build (pid {pid}, ") == 2
    assert "Traceback" not in told
    assert sorted(path.name for path in workspace.inbox.iterdir()) == files, "the refused build took files in"
    assert not workspace.published.exists()


@pytest.mark.parametrize("command", ["build", "status", "account", "explain", "prune", "dev"])
def test_a_folder_that_is_no_workspace(tmp_path: Path, command: str) -> None:
    told = tanku(command, "-w", tmp_path, expect=2).stderr
    assert "不是碳库工作区" in told and "is not a tanku workspace" in told and "tanku init" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--as-off", "2025-01-01"),
        ("build", "--as-of", "01.01.2025"),
        ("status", "--account"),
        ("nonsense",),
        ("retract", "a.csv"),
        ("inspect", "no such file.csv"),
        ("template", "no_such_record"),
        ("export", "fct_inventory"),
    ],
    ids=" ".join,
)
def test_what_is_typed_wrongly(arguments: tuple[str, ...]) -> None:
    told = tanku(*arguments, expect=2).stderr
    assert "Traceback" not in told


def test_before_anything_is_published(tmp_path: Path) -> None:
    workspace = founding.found(tmp_path / "enterprise")
    for command in (["account"], ["explain"], ["export", "fct_inventory", "--csv", tmp_path / "a.csv"]):
        told = tanku(*command, "-w", workspace.root, expect=2).stderr
        assert "tanku build" in told, "it must say what to do first"


def test_strict_answers_to_the_verdicts(built: Workspace) -> None:
    told = tanku("build", "--strict", "-w", built.root, expect=1)
    assert "DQ10" in told.stderr, "it must say which controls did not pass"
    assert "控制项不合格 / controls did not pass" in told.stderr
