"""Runs a closed period's pinned inputs again and compares digests. It changes nothing of the workspace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipelines.archive import journal
from pipelines.closing import keeping
from pipelines.closing.closed import Closing, ClosingError, inputs_of, verify
from pipelines.publishing.inputs import read_while_building
from pipelines.workspace import PROJECT_ROOT, Workspace


def rerun(workspace: Workspace, closing: Closing, folder: Path) -> list[str]:
    """Build the closed inputs again in `folder`; returns the marts whose rows of the period differ: none, if all is well.

    The archive is read where it lies, the journal up to the line where the closed build stood. Raises ClosingError when
    the folder is not empty, the build fails, or the code is not the recorded version.
    """
    verify(workspace, closing)
    _refuse_other_code(workspace, closing)
    again = _laid_out(workspace, closing, folder)
    environment = os.environ | {"TANKU_SEEDS": str(inputs_of(workspace, closing) / "seeds")}
    environment["PYTHONPATH"] = os.pathsep.join([str(PROJECT_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "pipelines.cli", "build", "-w", str(again.root), "--as-of", closing.as_of]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ClosingError(f"重新运行失败：{done.stderr.strip()}", f"the run failed: {done.stderr.strip()}")
    found = keeping.digests_of(again.published_warehouse, closing.period, closing.facilities)
    return sorted(mart for mart, digest in closing.marts_digests.items() if found.get(mart) != digest)


def _refuse_other_code(workspace: Workspace, closing: Closing) -> None:
    now = read_while_building(workspace)
    if any(now[part] != closing.build["inputs"][part] for part in ("code", "expectations")):
        raise ClosingError(
            f"关闭时的代码版本是 {closing.code_version}，现在的代码不同：请安装当时的版本再重新运行。",
            f"it was closed under code version {closing.code_version}, this is another: install that one to run it again.",
        )


def _laid_out(workspace: Workspace, closing: Closing, folder: Path) -> Workspace:
    """A workspace in `folder` as it was when the closed build began."""
    if folder.exists() and any(folder.iterdir()):
        raise ClosingError(f"{folder} 不是空文件夹。", f"{folder} is not empty.")
    folder.mkdir(parents=True, exist_ok=True)
    again = Workspace(folder.resolve())
    inputs = inputs_of(workspace, closing)
    for name in (again.settings_file.name, again.plan.name, again.feeds.name):
        (again.root / name).symlink_to(inputs / name)
    again.archive.symlink_to(workspace.archive)
    if workspace.closed.is_dir():
        again.closed.symlink_to(workspace.closed)
    for made in (again.inbox, again.lake, again.builds, again.dagster_home):
        made.mkdir()
    for settings in workspace.dagster_home.glob("*.yaml"):
        (again.dagster_home / settings.name).write_bytes(settings.read_bytes())
    lines = [line for line in journal.read(workspace.journal) if line["seq"] <= closing.journal_seq]
    again.journal.write_bytes(b"".join(journal.canonical(line) + b"\n" for line in lines))
    return again
