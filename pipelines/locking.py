"""Who may work now: the build lock and short exclusive sections. It knows no build and no file's contents."""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import socket
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.durable import naming_full_disk

# A look by `holder`, or tidying after a dead run, takes the lock for an instant: a newcomer that meets one tries again.
PATIENCE_SECONDS = 2.0


@dataclass(frozen=True)
class Holder:
    """Who holds the build lock. `started_at`: ISO 8601, UTC. `what`: 'tanku build', 'schedule', 'sensor' …"""

    pid: int
    host: str
    user: str
    started_at: str
    what: str

    def __str__(self) -> str:
        return f"{self.what} (pid {self.pid}, {self.user}@{self.host}, {self.started_at})"


class BuildLocked(Exception):
    """Another build runs. `holder`: who, or None when it has not written its name yet."""

    def __init__(self, holder: Holder | None):
        self.holder = holder
        who = str(holder or "?")
        super().__init__(
            f"另一个构建正在运行：{who}；请等它结束，再运行一次。"
            f" / another build is running: {who}; wait until it ends, then run again."
        )


class BuildLock:
    """At most one build a workspace, over `flock`: `with BuildLock(workspace.lock, "tanku build"): …`

    Waits two seconds at most, then raises BuildLocked naming the holder. When the holder dies, however it dies, the
    kernel frees the lock; whoever takes it next finds the dead holder's name in `interrupted`. The lock is not inherited
    by programs started while it is held (close-on-exec) nor by forked children: it never outlives who took it.
    what: None for a moment's tidying: the name in the file stays as it is, so that the lock can be had on a full disk,
    where tidying is needed most, and that the dead are still known afterwards.
    """

    def __init__(self, path: Path, what: str | None = "tanku build"):
        self.path = path
        self.what = what
        self.interrupted: Holder | None = None
        self._descriptor: int | None = None

    def __enter__(self) -> BuildLock:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock and write our name into it; BuildLocked when somebody else has it, DiskFull without room."""
        with naming_full_disk(self.path):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                _lock_or_refuse(descriptor)
                self.interrupted = _named_in(descriptor)
                if self.what is not None:
                    _write_name(descriptor, _ourselves(self.what))
            except BaseException:
                os.close(descriptor)
                raise
        self._descriptor = descriptor
        _held.add(self)

    def release(self) -> None:
        """Give the lock back with its name wiped: a name left in a free lock means that its holder died."""
        if self._descriptor is None:
            return
        if self.what is not None:
            os.ftruncate(self._descriptor, 0)
        self._drop()

    def _drop(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._descriptor = None
        _held.discard(self)


_held: weakref.WeakSet[BuildLock] = weakref.WeakSet()


def _drop_in_child() -> None:
    # Closing a forked copy leaves the parent's lock in place; keeping it would let the child outlive the build's lock.
    for lock in list(_held):
        lock._drop()


os.register_at_fork(after_in_child=_drop_in_child)


def holder(path: Path) -> Holder | None:
    """Who holds the build lock now; None when nobody living does (a dead holder's name left in the file counts not)."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except BlockingIOError:
        return _named_in(descriptor) or Holder(0, "?", "?", "?", "?")
    finally:
        os.close(descriptor)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """A short section that only one process at a time is in; waits for the other to leave."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def user_name() -> str:
    """The operating system's name for who runs this process; not taken from the environment, which anyone can set."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"uid {os.geteuid()}"


def _lock_or_refuse(descriptor: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BuildLocked(_named_in(descriptor)) from None
            time.sleep(0.02)


def _ourselves(what: str) -> Holder:
    started_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Holder(os.getpid(), socket.gethostname(), user_name(), started_at, what)


def _write_name(descriptor: int, holder: Holder) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(asdict(holder), ensure_ascii=False).encode("utf-8", "backslashreplace"), 0)


def _named_in(descriptor: int) -> Holder | None:
    with suppress(ValueError, TypeError):
        return Holder(**json.loads(os.pread(descriptor, 4096, 0)))
    return None
