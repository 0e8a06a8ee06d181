"""SHA-256 of files, taken in a process of its own (hashing_child.py). It knows no build.

In a process of its own, because a process that opens and closes a DuckDB file it also has open as a database loses
DuckDB's lock on it. The child can also tell whether anybody still has a database open, its own parent included.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_CHILD = Path(__file__).with_name("hashing_child.py")


class StillOpen(Exception):
    """Some process still has the database open, so it may change yet. `path`: which."""

    def __init__(self, path: Path):
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

    `closed`: those that no process may have open as a DuckDB database; StillOpen names the first that one has. Raises
    OSError with the child's words when a file cannot be read or synced.
    """
    named = [*map(os.fsencode, closed), b"", *map(os.fsencode, paths)]
    child = subprocess.run(
        [sys.executable, "-I", "-S", _CHILD], input=b"".join(name + b"\0" for name in named), capture_output=True
    )
    if child.returncode:
        raise OSError(child.stderr.decode("utf-8", "replace").strip() or f"exit code {child.returncode}")
    answers = [line.split() for line in child.stdout.decode().splitlines()]
    if answers and answers[0][0] == "open":
        raise StillOpen(closed[int(answers[0][1])])
    return {path: FileHash(sha256, int(size)) for path, (sha256, size) in zip(paths, answers, strict=True)}
