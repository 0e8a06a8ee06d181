"""What lies in the inbox, and whether a file there is whole. It opens no file; its room does."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from pipelines.workspace import Workspace

# Names under which editors, browsers and copying programs keep files that are not finished.
IGNORED_NAMES = (".*", "*.part", "~$*")

Look = tuple[int, int, int, int, int]


def waiting(workspace: Workspace) -> list[Path]:
    """The files that the next take-in looks at, sub-folders included, sorted by path.

    Hidden and temporary names are left alone, and so is whatever is not an ordinary file (a link may lead anywhere).
    """
    return [path for path, reason in _lying(workspace.inbox) if reason is None]


def left_lying(workspace: Workspace) -> list[tuple[Path, str]]:
    """What no take-in will ever touch, each with the reason (zh / en)."""
    return [(path, reason) for path, reason in _lying(workspace.inbox) if reason is not None]


def is_settled(path: Path, seconds: float) -> bool:
    """Whether the file has stopped growing: same size and times over two looks at least `seconds` apart.

    A file untouched for that long is settled at once; a younger one is waited for, at most `seconds`.
    """
    return bool(settled([path], seconds))


def settled(paths: Sequence[Path], seconds: float) -> list[Path]:
    """Those of `paths` that have stopped growing, in their order; waits once for all of them."""
    first = {path: look(path) for path in paths}
    if seconds > 0:
        time.sleep(max((_still_to_wait(seen, seconds) for seen in first.values()), default=0))
    return [path for path in paths if first[path] and look(path) == first[path]]


def look(path: Path) -> Look | None:
    """What a look from outside shows of a file: device, inode, size and both times. None when it is gone."""
    try:
        return look_of(path.lstat())
    except FileNotFoundError:
        return None


def look_of(found: os.stat_result) -> Look:
    """The same, of a file already opened."""
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def readable_name(name: str) -> str:
    """A file's or folder's name as text. Names written by an old Windows arrive as GBK bytes and are read as such."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _still_to_wait(seen: Look | None, seconds: float) -> float:
    # The time of change cannot be set by a copying program, the time of modification can; a clock that runs ahead
    # elsewhere (a network share) gives a negative age, which is waited for in full.
    if seen is None:
        return 0
    age = time.time() - max(seen[3:]) / 1e9
    return min(seconds, max(0, seconds - age))


def _lying(folder: Path) -> Iterator[tuple[Path, str | None]]:
    for entry in _listed(folder):
        mode = _mode(entry)
        if mode is None:
            continue
        if any(fnmatchcase(entry.name, pattern) for pattern in IGNORED_NAMES):
            yield entry, "临时或隐藏文件 / hidden or temporary"
        elif stat.S_ISDIR(mode):
            yield from _lying(entry)
        elif not stat.S_ISREG(mode):
            yield entry, "不是普通文件（链接或设备） / not an ordinary file (a link or a device)"
        else:
            yield entry, None


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _mode(entry: Path) -> int | None:
    # Between the listing and this look somebody else may have taken the file in, or its sender taken it back.
    try:
        return entry.lstat().st_mode
    except FileNotFoundError:
        return None
