"""What each written rule makes of a gap, from the file to the admitted reading. Expected values are worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pipelines import rules
from tests.dbt.candidate import Candidate

FEBRUARY, MARCH, APRIL, MAY = (date(2025, month, 1) for month in (2, 3, 4, 5))


def admitted(gapped: Candidate, parameter_id: str, day: date, columns: str) -> tuple[Any, ...]:
    (row,) = gapped.ask(
        f"select {columns} from readings.admitted where parameter_id = '{parameter_id}' and period_start = '{day}'"
    )
    return row


def test_every_rule_of_the_catalogue_is_there() -> None:
    listed = {row["rule_id"] for row in rules.rows("missing_data_rules")}
    assert listed >= {f"MD-{number:02d}" for number in range(1, 14)}


def test_a_short_gap_lies_on_a_straight_line_between_its_neighbours(gapped: Candidate) -> None:
    """MD-13: 10, ?, ?, 40."""
    values = [admitted(gapped, "DAILY-AD", date(2025, 1, day), "best_estimate, substitute")[:2] for day in (11, 12)]
    assert values == [(20, 20), (30, 30)]
    assert admitted(gapped, "DAILY-AD", date(2025, 1, 11), "basis, rule_id, quantity") == ("substituted", "MD-13", None)


def test_a_gap_longer_than_the_rule_answers_is_not_reportable(gapped: Candidate) -> None:
    """Four days where the line bridges three; 61 days where MD-04 bridges 31."""
    told = "basis, substitute, rule_id, failed_controls"
    for parameter_id, day in (("DAILY-AD", date(2025, 1, 22)), ("LONG-AD", MARCH), ("LONG-AD", APRIL)):
        assert admitted(gapped, parameter_id, day, told) == ("missing", None, None, "DQ10")
    rows = gapped.ask("""
        select status, emissions_tco2e from marts.fct_inventory
        where regime = 'gbt32150' and stream_id = 'LONG' and month = '2025-03-01'""")
    assert rows == [("incomplete", None)]


def test_a_lapsed_meter_adds_its_found_error_to_the_days_it_was_not_in_calibration(gapped: Candidate) -> None:
    """MD-05: 14 of 28 days of 10 m3 at 3 % (beyond the 2 % allowed), then 9 days of March; the reading itself stays."""
    told = "quantity, best_estimate, substitute, basis, rule_id, failed_controls"
    assert admitted(gapped, "GAS-IN-AD", FEBRUARY, told) == (280, 280, Decimal("284.2"), "substituted", "MD-05", "")
    assert admitted(gapped, "GAS-IN-AD", MARCH, told) == (310, 310, Decimal("312.7"), "substituted", "MD-05", "")
    assert admitted(gapped, "GAS-IN-AD", APRIL, told)[1:5] == (300, 300, "measured", None)


def test_where_less_is_conservative_the_permissible_error_is_taken_off(gapped: Candidate) -> None:
    """The error found, 1 %, lies within the 2 % that are allowed, so 2 % apply: 140 and 90 m3."""
    assert admitted(gapped, "HEAT-OUT-AD", FEBRUARY, "best_estimate, substitute") == (280, Decimal("277.2"))
    assert admitted(gapped, "HEAT-OUT-AD", MARCH, "best_estimate, substitute") == (310, Decimal("308.2"))


def test_the_plans_own_word_on_the_direction_outranks_the_streams(gapped: Candidate) -> None:
    rows = gapped.ask("""
        select parameter_id, direction from readings.conservative_directions
        where parameter_id in ('LONG-AD', 'UNIT-AD')""")
    assert dict(rows) == {"LONG-AD": "down", "UNIT-AD": "up"}


def test_a_lapse_that_no_rule_answers_keeps_the_month_from_being_reported(gapped: Candidate) -> None:
    """One meter has no permissible error in the plan, the other parameter names no rule."""
    for parameter_id in ("GAS-BARE-AD", "GAS-UNRULED-AD"):
        told = admitted(gapped, parameter_id, FEBRUARY, "substitute, basis, rule_id, failed_controls")
        assert told == (280, "measured", None, "DQ14")


def test_output_takes_the_lowest_of_its_sources(gapped: Candidate) -> None:
    """MD-06: 31 t a month of 31 days around make about 30.7 t for April; 27 t were sold."""
    best, substitute, rule = admitted(gapped, "MADE-AD", APRIL, "best_estimate, substitute, rule_id")
    assert (substitute, rule) == (27, "MD-06")
    # 6 months of 31 t on 31 + 28 + 31 + 31 + 30 + 31 days
    assert best == Decimal(str(round(6 * 31 * 30 / (31 + 28 + 31 + 31 + 30 + 31), 6)))


def test_a_regimes_own_rule_outranks_the_general_one(gapped: Candidate) -> None:
    """MD-10: without proof nothing is deducted; the market-based method does not estimate it either."""
    best, substitute = admitted(gapped, "GREEN-AD", MAY, "best_estimate, substitute")
    assert substitute == 0 and best > 45
    assert gapped.ask("""
        select regime, best_estimate, substitute from readings.regime_admitted where parameter_id = 'GREEN-AD'
    """) == [("ghgp_market", 0, 0)]
    account = gapped.ask("""
        select regime, emissions_tco2e from marts.fct_inventory
        where stream_id = 'GREEN' and month = '2025-05-01' order by 1""")
    assert account == [("gbt32150", 0), ("ghgp_market", 0)]


def test_each_substitution_is_on_record_with_rule_cause_and_plan_version(gapped: Candidate) -> None:
    rows = gapped.ask("""
        select parameter_id, period_start, rule_id, cause, direction, plan_version from marts.fct_substitutions
        where parameter_id in ('HEAT-OUT-AD', 'MADE-AD', 'GREEN-AD') order by all""")
    assert rows == [
        ("GREEN-AD", MAY, "MD-10", "nothing_came", "down", "1"),
        ("GREEN-AD", MAY, "MD-10", "nothing_came", "down", "1"),
        ("HEAT-OUT-AD", FEBRUARY, "MD-05", "out_of_calibration", "down", "1"),
        ("HEAT-OUT-AD", MARCH, "MD-05", "out_of_calibration", "down", "1"),
        ("MADE-AD", APRIL, "MD-06", "nothing_came", "down", "1"),
    ]


def test_nothing_read_is_overwritten(gapped: Candidate) -> None:
    ((changed,),) = gapped.ask("""
        select count(*) from readings.admitted inner join readings.planned using (planned_id)
        where admitted.quantity is distinct from planned.quantity
            or admitted.measured_quantity is distinct from planned.measured_quantity""")
    assert changed == 0
