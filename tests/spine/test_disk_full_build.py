"""The disk fills up under a whole build: it says so and stops, what is published stays, and with room the next one works.

On a small volume of its own (tmpfs), where one can be mounted; skipped elsewhere.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import archive, durable, locking, publishing
from pipelines.publishing.builds import published_id
from pipelines.workspace import Workspace
from tests.conftest import TANKU, tanku
from tests.small_volume import mounted, resize

NAME = "zz_weather.csv"
WEATHER = "站点,日期,平均气温,最低气温,最高气温\n58238,2025-12-31,3.1,0.2,7.4\n"
TO_SPARE = 50_000_000
LITTLE = publishing.LEAST_FREE_BYTES // 2


@pytest.fixture
def small(built: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """The built example on a volume with little room left, and one new file in its inbox."""
    size = sum(path.lstat().st_size for path in built.root.rglob("*"))
    with mounted(tmp_path / "volume", 2 * size + LITTLE) as volume:
        shutil.copytree(built.root, volume / "enterprise", symlinks=True)
        workspace = Workspace.at(volume / "enterprise")
        (workspace.inbox / NAME).write_text(WEATHER, encoding="utf-8")
        resize(volume, used(volume) + LITTLE)
        yield workspace


def used(volume: Path) -> int:
    return shutil.disk_usage(volume).used


def refused(workspace: Workspace, exit_code: int, told: str) -> None:
    """The build ended as one does that had no room, and left nothing behind that is in the way."""
    volume = workspace.root.parent
    assert exit_code == 3, told
    assert f"磁盘空间不足：卷 {volume} " in told and "请清理空间" in told
    assert f"disk full: volume {volume} has " in told and "Free some space" in told
    assert "Traceback" not in told
    assert locking.holder(workspace.lock) is None
    assert publishing.verify_build(workspace, published_id(workspace)) == []


def build_without_room_from(workspace: Workspace, step: str) -> tuple[int, str]:
    """Build, and take all room away as soon as the build tells of `step`; its exit code and what it told."""
    command = [*TANKU, "build", "-w", str(workspace.root)]
    told = []
    with subprocess.Popen(command, stdout=-3, stderr=subprocess.PIPE, text=True) as build:
        assert build.stderr is not None
        for line in build.stderr:
            if step in line and not any(step in before for before in told):
                # the volume shrinks to what is on it: a running build cannot be overtaken by a volume's end
                resize(workspace.root.parent, used(workspace.root.parent))
            told.append(line)
    return build.returncode, "".join(told)


def test_too_little_room_to_begin(small: Workspace) -> None:
    before = published_id(small)
    refused(small, 3, tanku("build", "-w", small.root, expect=3).stderr)
    assert published_id(small) == before
    assert not small.candidate.exists()


@pytest.mark.parametrize("step", [pytest.param("/ landing 60/", marks=pytest.mark.campaign), " emission_lines"])
def test_the_room_ends_in_the_middle(small: Workspace, step: str) -> None:
    volume, before = small.root.parent, published_id(small)
    resize(volume, used(volume) + publishing.estimate(small) + TO_SPARE)
    refused(small, *build_without_room_from(small, step))
    assert published_id(small) == before
    assert durable.free_bytes(volume) < 1_000_000
    assert before in tanku("status", "-w", small.root).stdout, "a full disk must not keep anybody from looking"
    assert "candidate" in tanku("prune", "-w", small.root).stdout, "the advice given must be possible on a full disk"
    resize(volume, used(volume) + publishing.estimate(small) + TO_SPARE)
    tanku("build", "-w", small.root)
    assert published_id(small) != before
    assert publishing.verify_build(small, published_id(small)) == []
    assert NAME in [one.file_name for one in archive.deliveries(small)]
    assert "STARTED" not in tanku("status", "-w", small.root).stdout
