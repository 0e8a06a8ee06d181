"""Bytes stored under their own SHA-256, never altered. It knows no journal and looks inside no file."""

from __future__ import annotations

import hashlib
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from pipelines.archive import inbox
from pipelines.durable import sync_folder, write_all

_CHUNK = 1 << 20
_PARTIAL = ".incoming"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copied:
    """A file as it was put into the store. `seen`: how it looked from outside while it was read."""

    seen: inbox.Look
    sha256: str
    byte_count: int


def place(store: Path, sha256: str) -> Path:
    """Where the bytes of that hash lie: `<store>/<first two digits>/<hash>`."""
    return store / sha256[:2] / sha256


def put(store: Path, source: Path) -> Copied | None:
    """Copy and hash `source` in one pass, fsync, rename it to its hash; one caller at a time.

    None when it grew while it was read, or cannot be opened (which is logged): it stays where it is.
    """
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        _log.warning("无法读取 %s：%s / cannot be read: %s", source, error.strerror, error.strerror)
        return None
    partial = store / _PARTIAL
    try:
        seen = inbox.look_of(os.fstat(descriptor))
        sha256, byte_count = _copy(descriptor, partial)
        if inbox.look_of(os.fstat(descriptor)) != seen:
            return None
        # Put in place even when the bytes are held already: a damaged copy is healed by a good one.
        _rename(partial, place(store, sha256))
        return Copied(seen, sha256, byte_count)
    finally:
        os.close(descriptor)
        partial.unlink(missing_ok=True)


def is_sound(store: Path, sha256: str) -> bool:
    """Whether the stored bytes are there and still have their hash; reads all of them."""
    try:
        with place(store, sha256).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _copy(source: int, partial: Path) -> tuple[str, int]:
    digest, count = hashlib.sha256(), 0
    # A copy left by a killed process is thrown away whole: it is write-protected, and nothing says how far it got.
    partial.unlink(missing_ok=True)
    target = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    try:
        while chunk := os.read(source, _CHUNK):
            digest.update(chunk)
            write_all(target, chunk)
            count += len(chunk)
        os.fchmod(target, 0o444)
        os.fsync(target)
    finally:
        os.close(target)
    return digest.hexdigest(), count


def _rename(partial: Path, target: Path) -> None:
    if not target.parent.is_dir():
        target.parent.mkdir()
        sync_folder(target.parent.parent)
    partial.replace(target)
    sync_folder(target.parent)
