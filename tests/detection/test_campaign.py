"""The targets of detection power, on the whole benchmark of a seed. `make test` runs the planter and the scoring only."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests import campaigns
from tests.detection import running

SEED = 12


@pytest.mark.campaign
def test_what_people_do_wrong_is_found(tmp_path: Path) -> None:
    """Recall 95 %, all of what moves more than 5 % of a site's year, false alarms in 2 % of clean control-months."""
    started = time.monotonic()
    board = running.run(SEED, tmp_path, print)
    planted = f"{len(board.scored)} errors planted in the clean example, the whole pipeline run"
    campaigns.record(f"detection, seed {SEED}", planted, board.last_line(), time.monotonic() - started)
    wrong, judged = board.false_alarms
    assert len(board.counted) >= 200
    assert sum(one.is_found for one in board.counted) >= 0.95 * len(board.counted), board.text()
    assert all(one.is_found for one in board.large), board.text()
    assert wrong <= 0.02 * judged, board.text()
