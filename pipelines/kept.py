"""What pure steps made, kept by what they were made from: found whole or not at all. It knows no step and computes nothing.

It is no state: with an empty folder everything is made anew and comes out the same. So nothing here is synced to the disk,
and nothing that goes wrong with it stops a build.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_DIGEST_BYTES = 32


@dataclass(frozen=True)
class Kept:
    """Results in `folder`, a file each; of more than `most` the ones longest unused go."""

    folder: Path
    most: int

    def get(self, made_from: str, make: Callable[[], bytes]) -> bytes:
        """What was kept of `made_from`, else what `make` gives, which is then kept.

        made_from: a text that names every input of the step. Raises nothing of its own.
        """
        key = hashlib.sha256(made_from.encode()).hexdigest()
        found = self._find(key)
        if found is None:
            found = make()
            self._keep(key, found)
        return found

    def _find(self, key: str) -> bytes | None:
        """None for what is not there, was cut short or altered, or was made from something else."""
        file = self.folder / key
        try:
            held = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        digest, data = held[:_DIGEST_BYTES], held[_DIGEST_BYTES:]
        return data if digest == _digest(key, data) else None

    def _keep(self, key: str, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            part = self.folder / f".{key}.{os.getpid()}.part"
            try:
                part.write_bytes(_digest(key, data) + data)
                part.replace(self.folder / key)
            finally:
                part.unlink(missing_ok=True)
            self._forget()

    def _forget(self) -> None:
        files = sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for file in files[: max(len(files) - self.most, 0)]:
            file.unlink(missing_ok=True)


def _digest(key: str, data: bytes) -> bytes:
    # of the key too: another step's result, moved here, is not this one's
    return hashlib.sha256(key.encode() + data).digest()
