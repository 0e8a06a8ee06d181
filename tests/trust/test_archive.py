"""The archive: what arrives is kept once, in the order of receipt, and leaves the inbox only when it is safe."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import archive
from pipelines.archive import content_store, journal
from pipelines.workspace import Workspace
from tests.trust.building import drop, found

seeded = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def events(workspace: Workspace) -> list[str]:
    return [line["event"] for line in journal.read(workspace.journal)]


def test_files_are_kept_byte_by_byte_and_leave_the_inbox(workspace: Workspace) -> None:
    drop(workspace, {"b.csv": "二", "a.csv": "一", "erp/plant/c.csv": "三"})
    taken = archive.take_in(workspace)
    assert [(one.received_seq, one.file_name, one.event) for one in taken] == [
        (1, "a.csv", "received"),
        (2, "b.csv", "received"),
        (3, "c.csv", "received"),
    ]
    assert [one.path.read_text(encoding="utf-8") for one in taken] == ["一", "二", "三"]
    assert [one.path for one in taken] == [workspace.archive / one.file_sha256[:2] / one.file_sha256 for one in taken]
    assert [one.byte_count for one in taken] == [3, 3, 3]
    assert archive.waiting(workspace) == []
    assert journal.read(workspace.journal)[2]["folder"] == "erp/plant"
    assert archive.deliveries(workspace) == taken


def test_the_same_bytes_again_change_nothing_and_are_told(workspace: Workspace) -> None:
    drop(workspace, {"march.csv": "1"})
    first = archive.take_in(workspace)
    drop(workspace, {"march (copy).csv": "1", "march.csv": "1"})
    again = archive.take_in(workspace)
    assert [(one.event, one.first_seq, one.byte_count) for one in again] == [("duplicate", 1, 1)] * 2
    assert archive.deliveries(workspace) == first
    assert events(workspace) == ["received", "duplicate", "duplicate"]
    assert archive.waiting(workspace) == []


def test_unfinished_hidden_and_strange_things_are_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("not for the archive")
    drop(workspace, {".hidden": "1", "x.csv.part": "2", "~$plan.xlsx": "3", ".folder/y.csv": "4"})
    (workspace.inbox / "link.csv").symlink_to(secret)
    (workspace.inbox / "folder").symlink_to(tmp_path)
    os.mkfifo(workspace.inbox / "pipe.csv")
    assert archive.waiting(workspace) == []
    assert archive.take_in(workspace) == []
    assert len(archive.left_lying(workspace)) == 7
    assert all("/" in reason for _, reason in archive.left_lying(workspace))
    assert not workspace.journal.exists()


def test_a_name_in_gbk_bytes_is_read_as_a_person_wrote_it(workspace: Workspace) -> None:
    raw = os.fsencode(workspace.inbox) + b"/" + "三月用电量.csv".encode("gbk")
    with open(raw, "w") as file:  # noqa: PTH123 - a name that is no text
        file.write("1")
    assert [one.file_name for one in archive.take_in(workspace)] == ["三月用电量.csv"]
    assert archive.waiting(workspace) == []


def test_a_file_that_still_grows_waits(workspace: Workspace) -> None:
    growing = workspace.inbox / "a-growing.csv"
    drop(workspace, {growing.name: "1", "b-whole.csv": "2"})
    stop = threading.Event()

    def grow() -> None:
        while not stop.wait(0.02):
            with growing.open("a") as file:
                file.write("1")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        assert not archive.is_settled(growing, 0.2)
        taken = archive.take_in(workspace, settle_seconds=0.2)
    finally:
        stop.set()
        writer.join()
    assert [one.file_name for one in taken] == ["b-whole.csv"]
    assert archive.waiting(workspace) == [growing]
    assert archive.is_settled(growing, 0.2)
    assert [one.file_name for one in archive.take_in(workspace, settle_seconds=0.2)] == [growing.name]


def test_a_file_left_alone_long_enough_is_not_waited_for(workspace: Workspace) -> None:
    drop(workspace, {"old.csv": "1"})
    time.sleep(0.3)
    started = time.monotonic()
    assert archive.is_settled(workspace.inbox / "old.csv", 0.25)
    assert time.monotonic() - started < 0.2
    assert not archive.is_settled(workspace.inbox / "gone.csv", 0)


def test_a_file_that_grows_while_it_is_read_stays(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(workspace, {"a.csv": "1"})
    copy = content_store._copy

    def growing(source: int, partial: Path) -> tuple[str, int]:
        copied = copy(source, partial)
        drop(workspace, {"a.csv": "1\n2"})
        return copied

    monkeypatch.setattr(content_store, "_copy", growing)
    assert archive.take_in(workspace) == []
    assert not workspace.journal.exists()
    monkeypatch.undo()
    assert [one.path.read_text() for one in archive.take_in(workspace)] == ["1\n2"]


def test_bytes_written_after_the_copy_are_not_removed(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(workspace, {"a.csv": "1"})
    append = journal.append

    def late(*arguments: object, **fields: object) -> journal.Line:
        drop(workspace, {"a.csv": "corrected"})
        return append(*arguments, **fields)

    monkeypatch.setattr(journal, "append", late)
    archive.take_in(workspace)
    monkeypatch.undo()
    assert (workspace.inbox / "a.csv").read_text() == "corrected"
    archive.take_in(workspace)
    assert [one.path.read_text() for one in archive.deliveries(workspace)] == ["1", "corrected"]


def test_a_retraction_is_reversible_and_keeps_its_place(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1", "b.csv": "2"})
    both = archive.take_in(workspace)
    retracted = archive.retract(workspace, "a.csv", "another plant's file")
    assert (retracted.event, retracted.reason) == ("retracted", "another plant's file")
    assert archive.deliveries(workspace) == both[1:]
    assert retracted.path.read_text() == "1"
    assert archive.deliveries(workspace, up_to_seq=2) == both
    archive.restore(workspace, retracted.file_sha256[:12], "it was ours")
    assert archive.deliveries(workspace) == both
    assert [line.get("reason") for line in journal.read(workspace.journal)[2:]] == [
        "another plant's file",
        "it was ours",
    ]


def test_the_same_bytes_after_a_retraction_count_again(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1"})
    first = archive.take_in(workspace)
    archive.retract(workspace, "a.csv", "wrong")
    drop(workspace, {"again.csv": "1"})
    assert [(one.event, one.first_seq) for one in archive.take_in(workspace)] == [("restored", 1)]
    assert archive.deliveries(workspace) == first
    drop(workspace, {"again.csv": "1"})
    assert [one.event for one in archive.take_in(workspace)] == ["duplicate"]
    assert events(workspace) == ["received", "retracted", "restored", "duplicate"]


def test_a_retraction_needs_a_reason_and_one_file(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1"})
    archive.take_in(workspace)
    drop(workspace, {"a.csv": "2"})
    archive.take_in(workspace)
    before = workspace.journal.read_bytes()
    for name, reason in [("a.csv", "which?"), ("b.csv", "not there"), (sha256("1"), "  "), (sha256("1")[:7], "short")]:
        with pytest.raises(archive.ArchiveError, match=" / "):
            archive.retract(workspace, name, reason)
    with pytest.raises(archive.ArchiveError):
        archive.restore(workspace, sha256("1"), "it counts already")
    assert workspace.journal.read_bytes() == before
    archive.retract(workspace, sha256("1").upper(), "the older one")
    assert archive.retract(workspace, "a.csv", "only one is left by that name").file_sha256 == sha256("2")


def test_the_table_of_deliveries(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1", "b.csv": "2", "c.csv": "1"})
    archive.take_in(workspace)
    archive.retract(workspace, "b.csv", "wrong")
    table = archive.delivery_table(workspace)
    assert str(table.schema).split("\n") == [
        "received_seq: int64",
        "file_sha256: string",
        "file_name: string",
        "byte_count: int64",
        "received_at: timestamp[us]",
        "event: string",
        "first_seq: int64",
        "reason: string",
    ]
    assert table.drop_columns(["received_at", "file_sha256"]).to_pylist() == [
        {"received_seq": 1, "file_name": "a.csv", "byte_count": 1, "event": "received", "first_seq": 1, "reason": None},
        {
            "received_seq": 2,
            "file_name": "b.csv",
            "byte_count": 1,
            "event": "retracted",
            "first_seq": 2,
            "reason": "wrong",
        },
        {
            "received_seq": 3,
            "file_name": "c.csv",
            "byte_count": 1,
            "event": "duplicate",
            "first_seq": 1,
            "reason": None,
        },
    ]
    assert archive.delivery_table(found(workspace.root / "empty")).num_rows == 0


def test_a_damaged_copy_is_found_and_healed_by_the_same_file(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1", "b.csv": "2", "c.csv": "3"})
    one, two, _ = archive.take_in(workspace)
    one.path.chmod(0o644)
    one.path.write_text("7")
    two.path.unlink()
    assert archive.damaged(workspace) == [one, two]
    drop(workspace, {"a.csv": "1", "b.csv": "2"})
    archive.take_in(workspace)
    assert archive.damaged(workspace) == []


@seeded
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from(["drop", "retract", "restore"])))
)
def test_whatever_is_done_each_content_counts_at_most_once_in_the_order_of_first_receipt(steps: list) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = found(Path(folder) / "enterprise")
        order: list[str] = []
        counts: dict[str, bool] = {}
        for name, content, step in steps:
            if step == "drop":
                drop(workspace, {name: content})
                archive.take_in(workspace)
                order += [content] if content not in order else []
                counts[content] = True
            elif counts.get(content) is (step == "retract"):
                getattr(archive, step)(workspace, sha256(content), "because")
                counts[content] = step == "restore"
        assert [one.path.read_text() for one in archive.deliveries(workspace)] == [
            content for content in order if counts[content]
        ]
        assert archive.waiting(workspace) == []
        assert archive.damaged(workspace) == []


def test_two_processes_taking_in_at_once_take_each_file_once(workspace: Workspace) -> None:
    drop(workspace, {f"{number:03}.csv": str(number) for number in range(60)})
    program = "import sys, pathlib\nfrom pipelines import archive\nfrom pipelines.workspace import Workspace\n"
    program += "archive.take_in(Workspace(pathlib.Path(sys.argv[1])))"
    both = [subprocess.Popen([sys.executable, "-c", program, str(workspace.root)]) for _ in range(2)]
    assert [one.wait(timeout=60) for one in both] == [0, 0]
    assert [one.file_name for one in archive.deliveries(workspace)] == [f"{number:03}.csv" for number in range(60)]
    assert events(workspace) == ["received"] * 60


def test_one_file_nobody_may_read_does_not_stop_the_others(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    drop(workspace, {"a.csv": "1", "b.csv": "2"})
    really = os.open

    def refusing(path: object, flags: int, *rest: object, **more: object) -> int:
        if str(path).endswith("a.csv"):
            raise PermissionError(13, "Permission denied")
        return really(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)
    assert [one.file_name for one in archive.take_in(workspace)] == ["b.csv"]
    assert "a.csv" in caplog.text
    assert [path.name for path in archive.waiting(workspace)] == ["a.csv"]


def test_progress_is_told_file_by_file(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1", "b.csv": "2"})
    told: list[tuple] = []
    archive.take_in(workspace, on_progress=lambda *step: told.append(step))
    assert told == [(1, 2, "a.csv"), (2, 2, "b.csv")]
