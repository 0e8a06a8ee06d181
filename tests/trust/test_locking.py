"""The build lock: one build at a time, whoever starts it and however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines import locking

HOLD = """
import pathlib, sys, time
from pipelines.locking import BuildLock, BuildLocked
while time.time() < float(sys.argv[2]): pass
try:
    with BuildLock(pathlib.Path(sys.argv[1]), "schedule"):
        {inside}
        print("held", flush=True)
        sys.stdin.readline()
except BuildLocked as refused:
    print("refused", refused.holder.pid, flush=True)
"""


def start(lock: Path, at: float = 0, inside: str = "pass") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD.format(inside=inside), str(lock), str(at)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@contextmanager
def held_elsewhere(lock: Path, inside: str = "pass") -> Iterator[subprocess.Popen[str]]:
    with start(lock, inside=inside) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        if process.poll() is None:
            process.kill()


def test_of_five_builds_started_together_one_runs_and_the_others_name_it(tmp_path: Path) -> None:
    lock = tmp_path / ".build.lock"
    processes = [start(lock, at=time.time() + 1) for _ in range(5)]
    answers = {process.pid: process.stdout.readline().split() for process in processes}
    winner = [pid for pid, answer in answers.items() if answer == ["held"]]
    assert len(winner) == 1
    assert sorted(answers.values())[1:] == [["refused", str(winner[0])]] * 4
    for process in processes:
        process.communicate("\n", timeout=10)
    assert locking.holder(lock) is None


def test_a_refusal_names_the_holder_in_both_languages_and_does_not_wait(tmp_path: Path) -> None:
    lock = tmp_path / ".build.lock"
    with held_elsewhere(lock) as process:
        started = time.monotonic()
        with pytest.raises(locking.BuildLocked) as refused, locking.BuildLock(lock):
            pass
        assert time.monotonic() - started < 5
        assert refused.value.holder == locking.holder(lock)
        assert refused.value.holder.pid == process.pid
        assert refused.value.holder.what == "schedule"
        assert "另一个构建" in str(refused.value)
        assert f"another build is running: schedule (pid {process.pid}" in str(refused.value)


def test_a_killed_holder_frees_the_lock_and_is_named_as_interrupted(tmp_path: Path) -> None:
    lock = tmp_path / ".build.lock"
    with held_elsewhere(lock) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
        assert locking.holder(lock) is None
        with locking.BuildLock(lock) as ours:
            assert ours.interrupted.pid == process.pid
    with locking.BuildLock(lock) as ours:
        assert ours.interrupted is None


CHILDREN = {
    "a program started by it": "import subprocess; child = subprocess.Popen(['sleep', '60'], close_fds=False).pid",
    "a fork of it": "import os; child = os.fork() or (time.sleep(60), os._exit(0))",
}


@pytest.mark.parametrize("inside", CHILDREN.values(), ids=CHILDREN.keys())
def test_the_lock_does_not_outlive_its_holder_in(tmp_path: Path, inside: str) -> None:
    lock, note = tmp_path / ".build.lock", tmp_path / "child"
    with held_elsewhere(lock, f"{inside}; pathlib.Path({str(note)!r}).write_text(str(child))") as process:
        child = int(note.read_text())
        try:
            assert locking.holder(lock).pid == process.pid
            process.kill()
            process.wait(timeout=10)
            os.kill(child, 0)
            with locking.BuildLock(lock) as ours:
                assert ours.interrupted.pid == process.pid
        finally:
            os.kill(child, signal.SIGKILL)


def test_within_one_process_the_second_is_refused_too(tmp_path: Path) -> None:
    lock = tmp_path / ".build.lock"
    with locking.BuildLock(lock, "tanku build"):
        with pytest.raises(locking.BuildLocked) as refused:
            locking.BuildLock(lock).acquire()
        assert refused.value.holder.pid == os.getpid()
    never_taken = locking.BuildLock(lock)
    never_taken.release()
    with locking.BuildLock(lock):
        assert locking.holder(lock) is not None


def test_looking_who_holds_it_never_gets_in_the_way(tmp_path: Path) -> None:
    lock = tmp_path / ".build.lock"
    assert locking.holder(lock) is None
    assert not lock.exists(), "a look must not make the file"
    watcher = "import sys, pathlib\nfrom pipelines import locking\nprint('looking', flush=True)\n"
    watcher += "while True: locking.holder(pathlib.Path(sys.argv[1]))"
    lock.touch()
    with subprocess.Popen([sys.executable, "-c", watcher, str(lock)], stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        try:
            for _ in range(200):
                with locking.BuildLock(lock):
                    pass
        finally:
            process.kill()
