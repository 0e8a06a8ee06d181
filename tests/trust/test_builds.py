"""The builds that are kept: whatever is done to one is found, and pruning keeps what must be kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines import archive, publishing
from pipelines.archive import journal
from pipelines.locking import BuildLock
from pipelines.publishing.builds import published_id
from pipelines.workspace import Workspace
from tests.trust.building import build, drop


def test_builds_are_ordered_by_the_journal_not_by_the_clock(workspace: Workspace) -> None:
    made = [build(workspace, version).build_id for version in range(4)]
    assert len(set(made)) == 4
    assert [one.build_id for one in publishing.builds(workspace)] == made
    assert publishing.published_build(workspace).build_id == made[-1]


def test_prune_keeps_the_published_the_closed_and_the_newest(workspace: Workspace) -> None:
    made = [build(workspace, version).build_id for version in range(6)]
    journal.append(workspace.journal, "closed", build_id=made[1], period="2026-01")
    journal.append(workspace.journal, "closed", build_id=made[2], period="2026-02")
    journal.append(workspace.journal, "reopened", build_id=made[2], period="2026-02")
    publishing.start_candidate(workspace, needed_bytes=0)
    going = [made[0], made[2], made[3]]
    assert publishing.prune(workspace, 2, dry_run=True) == [*going, "candidate"]
    assert [one.build_id for one in publishing.builds(workspace)] == made
    with BuildLock(workspace.lock):
        assert publishing.prune(workspace, 2) == going
        assert workspace.candidate.is_dir(), "a running build's candidate must stay"
    assert publishing.prune(workspace, 2) == ["candidate"]
    assert [one.build_id for one in publishing.builds(workspace)] == [made[1], *made[4:]]
    assert [line["build_id"] for line in journal.read(workspace.journal) if line["event"] == "pruned"] == going
    assert publishing.prune(workspace, 0) == [made[4]]
    assert published_id(workspace) == made[5]
    assert sorted(path.name for path in workspace.builds.iterdir()) == [made[1], made[5]]


DAMAGE = {
    "a bit of the warehouse": lambda folder: flip(folder / "warehouse.duckdb"),
    "a bit of a report": lambda folder: flip(folder / "reports" / "inventory.html"),
    "a figure in the manifest": lambda folder: rewrite(folder / "manifest.json", '"byte_count": ', '"byte_count": 1'),
    "a manifest that is no manifest": lambda folder: rewrite(folder / "manifest.json", "{", ""),
    "a file gone": lambda folder: (folder / "reports" / "inventory.html").unlink(),
    "a log beside the warehouse": lambda folder: (folder / "warehouse.duckdb.wal").write_text(""),
    "another build in its place": lambda folder: swap_with_first(folder),
}


def flip(file: Path) -> None:
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def rewrite(file: Path, old: str, new: str) -> None:
    file.chmod(0o644)
    file.write_text(file.read_text().replace(old, new))


def swap_with_first(folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(min(folder.parent.iterdir()), folder)


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_whatever_happens_to_a_published_build_is_found(workspace: Workspace, damage: object) -> None:
    first, second = build(workspace, 1), build(workspace, 2)
    damage(workspace.builds / second.build_id)
    findings = publishing.verify_build(workspace, second.build_id)
    assert findings
    assert all(" / " in finding for finding in findings)
    assert publishing.verify_build(workspace, first.build_id) == []
    assert build(workspace, 3), "a damaged build must not stop the next one"


def test_a_journal_rewritten_whole_disagrees_with_the_builds(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1"})
    archive.take_in(workspace)
    made = build(workspace, 1)
    lines = journal.read(workspace.journal)
    workspace.journal.unlink()
    journal.head_file(workspace.journal).unlink()
    for line in lines:
        fields = {name: value for name, value in line.items() if name not in journal.RESERVED}
        journal.append(workspace.journal, line["event"], **fields)
    assert journal.verify(workspace.journal).lines == len(lines)
    assert any("journal line 1" in finding for finding in publishing.verify_build(workspace, made.build_id))
