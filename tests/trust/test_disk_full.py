"""The disk is full: a bilingual refusal naming the volume, nothing published altered, and all of it made good later.

Two kinds of proof. REAL: a small volume of its own (tmpfs), where it can be mounted; skipped elsewhere. PRETENDED: every
single write, fsync and file opened for writing answers "no space" once; runs everywhere, but the kernel plays no part.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import archive, durable, publishing
from pipelines.archive import journal
from pipelines.durable import DiskFull
from pipelines.locking import BuildLock
from pipelines.publishing.builds import published_id
from pipelines.workspace import Workspace
from tests.small_volume import fill, mounted
from tests.trust.building import build, drop, found, versions_in, write_warehouse

VOLUME_BYTES = 8_000_000
ARRIVING = {f"{name}.csv": name * 1000 for name in "abcdef"}


class Shortage:
    """Counts the calls that need room on a disk and answers the n-th of them with ENOSPC."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, strike: int):
        self.count, self.strike = 0, strike
        for name in ("write", "fsync", "pwrite"):
            monkeypatch.setattr(os, name, self.short(getattr(os, name)))
        monkeypatch.setattr(os, "open", self.short(os.open, lambda _, flags, *__, **___: flags & os.O_CREAT))
        for name in ("mkdir", "symlink"):
            monkeypatch.setattr(os, name, self.short(getattr(os, name)))

    def short(self, really: Callable, needs_room: Callable = lambda *_, **__: True) -> Callable:
        def call(*arguments: Any, **named: Any) -> Any:
            self.count += bool(needs_room(*arguments, **named))
            if needs_room(*arguments, **named) and self.count == self.strike:
                if really.__name__ == "write":
                    really(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return really(*arguments, **named)

        return call


def strikes(monkeypatch: pytest.MonkeyPatch, place: Callable[[], Workspace], work: Callable) -> Iterator[Any]:
    """Do the work with the 1st, 2nd … n-th call that needs room refused, until none is left to refuse.

    Yields each workspace, and whether the work was refused.
    """
    strike = 0
    while True:
        strike += 1
        workspace, is_refused = place(), False
        with monkeypatch.context() as patch:
            shortage = Shortage(patch, strike)
            try:
                work(workspace)
            except DiskFull as error:
                is_refused = True
                assert f"卷 {durable.volume_of(workspace.root)} " in str(error)
                assert f"disk full: volume {durable.volume_of(workspace.root)} has" in str(error)
        yield workspace, is_refused
        if shortage.count < strike:
            print(f"PRETENDED: {strike - 1} calls refused one by one")
            assert strike > 10
            return


def copies(template: Workspace, places: Path) -> Callable[[], Workspace]:
    numbers = iter(range(10_000))

    def place() -> Workspace:
        root = places / str(next(numbers))
        shutil.copytree(template.root, root, symlinks=True)
        return Workspace(root)

    return place


def test_pretended_while_taking_in(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(workspace, ARRIVING)
    for place, _ in strikes(monkeypatch, copies(workspace, tmp_path / "places"), archive.take_in):
        assert journal.verify(place.journal).torn_bytes == 0
        assert archive.damaged(place) == []
        lying = {path.name for path in archive.waiting(place)}
        assert lying | {one.file_name for one in archive.deliveries(place)} == ARRIVING.keys()
        archive.take_in(place)
        assert [one.path.read_text() for one in archive.deliveries(place)] == list(ARRIVING.values())
        assert archive.waiting(place) == []


def test_pretended_while_publishing(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build(workspace, 1).build_id
    made_before = tmp_path / "made_before.duckdb"
    write_warehouse(made_before, 2)

    def publish(place: Workspace) -> None:
        publishing.start_candidate(place, needed_bytes=0)
        shutil.copyfile(made_before, place.candidate_warehouse)
        publishing.publish(place)

    for place, is_refused in strikes(monkeypatch, copies(workspace, tmp_path / "places"), publish):
        assert (published_id(place) == before) is is_refused, "refused, and yet published"
        assert publishing.verify_build(place, published_id(place)) == []
        assert journal.verify(place.journal).torn_bytes == 0
        publish(place)
        assert publishing.verify_build(place, published_id(place)) == []
        assert journal.read(place.journal)[-1]["build_id"] == published_id(place)
    assert versions_in(place.published_warehouse) == {(2, 10)}


def test_pretended_in_the_hashing_process(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build(workspace, 1)
    publishing.start_candidate(workspace, needed_bytes=0)
    write_warehouse(workspace.candidate_warehouse, 2)
    answer = subprocess.CompletedProcess([], 1, b"", b"OSError: [Errno 28] No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", lambda *_, **__: answer)
        with pytest.raises(DiskFull):
            publishing.publish(workspace)
    assert publishing.published_build(workspace) == before


def test_an_error_is_a_full_disk_wherever_in_its_history_it_says_so(tmp_path: Path) -> None:
    def fail() -> None:
        try:
            raise OSError(errno.EDQUOT, "over quota")
        except OSError as error:
            raise RuntimeError("a model failed") from error

    with pytest.raises(DiskFull), durable.naming_full_disk(tmp_path):
        fail()
    with pytest.raises(DiskFull), durable.naming_full_disk(tmp_path):
        raise duckdb.IOException('Could not write file "x": No space left on device')
    with pytest.raises(DiskFull), durable.naming_full_disk(tmp_path):
        raise sqlite3.OperationalError("database or disk is full")
    with pytest.raises(sqlite3.OperationalError), durable.naming_full_disk(tmp_path):
        raise sqlite3.OperationalError("disk I/O error")  # there is room: the disk is broken, not full
    with pytest.raises(FileNotFoundError), durable.naming_full_disk(tmp_path):
        (tmp_path / "missing").read_text()
    assert DiskFull(tmp_path / "not" / "yet").volume == durable.volume_of(tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    """REAL: a workspace on a volume of 8 MB of its own."""
    with mounted(tmp_path / "volume", VOLUME_BYTES) as volume:
        yield found(volume / "enterprise")


def write_noise(file: Path) -> None:
    """A warehouse of 20 MB that no compression makes smaller."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table noise as select sha256(i::varchar) as text from range(400000) as r(i)")
        connection.execute("checkpoint")


def published_bytes(workspace: Workspace) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in workspace.published.resolve().rglob("*")
        if path.is_file()
    }


def test_real_while_taking_in(small: Workspace) -> None:
    drop(small, {"a.csv": "1" * 500_000, "b.csv": "2" * 1_500_000, "c.csv": "3" * 1_500_000})
    ballast = fill(small.root.parent, leaving=1_000_000)
    with pytest.raises(DiskFull) as full:
        archive.take_in(small)
    assert full.value.volume == small.root.parent
    assert [one.file_name for one in archive.deliveries(small)] == ["a.csv"]
    assert [path.name for path in archive.waiting(small)] == ["b.csv", "c.csv"]
    ballast.unlink()
    archive.take_in(small)
    assert [one.file_name for one in archive.deliveries(small)] == ["a.csv", "b.csv", "c.csv"]
    assert archive.damaged(small) == []


def test_real_while_the_build_lock_is_taken(small: Workspace) -> None:
    ballast = fill(small.root.parent)
    with pytest.raises(DiskFull), BuildLock(small.lock):
        pass
    ballast.unlink()
    with BuildLock(small.lock):
        pass


def test_real_while_the_warehouse_is_written(small: Workspace) -> None:
    build(small, 1)
    before = published_bytes(small)
    with pytest.raises(DiskFull, match=f"volume {small.root.parent} "):
        publishing.start_candidate(small)
    publishing.start_candidate(small, needed_bytes=0)
    with pytest.raises(DiskFull) as full, durable.naming_full_disk(small.candidate):
        write_noise(small.candidate_warehouse)
    assert full.value.volume == small.root.parent
    assert published_bytes(small) == before
    assert build(small, 2).build_id == published_id(small)


@pytest.mark.parametrize("leaving", [0, 4_096, 8_192, 16_384])
def test_real_while_it_is_sealed(small: Workspace, leaving: int) -> None:
    build(small, 1)
    before = published_bytes(small)
    publishing.start_candidate(small, needed_bytes=0)
    write_warehouse(small.candidate_warehouse, 2)
    ballast = fill(small.root.parent, leaving)
    try:
        publishing.publish(small, {"note": "longer than what is deleted on the way" * 300})
    except DiskFull as full:
        assert full.volume == small.root.parent
        assert published_bytes(small) == before
    else:
        assert leaving, "on a full volume nothing can be sealed"
    assert publishing.verify_build(small, published_id(small)) == []
    ballast.unlink()
    made = build(small, 3)
    assert publishing.verify_build(small, made.build_id) == []
