"""Same inputs, same digits: on one thread or two, whatever order the files are processed in."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

from pipelines import archive, landing
from pipelines.workspace import Workspace
from tests.conftest import tanku


def digests(workspace: Workspace) -> dict[str, str]:
    return json.loads((workspace.published / "manifest.json").read_text())["marts_digests"]


def test_one_thread_and_another_order_of_processing_give_the_same_digits(built: Workspace, tmp_path: Path) -> None:
    root = tmp_path / "other"
    shutil.copytree(built.root, root, symlinks=True, ignore=shutil.ignore_patterns("lake", "builds", "published"))
    other = Workspace.at(root)
    for folder in (other.lake, other.builds):
        folder.mkdir()
    deliveries = archive.deliveries(other)
    random.Random(7).shuffle(deliveries)
    landing.land_all(other, deliveries)
    tanku("build", "-w", root, TANKU_THREADS="1", TZ="America/New_York", LC_ALL="C")
    assert digests(other) == digests(built)


def test_an_unchanged_workspace_is_not_built_again(built: Workspace) -> None:
    before = json.loads((built.published / "manifest.json").read_text())["build_id"]
    done = tanku("build", "-w", built.root)
    assert "inputs unchanged" in done.stdout
    assert json.loads((built.published / "manifest.json").read_text())["build_id"] == before
