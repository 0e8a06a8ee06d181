"""The scoring, on verdicts made up by hand: what points at an error, what explains an alarm, which tonnes escaped."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.detection.faults import Fault
from tests.detection.outcome import Outcome, Signal
from tests.detection.scoreboard import Scoreboard
from tests.detection.scoring import explains, points_at, score

FAULT = Fault("B1-001", "sign", ("NJ-F",), ("F-NG",), ("2024-03",), ("gas.csv",), rows=(("gas.csv", 7),))


def said(speaker: str = "DQ34", identity: str = "x", **given: Any) -> Signal:
    empty = dict.fromkeys(("facility_id", "stream_id", "first_month", "last_month", "file_name", "row_number"))
    return Signal(speaker, identity, **(empty | given))


def month(stream: str, label: str, **given: Any) -> Signal:
    return said(facility_id="NJ-F", stream_id=stream, first_month=label, last_month=label, **given)


@pytest.mark.parametrize(
    ("signal", "is_pointing"),
    [
        (month("F-NG", "2024-03"), True),
        (month("F-NG", "2024-04"), False),  # the month beside it
        (month("F-COAL", "2024-03"), False),  # another stream of the site
        (said(facility_id="NJ-F", first_month="2024-03", last_month="2024-03"), False),  # the site as a whole
        (said("quarantine NUM_NEGATIVE", file_name="gas.csv", row_number=7), True),
        (said("quarantine NUM_NEGATIVE", file_name="gas.csv", row_number=8), False),
        (said("quarantine NUM_NEGATIVE", file_name="coal.csv", row_number=7), False),
        (said("refused", file_name="gas.csv"), False),  # other errors may be in that file
        (said("DQ32", file_name="gas.csv", first_month="2024-03", last_month="2024-03"), True),
        (said("DQ32", file_name="gas.csv", first_month="2023-01", last_month="2025-12"), False),
    ],
)
def test_only_what_names_the_place_points_at_an_error(signal: Signal, is_pointing: bool) -> None:
    assert points_at(signal, FAULT) is is_pointing


def test_a_refused_file_points_at_the_one_error_in_it() -> None:
    alone = Fault("B1-002", "decimal comma", ("NJ-F",), ("F-NG",), ("2024-03",), ("gas.csv",), is_alone=True)
    alone.holds = frozenset({("F-NG", "2024-05")})
    assert points_at(said("refused", file_name="gas.csv"), alone)
    missed = month("F-NG", "2024-05")
    assert explains(alone, missed, {"gas.csv"}) and not explains(alone, missed, set())
    assert not points_at(missed, alone)


def test_a_year_and_a_wide_error_explain_and_do_not_point() -> None:
    whole_year = month("F-NG", "2024-01", identity="doors.annual_coverage|r|F-NG|2024")
    yearly = replace(whole_year, last_month="2024-12")
    assert explains(FAULT, yearly) and not points_at(yearly, FAULT)
    wide = Fault("B1-003", "output", ("NJ-F",), ("F-OUT",), ("2024-03",), ("out.csv",), wide=True)
    assert explains(wide, month("F-COAL", "2024-03")) and not points_at(month("F-COAL", "2024-03"), wide)
    assert not explains(FAULT, month("F-COAL", "2024-03"))


def _outcome(*signals: Signal, march: str = "100") -> Outcome:
    tonnes = {("r", "NJ-F", "F-NG", "2024-03"): Decimal(march), ("r", "NJ-F", "F-COAL", "2024-06"): Decimal(900)}
    return Outcome(frozenset(signals), tonnes, {("DQ10", "PASS"): 199, ("DQ10", "FAIL"): 1})


def test_tonnes_shares_and_the_last_line() -> None:
    """100 t of a site's 1,000 t: 40 t moved are 4 %, 160 t are 16 %; what was said of the clean build is not new."""
    old = month("F-NG", "2024-03", identity="old")
    clean = _outcome(old)
    (found,), alarms = score(clean, _outcome(old, month("F-NG", "2024-03"), march="260"), [FAULT])
    assert found.speakers == ("DQ34",) and found.moved_t == 160 and found.share == Decimal("0.16")
    assert [alarm.is_explained for alarm in alarms] == [True]
    (missed,), stray = score(clean, _outcome(old, month("F-COAL", "2024-06"), march="60"), [FAULT])
    assert not missed.is_found and missed.moved_t == 40
    assert [alarm.is_explained for alarm in stray] == [False]
    board = Scoreboard(1, clean, [found, missed], [*alarms, *stray])
    assert board.last_line() == "recall 50.0 %, above 5 %: 100.0 %, false alarms 0.5 %, escaped 40.0 t"
    assert board.text().endswith(board.last_line() + "\n")
    assert "| DQ34 | 2 | 50.0 | 50.0 | 1 | 0 |" in board.text()


def test_what_is_sent_again_is_absorbed_only_when_nothing_comes_of_it() -> None:
    again = Fault("B1-004", "again", ("NJ-F",), ("F-NG",), ("2024-03",), ("b.csv",), is_resent=True)
    clean = _outcome()
    (quiet,), _ = score(clean, _outcome(), [again])
    (moved,), _ = score(clean, _outcome(march="101"), [again])
    assert quiet.is_absorbed and not moved.is_absorbed
    assert Scoreboard(1, clean, [quiet, moved], []).last_line().startswith("recall 0.0 %")
