"""`make detection SEED=n`: plants, runs, scores, prints the scoreboard. Its last line holds the four figures.

It decides nothing: with TANKU_RECORD the board is also written to SCOREBOARD.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.detection import running

BOARD = Path(__file__).with_name("SCOREBOARD.md")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.detection", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keeps the workspaces there; default: a temporary folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="detection") as temporary:
        board = running.run(given.seed, given.folder or Path(temporary), _tell)
    if os.environ.get("TANKU_RECORD"):
        BOARD.write_text(board.text(), encoding="utf-8")
    print(board.text(), end="")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
