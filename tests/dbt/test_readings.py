"""From figures to readings: units, spans, registers, overlaps. Expected values are computed here by hand."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import duckdb

from pipelines import warehouse
from pipelines.workspace import SEEDS_DIR
from tests.dbt.candidate import Candidate

JANUARY, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)


def measured(candidate: Candidate, parameter_id: str, month: date) -> Decimal | None:
    ((quantity,),) = candidate.ask(
        f"select measured_quantity from readings.planned where parameter_id = '{parameter_id}' and period_start = '{month}'"
    )
    return quantity


def reasons(candidate: Candidate, parameter_id: str) -> set[tuple[str | None, bool]]:
    """Each reason of a parameter's readings, and whether a quantity stands beside it."""
    return set(
        candidate.ask(
            f"select reason, quantity is not null from readings.readings where parameter_id = '{parameter_id}'"
        )
    )


def rounded(value: Fraction, places: int = 6) -> Decimal:
    """Half up, away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole) if value >= 0 else -Decimal(whole)).scaleb(-places)


def test_a_bill_over_two_months_is_spread_by_day_and_its_days_add_up(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select span_start, count(*), sum(quantity), max(source_quantity), max(source_unit), bool_and(basis = 'apportioned')
        from readings.readings where parameter_id = 'BILL-1' group by span_start order by span_start""")
    assert rows == [
        (date(2024, 12, 16), 31, Decimal(100), Decimal(100), "kWh", True),
        (date(2025, 1, 16), 31, Decimal("-31.0000005"), Decimal("-31.0000005"), "kWh", True),
        (date(2025, 2, 16), 31, Decimal(1_000_000), Decimal(1000), "MWh", True),
    ]
    first = rounded(Fraction(100 * 16, 31))
    assert measured(candidate, "BILL-1", date(2024, 12, 1)) == first
    before = rounded(Fraction("-31.0000005") * 16 / 31)
    assert measured(candidate, "BILL-1", JANUARY) == 100 - first + before
    assert measured(candidate, "BILL-1", FEBRUARY) == Decimal("-31.0000005") - before + rounded(
        Fraction(13_000_000, 31)
    )


def test_every_day_of_a_spread_span_has_the_sign_of_the_span(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select count(*) from readings.readings where basis = 'apportioned' and sign(quantity) <> sign(source_quantity)""")
    assert rows == [(0,)]


def test_a_bill_goes_to_the_version_of_the_parameter_that_was_in_force(candidate: Candidate) -> None:
    assert measured(candidate, "BILL-V1", MARCH) == 100
    assert measured(candidate, "BILL-V2", date(2025, 3, 11)) == Decimal("0.21")


def test_a_span_inside_one_month_stays_whole(candidate: Candidate) -> None:
    rows = candidate.ask("select quantity, basis, hours_missing from readings.readings where parameter_id = 'G-SAME'")
    assert sorted(rows) == [(Decimal(30), "measured", 0), (Decimal(300), "measured", 0)]


def test_a_span_over_midnight_is_spread_by_its_hours(candidate: Candidate) -> None:
    """540 m3 between 31 January 08:30 and 1 March 08:30: 29 days, of which 15.5 h, 28 days and 8.5 h."""
    january = 1460 + rounded(Fraction(540) * Fraction(31, 2) / (29 * 24))
    assert measured(candidate, "G-EIGHT", JANUARY) == january
    march = measured(candidate, "G-EIGHT", MARCH)
    assert march is not None
    assert abs(march - rounded(Fraction(540) * Fraction(17, 2) / (29 * 24))) <= Decimal("0.000001")
    assert sum(measured(candidate, "G-EIGHT", month) or 0 for month in (JANUARY, FEBRUARY, MARCH)) == 2000
    ((by_day,),) = candidate.ask("select sum(quantity) from readings.readings where parameter_id = 'G-DAY'")
    assert by_day == 2000


def test_registers_subtract_multiply_and_say_why_they_do_not(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select meter_id, end_at, quantity, reason, flag, start_row is not null from readings.register_intervals
        where meter_id not in ('EIGHT') order by meter_id, end_at""")
    february, march = datetime(2025, 2, 1), datetime(2025, 3, 1)
    assert rows == [
        ("FAST", february, None, "REG_BACKWARDS", None, True),  # 510,000 m3 is more than 744 h of 600 m3
        ("NEW", february, Decimal(398), None, None, True),
        ("OLD", datetime(2025, 1, 15, 10), Decimal(1400), None, None, True),
        ("RATIO", february, Decimal(100), None, None, True),
        ("RATIO", march, None, "REG_MULTIPLIER_CHANGED", None, True),
        ("ROLL", february, Decimal(4000), None, "REG_ROLLOVER", True),
        ("ROLL", march, None, "REG_BACKWARDS", None, True),
        ("SAME", datetime(2025, 1, 11), Decimal(300), None, None, True),
        ("SAME", february, Decimal(30), None, None, True),
    ]


def test_a_replaced_meter_leaves_no_hole_in_its_point(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select quantity, hours_missing, readings_count from readings.planned
        where parameter_id = 'G-SWAP' and period_start = '2025-01-01'""")
    assert rows == [(Decimal(1798), 0, 2)]


def test_the_roll_over_is_told_outside_dbt_by_the_same_model() -> None:
    query = warehouse.render_model("readings/register_intervals.sql", {"stg_register_readings": "r", "meters": "m"})
    with duckdb.connect() as connection:
        connection.execute("""
            create table r as select 'm' as meter_id, 'import' as channel, read_at,
                cast(register as decimal(38, 12)) as register, 'kWh' as unit, cast(200 as decimal(38, 12)) as multiplier,
                6 as register_digits, '' as event, 'f' as file_sha256, '' as sheet, row_first, true as is_current
            from (values (timestamp '2025-03-01', 999990.5, 2), (timestamp '2025-04-01', 10.5, 3))
                as given(read_at, register, row_first)""")
        connection.execute("""
            create table m (meter_id varchar, channel varchar, unit varchar, multiplier decimal(38, 12),
                register_digits integer, rated_per_hour decimal(38, 12), valid_from date, valid_to date)""")
        rows = connection.sql(query).project("quantity, reason, flag, row_first, start_row").fetchall()
    assert rows == [(Decimal(4000), None, "REG_ROLLOVER", 3, 2)]


def test_units_convert_exactly_and_only_within_their_dimension(candidate: Candidate) -> None:
    assert measured(candidate, "GAS", JANUARY) == Decimal("28316.846592")  # 1000 Mcf of 0.3048 m cubed
    assert measured(candidate, "GAS-NCV", JANUARY) == rounded(
        Fraction("1.03") * Fraction("1.05505585262") / Fraction("28.316846592"), 12
    )
    assert reasons(candidate, "BILL-3") == {("UNIT_DIMENSION", False)}
    assert reasons(candidate, "REACTIVE") == {("UNIT_DIMENSION", False)}
    rows = candidate.ask(
        "select distinct source_quantity, source_unit from readings.readings where parameter_id = 'BILL-3'"
    )
    assert rows == [(Decimal(300), "t")]


def test_overlapping_spans_are_both_refused(candidate: Candidate) -> None:
    assert reasons(candidate, "BILL-2") == {("SPAN_OVERLAP", False)}
    assert reasons(candidate, "BOTH") == {("SPAN_OVERLAP", False)}
    assert reasons(candidate, "MADE") == {(None, True), ("SPAN_OVERLAP", False)}
    assert measured(candidate, "MADE", FEBRUARY) is None


def test_every_reason_has_its_texts_in_both_languages(candidate: Candidate) -> None:
    given = {reason for (reason,) in candidate.ask("select distinct reason from readings.readings") if reason}
    with (SEEDS_DIR / "every_sector" / "reason_codes.csv").open(encoding="utf-8", newline="") as stream:
        texts = {row["code"] for row in csv.DictReader(stream) if row["message_zh"] and row["message_en"]}
    assert len(given) == 6
    assert given <= texts


def test_certificates_of_one_month_add_up(candidate: Candidate) -> None:
    assert measured(candidate, "GREEN", JANUARY) == 10


def test_assays_are_averaged_as_received_in_the_plans_unit(candidate: Candidate) -> None:
    assert measured(candidate, "NCV", JANUARY) == rounded(Fraction("69.5") / 3, 12)
    assert measured(candidate, "NCV", FEBRUARY) == Decimal("20.934")  # 5000 kcal/kg of 4.1868 kJ


def test_movements_net_their_reversals_and_block_on_an_unknown_code(candidate: Candidate) -> None:
    assert measured(candidate, "OIL", JANUARY) == Decimal("75.5")
    rows = candidate.ask("""
        select quantity, measured_quantity, hours_missing from readings.planned
        where parameter_id = 'OIL' and period_start in ('2025-02-01', '2025-03-01') order by period_start""")
    assert rows == [(None, None, 672), (None, Decimal(7), 744)]
    assert ("CODE_UNKNOWN", False) in reasons(candidate, "OIL")


def test_balances_are_taken_and_not_added(candidate: Candidate) -> None:
    assert measured(candidate, "COAL-OPEN", FEBRUARY) == Decimal("0.9")
    assert measured(candidate, "COAL-CLOSE", FEBRUARY) == Decimal("1.195")
    assert measured(candidate, "COAL", MARCH) == Decimal("0.7005")


def test_what_no_parameter_claims_is_told_with_its_dates(candidate: Candidate) -> None:
    rows = candidate.ask(
        "select record_type, source_key, measure, row_count, first_date, last_date from readings.unplanned order by all"
    )
    assert rows == [
        ("load_profile", "M3", "active_import", 1, date(2025, 2, 3), date(2025, 2, 3)),
        ("load_profile", "MX", "active_import", 1, JANUARY, JANUARY),
        ("purchase", "P/COAL", "", 1, date(2025, 1, 7), date(2025, 1, 7)),
        ("stock_movement", "P/SAND", "", 1, date(2025, 1, 20), date(2025, 1, 20)),
    ]
    ((message,),) = candidate.ask("select message from readings.unplanned where source_key = 'MX'")
    assert "不在计划中" in message and "is not in the plan" in message


def test_every_current_figure_is_a_reading_or_unplanned(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select count(*) from staging.stg_load_profiles as profiles
        where is_current
            and not exists (
                select 1 from readings.readings where readings.file_sha256 = profiles.file_sha256
                and readings.row_first = profiles.row_first and readings.record_type = 'load_profile')
            and not exists (
                select 1 from readings.unplanned where unplanned.source_key = profiles.meter_id
                and profiles.local_date between unplanned.first_date and unplanned.last_date)""")
    assert rows == [(0,)]
