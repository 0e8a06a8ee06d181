"""Received bytes, addressed by their SHA-256, and which of them count. It never looks inside a file.

A file leaves the inbox only after its bytes and its journal line are on the disk. The same bytes again are journalled
and change nothing. What counts is stored nowhere: it is read off the journal, whose order of receipt is `received_seq`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import locking
from pipelines.archive import content_store, inbox, journal
from pipelines.archive.inbox import is_settled, left_lying, waiting
from pipelines.archive.releases import Release
from pipelines.durable import naming_full_disk
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "ArchiveError",
    "Delivery",
    "Release",
    "damaged",
    "deliveries",
    "delivery_table",
    "folded",
    "history",
    "is_settled",
    "left_lying",
    "restore",
    "retract",
    "take_in",
    "waiting",
]

EVENTS = frozenset({"received", "duplicate", "retracted", "restored"})
SHORTEST_HASH = 8
REDELIVERED = "同样的文件再次送达 / the same bytes were delivered again"

Progress = Callable[[int, int, str], None]


class ArchiveError(Exception):
    """A delivery cannot be found, is named ambiguously, or cannot be taken; the message is bilingual."""

    exit_code = 2


@dataclass(frozen=True)
class Delivery:
    """One file as it was delivered.

    received_seq: the journal line that recorded it. event: 'received' (it counts), 'retracted', 'duplicate' (the bytes
    were held already), or, only as an answer of `take_in` and `restore`, 'restored'. first_seq: the line that first
    recorded these bytes. reason: why it was retracted, or that it came again after that; else None. received_at: UTC.
    path: the archived bytes. releases: its rows that a decision has released from quarantine, put in by `deciding`.
    """

    received_seq: int
    file_sha256: str
    file_name: str
    byte_count: int
    received_at: datetime
    event: str
    first_seq: int
    reason: str | None
    path: Path
    releases: tuple[Release, ...] = ()


def take_in(workspace: Workspace, settle_seconds: float = 0, on_progress: Progress | None = None) -> list[Delivery]:
    """Take every whole file of the inbox into the archive, in the order of their paths.

    settle_seconds: a file that changed within that time waits for the next call; so does one that grows while it is
    read, always. on_progress(done, total, name) is called after each file. Returns what was taken: 'received',
    'duplicate', or 'restored' for bytes that had been retracted. Raises DiskFull, JournalError; what had been taken by
    then stays taken.
    """
    arrivals = inbox.settled(waiting(workspace), settle_seconds)
    taken: list[Delivery] = []
    with _alone(workspace):
        held = {delivery.file_sha256: delivery for delivery in history(workspace) if delivery.event != "duplicate"}
        for number, path in enumerate(arrivals, start=1):
            if delivery := _take(workspace, path, held):
                taken.append(delivery)
                held[delivery.file_sha256] = replace(delivery, event="received")
            if on_progress:
                on_progress(number, len(arrivals), path.name)
    return taken


def deliveries(workspace: Workspace, up_to_seq: int | None = None) -> list[Delivery]:
    """The files that count: received and not retracted, by received_seq. up_to_seq: as of that line of the journal."""
    return [delivery for delivery in history(workspace, up_to_seq) if delivery.event == "received"]


def history(workspace: Workspace, up_to_seq: int | None = None) -> list[Delivery]:
    """Everything ever delivered, duplicates and retracted files among it, each as it stands now, by received_seq."""
    lines = journal.read(workspace.journal)
    return folded(workspace, [line for line in lines if up_to_seq is None or line["seq"] <= up_to_seq])


def retract(workspace: Workspace, name_or_sha: str, reason: str) -> Delivery:
    """Take a delivery out of the account again: journalled with the reason, the bytes stay, `restore` reverses it.

    name_or_sha: the file's name, or its SHA-256 or the first 8 digits or more of it. ArchiveError when no counting
    file or more than one goes by it.
    """
    return _decide(workspace, name_or_sha, reason, "received", "retracted")


def restore(workspace: Workspace, name_or_sha: str, reason: str) -> Delivery:
    """Let a retracted delivery count again, in its old place of the order of receipt; journalled with the reason."""
    return _decide(workspace, name_or_sha, reason, "retracted", "restored")


def delivery_table(workspace: Workspace, up_to_seq: int | None = None) -> pa.Table:
    """`archive.deliveries` as the warehouse holds it: one row a delivery, `received_at` in UTC."""
    import pyarrow as pa

    schema = pa.schema(
        [
            ("received_seq", pa.int64()),
            ("file_sha256", pa.string()),
            ("file_name", pa.string()),
            ("byte_count", pa.int64()),
            ("received_at", pa.timestamp("us")),
            ("event", pa.string()),
            ("first_seq", pa.int64()),
            ("reason", pa.string()),
        ]
    )
    rows = [vars(delivery) for delivery in history(workspace, up_to_seq)]
    columns = {name: [row[name] for row in rows] for name in schema.names}
    columns["received_at"] = [at.replace(tzinfo=None) for at in columns["received_at"]]
    return pa.table(columns, schema=schema)


def damaged(workspace: Workspace) -> list[Delivery]:
    """Deliveries whose archived bytes are missing or no longer have their SHA-256; every byte is read."""
    once = [delivery for delivery in history(workspace) if delivery.event != "duplicate"]
    return [delivery for delivery in once if not content_store.is_sound(workspace.archive, delivery.file_sha256)]


def _take(workspace: Workspace, path: Path, held: dict[str, Delivery]) -> Delivery | None:
    """Archive, journal, and only then remove one file; None when it is not whole, or not readable, yet."""
    copied = content_store.put(workspace.archive, path)
    if copied is None:
        return None
    before = held.get(copied.sha256)
    line = journal.append(workspace.journal, _event_of(before), **_fields(workspace, path, copied, before))
    _remove(path, copied.seen)
    return _delivery(workspace, line, copied.byte_count, before.first_seq if before else line["seq"])


def _event_of(before: Delivery | None) -> str:
    if before is None:
        return "received"
    return "restored" if before.event == "retracted" else "duplicate"


def _fields(workspace: Workspace, path: Path, copied: content_store.Copied, before: Delivery | None) -> dict[str, Any]:
    fields: dict[str, Any] = {"file_sha256": copied.sha256, "file_name": inbox.readable_name(path.name)}
    fields |= {"first_seq": before.first_seq} if before else {"byte_count": copied.byte_count}
    if path.parent != workspace.inbox:
        fields["folder"] = inbox.readable_name(path.parent.relative_to(workspace.inbox).as_posix())
    if before and before.event == "retracted":
        fields["reason"] = REDELIVERED
    return fields


def _remove(path: Path, seen: inbox.Look) -> None:
    # Whoever wrote to the file after it was read has new bytes in it: they stay and are taken next time.
    if inbox.look(path) != seen:
        return
    try:
        path.unlink()
    except OSError as error:
        raise ArchiveError(
            f"{path} 已归档，但无法从收件箱移除（{error.strerror}）；请检查收件箱的写权限。"
            f" / {path} is archived but cannot be removed from the inbox ({error.strerror}); check who may write there."
        ) from error


def _decide(workspace: Workspace, name_or_sha: str, reason: str, now: str, event: str) -> Delivery:
    if not reason.strip():
        raise ArchiveError("必须写明原因。 / a reason is required.")
    with _alone(workspace):
        chosen = _chosen(history(workspace), name_or_sha, now)
        line = journal.append(workspace.journal, event, file_sha256=chosen.file_sha256, reason=reason.strip())
    return replace(chosen, event=line["event"], reason=line["reason"])


def _chosen(everything: Sequence[Delivery], name_or_sha: str, now: str) -> Delivery:
    """The one file in state `now` that goes by this name, under whichever name it was delivered, or by this hash."""
    asked = name_or_sha.strip()
    is_hash = len(asked) >= SHORTEST_HASH and set(asked.lower()) <= set("0123456789abcdef")
    by_hash = {one.file_sha256 for one in everything if is_hash and one.file_sha256.startswith(asked.lower())}
    named = {one.file_sha256 for one in everything if one.file_name == asked} | by_hash
    found = [one for one in everything if one.file_sha256 in named and one.event == now]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{one.file_name} ({one.file_sha256[:12]})" for one in found or everything if one.event == now)
    if found:
        raise ArchiveError(
            f"“{asked}” 对应多份文件，请改用哈希：{known} / {asked!r} names several files, use the hash: {known}"
        )
    raise ArchiveError(
        f"没有可操作的文件 “{asked}”。现有：{known or '无'} / no file {asked!r} to act on. There are: {known or 'none'}"
    )


def folded(workspace: Workspace, lines: Iterable[journal.Line]) -> list[Delivery]:
    """The same, of journal lines already read."""
    rows: dict[int, Delivery] = {}
    first: dict[str, int] = {}
    for line in lines:
        if line["event"] not in EVENTS:
            continue
        file_sha256 = line["file_sha256"]
        first_seq = first.setdefault(file_sha256, line["seq"])
        if line["event"] == "received":
            rows[first_seq] = _delivery(workspace, line, line["byte_count"], first_seq)
            continue
        original = rows[first_seq]
        if line["event"] == "retracted":
            rows[first_seq] = replace(original, event="retracted", reason=line["reason"])
        elif line["event"] == "restored":
            rows[first_seq] = replace(original, event="received", reason=None)
        if "file_name" in line:
            again = _delivery(workspace, line, original.byte_count, first_seq)
            rows[line["seq"]] = replace(again, event="duplicate")
    return list(rows.values())


def _delivery(workspace: Workspace, line: journal.Line, byte_count: int, first_seq: int) -> Delivery:
    return Delivery(
        received_seq=line["seq"],
        file_sha256=line["file_sha256"],
        file_name=line["file_name"],
        byte_count=byte_count,
        received_at=datetime.fromisoformat(line["at"]),
        event=line["event"],
        first_seq=first_seq,
        reason=line.get("reason"),
        path=content_store.place(workspace.archive, line["file_sha256"]),
    )


@contextmanager
def _alone(workspace: Workspace) -> Iterator[None]:
    with naming_full_disk(workspace.archive):
        workspace.archive.mkdir(parents=True, exist_ok=True)
        with locking.exclusive(workspace.archive / ".lock"):
            yield
