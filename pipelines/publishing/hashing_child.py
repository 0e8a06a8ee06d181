"""The child of file_hashes.py: hashes the files named on its input. A program of its own; imports nothing of ours.

Input: paths that must be closed, an empty path, paths to hash; each ends in NUL. Output: one line a file, `<sha256>
<bytes>`, or the single line `open <n>` when the n-th of the first paths is still open somewhere.
"""

import fcntl
import hashlib
import os
import sys

_CHUNK = 1 << 20


def is_open(path: bytes) -> bool:
    """Whether another process holds a lock on the whole file, as DuckDB does while a database is open."""
    with open(path, "r+b") as stream:  # noqa: PTH123 - pathlib would double the start-up time of this program
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return True
    return False


def hash_and_sync(path: bytes) -> str:
    """SHA-256 and byte count of one file, whose bytes are on the disk when this returns."""
    digest, count = hashlib.sha256(), 0
    with open(path, "rb") as stream:  # noqa: PTH123 - see is_open
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            count += len(chunk)
        os.fsync(stream.fileno())
    return f"{digest.hexdigest()} {count}"


def main() -> None:
    """Answer the request on standard input."""
    *paths, _ = sys.stdin.buffer.read().split(b"\0")
    middle = paths.index(b"")
    for number, path in enumerate(paths[:middle]):
        if is_open(path):
            print("open", number)
            return
    for path in paths[middle + 1 :]:
        print(hash_and_sync(path))


if __name__ == "__main__":
    main()
