"""A small volume of its own, for tests that fill a disk for real. Where none can be mounted they are skipped."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines import durable


@contextmanager
def mounted(mount_point: Path, size: int) -> Iterator[Path]:
    """A tmpfs of `size` bytes on `mount_point`; skips the test where mounting is not allowed (needs root)."""
    mount_point.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(mount_point)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no small volume can be mounted here (needs root)")
    try:
        yield mount_point
    finally:
        subprocess.run(["umount", str(mount_point)], check=True)


def resize(mount_point: Path, size: int) -> None:
    """Make the volume larger or smaller, with everything on it."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(mount_point)], check=True)


def fill(mount_point: Path, leaving: int = 0) -> Path:
    """Take all room on the volume but `leaving` bytes."""
    ballast = mount_point / "ballast"
    ballast.write_bytes(b"x" * max(0, durable.free_bytes(mount_point) - leaving))
    return ballast
