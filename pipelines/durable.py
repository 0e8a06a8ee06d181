"""Writes that survive a crash, and the full disk named. It knows bytes and folders, neither deliveries nor builds."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)
# DuckDB, Arrow and SQLite say it in words: their own exceptions carry no errno.
_FULL_TEXTS = (os.strerror(errno.ENOSPC).lower(), os.strerror(errno.EDQUOT).lower(), "database or disk is full")
# SQLite without room for its write-ahead log says only this, as it does of a broken disk: the room left decides.
_PERHAPS_FULL_TEXT = "disk i/o error"
_NO_ROOM_BYTES = 1_000_000


class DiskFull(Exception):
    """No room left on a volume. `volume`: its mount point; `free_bytes`; `needed_bytes`: None when not known."""

    def __init__(self, path: Path, needed_bytes: int | None = None):
        self.volume = volume_of(path)
        self.free_bytes = free_bytes(path)
        self.needed_bytes = needed_bytes
        free = _megabytes(self.free_bytes)
        needed_zh = f"，需要 {_megabytes(needed_bytes)}" if needed_bytes else ""
        needed_en = f", {_megabytes(needed_bytes)} needed" if needed_bytes else ""
        super().__init__(
            f"磁盘空间不足：卷 {self.volume} 剩余 {free}{needed_zh}；已发布的数据仓库没有改动。"
            f"请清理空间（如 tanku prune）后重试。"
            f" / disk full: volume {self.volume} has {free} left{needed_en}; what is published was not touched."
            f" Free some space (e.g. `tanku prune`) and run again."
        )


def is_disk_full(error: BaseException | None) -> bool:
    """Whether `error`, or any error it came from, says that a volume or a quota is full."""
    return any(
        (isinstance(one, OSError) and one.errno in _FULL) or any(text in str(one).lower() for text in _FULL_TEXTS)
        for one in _history(error)
    )


@contextmanager
def naming_full_disk(path: Path) -> Iterator[None]:
    """Turn any error inside that comes from a full disk into DiskFull naming the volume `path` lies on."""
    try:
        yield
    except DiskFull:
        raise
    except Exception as error:
        if not (is_disk_full(error) or _is_without_room(error, path)):
            raise
        raise DiskFull(path) from error


def volume_of(path: Path) -> Path:
    """The mount point `path` lies on; a path that does not exist yet is judged by its nearest folder that does."""
    place = _nearest_existing(path)
    while not os.path.ismount(place):
        place = place.parent
    return place


def free_bytes(path: Path) -> int:
    """Bytes an ordinary user may still write on the volume of `path`."""
    return shutil.disk_usage(_nearest_existing(path)).free


def require_free(path: Path, needed_bytes: int) -> None:
    """Raise DiskFull unless `needed_bytes` are free on the volume of `path`."""
    if free_bytes(path) < needed_bytes:
        raise DiskFull(path, needed_bytes)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable: a rename is only safe once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte: `os.write` may stop half way, on a nearly full disk above all."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def write_whole(file: Path, data: bytes) -> None:
    """`file` holds all of `data` or what it held before, whenever the power goes: fsync, rename, fsync the folder."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    with naming_full_disk(file):
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            try:
                write_all(descriptor, data)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            temporary.replace(file)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(file.parent)


def _history(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those it came from; a chain of causes may run in a circle."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_without_room(error: BaseException, path: Path) -> bool:
    says_so = any(_PERHAPS_FULL_TEXT in str(one).lower() for one in _history(error))
    return says_so and free_bytes(path) < _NO_ROOM_BYTES


def _nearest_existing(path: Path) -> Path:
    place = path.absolute()
    while not place.exists():
        place = place.parent
    return place


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB"
