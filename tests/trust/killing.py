"""Runs a piece of work many times, each time in a process that is killed (SIGKILL) at another point of it.

Started by test_killed.py as a program of its own. A point is the n-th line of Python executed in `pipelines`; or of those
the n-th in a step where order is everything (STEPS); or the n-th write to a file, of which only half is then written.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from pipelines import archive, publishing, warehouse
from pipelines.publishing import digests, inputs
from pipelines.workspace import PROJECT_ROOT, Workspace

ROOMS = str(PROJECT_ROOT / "pipelines")
LOADED = (digests, warehouse)  # loaded once here, so that no killed process spends its time on loading them


def take_in(workspace: Workspace) -> None:
    """What arrives is taken in."""
    archive.take_in(workspace)


def publish(workspace: Workspace) -> None:
    """A build of version 2 is published; its warehouse was made beforehand."""
    publishing.start_candidate(workspace, needed_bytes=0)
    shutil.copyfile(workspace.root / "made_before.duckdb", workspace.candidate_warehouse)
    publishing.publish(workspace)


WORK: dict[str, Callable[[Workspace], None]] = {"take_in": take_in, "publish": publish}


# The functions in which one line too early or too late would lose a file or show half a build.
STEPS = {"take_in": {"_take", "_remove"}, "publish": {"seal", "_point_at", "_journal_pointer"}}
KINDS = ("line", "step", "write")


class Killer:
    """Counts the points of a piece of work; at point `strike` of kind `kind` it kills its own process."""

    def __init__(self, steps: set[str], kind: str = "", strike: int = -1):
        self.counts = dict.fromkeys(KINDS, 0)
        self.steps, self.kind, self.strike = steps, kind, strike
        self._write = os.write

    def run(self, work: Callable[[Workspace], None], workspace: Workspace) -> None:
        os.write = self.write
        sys.settrace(self.trace)
        try:
            work(workspace)
        finally:
            sys.settrace(None)
            os.write = self._write

    def reached(self, kind: str) -> bool:
        self.counts[kind] += 1
        return kind == self.kind and self.counts[kind] == self.strike

    def trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(ROOMS):
            return None
        if event == "line":
            is_here = frame.f_code.co_name in self.steps and self.reached("step")
            if self.reached("line") or is_here:
                os.kill(os.getpid(), signal.SIGKILL)
        return self.trace

    def write(self, descriptor: int, data: bytes) -> int:
        if self.reached("write"):
            self._write(descriptor, data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return self._write(descriptor, data)


def points(counts: dict[str, int], wanted: int, seed: int) -> list[tuple[str, int]]:
    """Every write, every line of the steps, and as many lines, chosen by `seed`, as are wanted (0: all of them)."""
    every = {kind: [(kind, number) for number in range(1, counts[kind] + 1)] for kind in KINDS}
    lines = every.pop("line")
    chosen = random.Random(seed).sample(lines, min(len(lines), wanted)) if wanted else lines
    return sorted(chosen) + ([*every["step"], *every["write"]] if wanted else every["write"])


def killed(work: str, template: Path, place: Path, kind: str, strike: int) -> bool:
    """Run the work on a copy of `template` and kill it at one point; whether it was killed."""
    shutil.copytree(template, place, symlinks=True)
    child = os.fork()
    if child == 0:
        Killer(STEPS[work], kind, strike).run(WORK[work], Workspace(place))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def main(name: str, template: Path, places: Path, wanted: int, seed: int) -> None:
    for part in ("PROJECT_ROOT", "DBT_PROJECT_DIR", "SEEDS_DIR", "EXPECTATIONS_DIR"):
        setattr(inputs, part, template / "no code")
    shutil.copytree(template, places / "unbroken", symlinks=True)
    counter = Killer(STEPS[name])
    counter.run(WORK[name], Workspace(places / "unbroken"))
    struck = [
        [kind, number, str(place)]
        for kind, number in points(counter.counts, wanted, seed)
        if killed(name, template, place := places / f"{kind}-{number}", kind, number)
    ]
    print(json.dumps({"counts": counter.counts, "struck": struck}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
