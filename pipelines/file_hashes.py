"""SHA-256 of files, taken in a process of its own. It runs with the standard library alone and knows no build.

In a process of its own, because a process that opens and closes a DuckDB file it also has open as a database loses
DuckDB's lock on it. The child can also tell whether anybody still has a database open, its own parent included.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20


class StillOpen(Exception):
    """Some process still has the database open, so it may change yet. `path`: which."""

    def __init__(self, path: str):
        self.path = path
        super().__init__(
            f"{path} 仍被打开，不能封存；请先关闭所有连接。"
            f" / {path} is still open and cannot be sealed; close every connection first."
        )


@dataclass(frozen=True)
class FileHash:
    """One file's SHA-256 (hex) and size in bytes."""

    sha256: str
    byte_count: int


def hash_files(paths: Sequence[Path], closed: Sequence[Path] = ()) -> dict[Path, FileHash]:
    """Hash and fsync every file of `paths` in a child process.

    `closed`: those that no process may have open as a DuckDB database; StillOpen names the first that one has.
    """
    request = json.dumps({"paths": [os.fspath(path) for path in paths], "closed": [os.fspath(path) for path in closed]})
    child = subprocess.run(
        [sys.executable, "-I", "-S", __file__], input=request.encode(), capture_output=True, check=False
    )
    if child.returncode:
        raise OSError(child.stderr.decode("utf-8", "replace").strip() or f"exit code {child.returncode}")
    answer = json.loads(child.stdout)
    if answer["still_open"]:
        raise StillOpen(answer["still_open"])
    return {path: FileHash(*pair) for path, pair in zip(paths, answer["hashes"], strict=True)}


def is_open(path: str) -> bool:
    """Whether another process holds a lock on the whole file, as DuckDB does while a database is open."""
    with open(path, "r+b") as stream:  # noqa: PTH123 - started on every build: pathlib would double the start-up time
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return True
    return False


def hash_and_sync(path: str) -> tuple[str, int]:
    """SHA-256 and byte count of one file, whose bytes are on the disk when this returns."""
    digest, count = hashlib.sha256(), 0
    with open(path, "rb") as stream:  # noqa: PTH123 - see is_open
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            count += len(chunk)
        os.fsync(stream.fileno())
    return digest.hexdigest(), count


def _answer(request: dict[str, list[str]]) -> dict[str, object]:
    for path in request["closed"]:
        if is_open(path):
            return {"still_open": path, "hashes": []}
    return {"still_open": None, "hashes": [hash_and_sync(path) for path in request["paths"]]}


if __name__ == "__main__":
    json.dump(_answer(json.load(sys.stdin)), sys.stdout)
