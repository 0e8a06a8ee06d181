"""What was due and what came, and what a gap is filled with. Expected values are computed here by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.dbt.candidate import Candidate
from tests.dbt.test_readings import rounded


def planned(candidate: Candidate, columns: str, parameter_id: str, period_start: date, table: str = "planned") -> Any:
    (row,) = candidate.ask(
        f"select {columns} from readings.{table} where parameter_id = '{parameter_id}' and period_start = '{period_start}'"
    )
    return row


def admitted(candidate: Candidate, parameter_id: str, period_start: date) -> Any:
    columns = "fill_best_estimate, fill_substitute, best_estimate, substitute, basis, rule_id"
    return planned(candidate, columns, parameter_id, period_start, "admitted")


MARCH_2024, JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE = (
    date(2024, 3, 1),
    *(date(2025, month, 1) for month in (1, 2, 3, 4, 5, 6)),
)


def test_every_ended_period_of_every_parameter_is_there_whether_anything_came_or_not(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select parameter_id, count(*), min(period_start), max(period_end) from readings.planned
        where parameter_id in ('EL', 'EL-DAY', 'BILL-V1', 'BILL-V2', 'OIL') group by parameter_id order by parameter_id""")
    first, last = date(2024, 1, 1), date(2025, 7, 1)
    assert rows == [
        ("BILL-V1", 15, first, date(2025, 3, 11)),
        ("BILL-V2", 4, date(2025, 3, 11), last),
        ("EL", 18, first, last),
        ("EL-DAY", 547, first, last),
        ("OIL", 18, first, last),
    ]


def test_a_whole_month_has_a_quantity_and_a_gap_has_none(candidate: Candidate) -> None:
    columns = "quantity, measured_quantity, hours_expected, hours_missing, basis"
    # 28 days of 9.6 kWh, one of 19.2, one of 9.6 again, one of 38.4
    assert planned(candidate, columns, "EL", JANUARY) == (Decimal("0.336"), Decimal("0.336"), 744, 0, "measured")
    assert planned(candidate, columns, "EL", FEBRUARY) == (None, Decimal("0.264"), 672, 12, "measured")
    assert planned(candidate, columns, "EL", MARCH) == (None, Decimal("0.2784"), 744, 48, "measured")
    assert planned(candidate, columns, "COAL", APRIL) == (None, None, 720, 720, "missing")
    assert planned(candidate, columns, "EL-DAY", date(2025, 2, 10)) == (None, Decimal("4.8"), 24, 12, "measured")


def test_a_day_of_a_clock_change_has_its_own_hours(candidate: Candidate) -> None:
    columns = "quantity, hours_expected, hours_missing"
    assert planned(candidate, columns, "DST", MARCH) == (Decimal(31 * 96 - 4), 743, 0)


def test_half_a_bill_month_is_not_a_month(candidate: Candidate) -> None:
    columns = "quantity, hours_missing, basis"
    assert planned(candidate, columns, "BILL-1", date(2024, 12, 1)) == (None, 15 * 24, "apportioned")
    assert planned(candidate, "quantity is null, hours_missing", "BILL-1", FEBRUARY) == (False, 0)


def test_the_weather_is_a_reading_a_day(candidate: Candidate) -> None:
    assert planned(candidate, "quantity, unit", "AIR", date(2025, 3, 2)) == (Decimal(2), "℃")


def test_a_meter_is_calibrated_over_unbroken_certificates_until_it_fails(candidate: Candidate) -> None:
    found = {
        month: planned(candidate, "is_calibrated", "EL", month)[0] for month in (FEBRUARY, MARCH, APRIL, MAY, JUNE)
    }
    assert found == {FEBRUARY: True, MARCH: True, APRIL: False, MAY: False, JUNE: True}
    assert planned(candidate, "calibration_due_on", "EL", APRIL) == (date(2025, 4, 20),)
    assert planned(candidate, "is_calibrated", "DST", MARCH) == (False,)
    assert planned(candidate, "is_calibrated", "BILL-1", MARCH) == (None,)


def test_the_bill_is_compared_with_the_meter_over_the_same_days(candidate: Candidate) -> None:
    columns = "cross_check_quantity, cross_check_gap"
    assert planned(candidate, columns, "EL-BILL", APRIL) == (288, 0)
    assert planned(candidate, columns, "EL-BILL", MAY) == (300, Decimal("0.008"))
    assert planned(candidate, columns, "EL-BILL", MARCH) == (Decimal("300.5"), None)
    assert planned(candidate, columns, "EL-BILL", JUNE) == (None, None)


def test_each_month_names_the_version_of_the_plan(candidate: Candidate) -> None:
    assert planned(candidate, "plan_version", "EL", MARCH_2024) == ("1",)
    assert planned(candidate, "plan_version", "EL", JANUARY) == ("2",)


def test_nothing_measured_is_changed_by_admission(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select count(*), count(*) filter (where best_estimate = quantity and substitute = quantity
            and fill_substitute = 0 and rule_id is null) from readings.admitted where quantity is not null""")
    assert rows[0][0] == rows[0][1] > 20


def test_a_gap_is_filled_from_its_neighbours_and_last_year_up_to_rated_capacity(candidate: Candidate) -> None:
    """MD-04. The neighbours of February and March 2025 run above the rated 0.45 kW, and so does March 2024."""
    fill = Decimal("0.45") * 12 / 1000
    expected = (fill, fill, Decimal("0.264") + fill, Decimal("0.264") + fill, "substituted", "MD-04")
    assert admitted(candidate, "EL", FEBRUARY) == expected


def test_the_mean_takes_three_whole_periods_each_side(candidate: Candidate) -> None:
    """Coal of April: January to March before it, only May (90 kg) behind it."""
    rate = Fraction(600 + 700 + Fraction("700.5") + 90, 1000) / ((31 + 28 + 31 + 31) * 24)
    fill = rounded(rate * 720)
    assert admitted(candidate, "COAL", APRIL) == (fill, fill, fill, fill, "substituted", "MD-04")
    after = rounded(Fraction(700 + Fraction("700.5") + 90, 1000) / ((28 + 31 + 31) * 24) * 720)
    assert admitted(candidate, "COAL", JUNE)[0] == after


def test_a_day_is_filled_from_the_days_around_it(candidate: Candidate) -> None:
    """5 and 6 March 2025 never came: the days around give 9.6 kWh, 5 March 2024 gave 28.8, rated are 10.8."""
    assert admitted(candidate, "EL-DAY", date(2025, 3, 5))[:2] == (Decimal("9.6"), Decimal("10.8"))
    half_a_day = Decimal("4.8")
    assert admitted(candidate, "EL-DAY", date(2025, 2, 10))[:4] == (
        half_a_day,
        half_a_day,
        half_a_day * 2,
        half_a_day * 2,
    )


def test_the_bill_fills_a_gap_of_the_meter_where_there_is_one(candidate: Candidate) -> None:
    """MD-07: March has a bill; February has none and falls back to MD-04."""
    march = admitted(candidate, "EL-BILL", MARCH)
    assert march[1:4:2] == (Decimal("300.5") - Decimal("278.4"), Decimal("300.5"))
    assert march[4:] == ("substituted", "MD-07")
    assert admitted(candidate, "EL-BILL", FEBRUARY)[3] == Decimal(264) + Decimal("5.4")


def test_a_substitute_never_lowers_emissions_against_the_best_estimate(candidate: Candidate) -> None:
    holds = (
        "case conservative_direction when 'down' then best_estimate >= substitute else substitute >= best_estimate end"
    )
    rows = candidate.ask(f"""
        select count(*), count(*) filter (where {holds})
        from readings.admitted inner join rules.stream_types using (stream_type) where basis = 'substituted'""")
    assert rows[0][0] == rows[0][1] > 10


def test_an_exported_gap_is_filled_low(candidate: Candidate) -> None:
    """14 February: the months around export 8 kWh an hour; there is no year before, so both values agree."""
    fill = rounded(Fraction(2 * 31 * 192, 2 * 744) * 24)
    assert admitted(candidate, "OUT", FEBRUARY)[:2] == (fill, fill)


def test_a_gap_without_a_rule_stays_a_gap(candidate: Candidate) -> None:
    assert admitted(candidate, "EL-NONE", MARCH) == (None, None, None, None, "missing", None)
    assert planned(candidate, "failed_controls", "EL-NONE", MARCH, "admitted") == ("DQ10",)


def test_a_property_without_a_sample_is_left_to_the_methods_default(candidate: Candidate) -> None:
    assert admitted(candidate, "NCV", MARCH) == (None, None, None, None, "default", "MD-03")


def test_a_filled_gap_answers_completeness_and_nothing_else(candidate: Candidate) -> None:
    assert planned(candidate, "failed_controls", "EL", MARCH, "admitted") == ("",)
    assert planned(candidate, "failed_controls", "OUT", FEBRUARY, "admitted") == ("DQ14",)
    assert planned(candidate, "failed_controls, basis, best_estimate = quantity", "EL", APRIL, "admitted") == (
        "DQ14",
        "measured",
        True,
    )


def test_stock_balances_show_their_imbalance_and_their_tolerance(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select month, imbalance, opening_gap, tolerance_quantity from checks.fuel_stocks order by month""")
    least, half_a_percent = Decimal("0.0025"), Decimal("0.005")
    assert rows == [
        (JANUARY, 0, None, least),
        (FEBRUARY, Decimal("0.005"), 0, half_a_percent),
        (MARCH, Decimal("-0.0005"), Decimal("-0.005"), half_a_percent),
        (MAY, 0, None, Decimal("0.001")),
    ]
