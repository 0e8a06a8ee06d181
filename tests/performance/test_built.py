"""The example enterprise's performance, against figures worked out again from what was published."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from pipelines import warehouse
from pipelines.workspace import Workspace

MICRO = Decimal("0.000001")


@pytest.fixture(scope="module")
def ask(built: Workspace) -> Iterator[Any]:
    with warehouse.reading(built.published / "warehouse.duckdb") as connection:
        yield lambda query, *values: connection.execute(query, list(values)).fetchall()


def test_a_line_whose_factors_are_the_editions_is_the_accounts_own(ask: Any) -> None:
    """To the last digit: where every default of a line is the one of the edition, restating changes nothing."""
    rows = ask(
        """with used as (
            select emission_id, list(factor_id order by term_order) as factors
            from accounting.workings where basis = 'default' group by emission_id
        ), restated as (
            select restated_id, list(factor_id order by term_order) as factors
            from performance.restated_workings where basis = 'default' group by restated_id
        )
        select lines.emissions_tco2e, lines.accounted_tco2e
        from performance.restated_lines as lines
        left join used on lines.emission_id = used.emission_id
        left join restated on lines.restated_id = restated.restated_id
        where used.factors is not distinct from restated.factors"""
    )
    assert len(rows) > 300
    assert all(restated == accounted for restated, accounted in rows)


def test_purchased_power_is_restated_by_the_ratio_of_the_grid_factors(ask: Any) -> None:
    """GB/T 32150 takes 0.5703, 0.5366 and 0.5306 kg/kWh over the years: every year comes under the last."""
    rows = ask(
        """select lines.quantity, lines.accounted_tco2e, lines.emissions_tco2e, lines.month
        from performance.restated_lines as lines where subject_id = 'E-POWER' and quantity is not null"""
    )
    factors = {2023: Decimal("0.5703"), 2024: Decimal("0.5366"), 2025: Decimal("0.5306"), 2026: Decimal("0.5306")}
    for quantity, accounted, restated, month in rows:
        assert accounted == (quantity * factors[month.year]).quantize(MICRO, ROUND_HALF_UP)
        assert restated == (quantity * factors[2026]).quantize(MICRO, ROUND_HALF_UP)
    assert {month.year for *_, month in rows} == set(factors)


def test_candidates_are_those_of_their_definitions(ask: Any) -> None:
    months = ask("select subject_id, year(month), emissions_tco2e, production from marts.fct_performance_months")

    def total(subject: str, *years: int) -> tuple[Decimal, Decimal]:
        chosen = [row for row in months if row[0] == subject and row[1] in years]
        return sum(row[2] for row in chosen), sum(row[3] for row in chosen)

    found = dict(ask("select baseline_key, value from marts.fct_baselines"))
    for subject in ("F-CAST", "E-UNITS"):
        for key, years in (
            ("PRIOR@1", (2023,)),
            ("PRIOR@2", (2024,)),
            ("TYPICAL@1", (2023,)),
            ("MEAN@1", (2023, 2024)),
        ):
            emissions, production = total(subject, *years)
            assert abs(found[f"{subject}-{key}"] - emissions / production) < Decimal("1e-9")
        assert abs(found[f"{subject}-TOTAL-MEAN@1"] - total(subject, 2023, 2024)[0] / 2) < MICRO


def test_one_baseline_of_a_subject_and_measure_is_in_force(ask: Any) -> None:
    rows = ask(
        """select subject_id, measure, count(*), bool_and(version <> '' and approver <> '' and reason <> '')
        from marts.fct_baselines where is_in_force group by all"""
    )
    assert {(subject, measure) for subject, measure, *_ in rows} >= {("F-CAST", "intensity"), ("F-CAST", "total")}
    assert all(count == 1 and is_told for _, _, count, is_told in rows)
    # nobody has verified a month of the example, and the baseline says so
    assert ask("select distinct verification_status from marts.fct_baselines where baseline_kind <> 'benchmark'") == [
        ("not_verified",)
    ]


def test_the_boilers_balance_point_and_slope_are_those_it_was_made_with(ask: Any) -> None:
    """The example burns 0.42 t of coal per degree day below 18 ℃; the plan leaves the base open."""
    ((base, slope, low, high),) = ask(
        """select base_c, coefficient, coefficient_low, coefficient_high from marts.fct_regression_coefficients
        where baseline_key = 'F-BOILER-REG@1' and variable = 'heating_degree_days'"""
    )
    ((per_tonne,),) = ask(
        """select sum(emissions_tco2e) / sum(quantity) from performance.restated_lines where subject_id = 'F-BOILER'"""
    )
    assert base == 18
    assert low < slope < high and float(low) < 0.42 * float(per_tonne) < float(high)


def test_a_new_grid_factor_alarms_on_the_account_and_not_on_restated_data(ask: Any) -> None:
    rows = ask(
        "select warning_id, cause, cause_kind, began_on, evidence_en from marts.fct_alarms where grain = 'month'"
    )
    assert {row[0] for row in rows} == {"E-UNITS-BOOKED"}
    first = min(rows, key=lambda row: row[3])
    assert first[1:3] == ("c", "factor") and f"{first[3]:%Y-%m}" == "2024-01"
    assert "0.5703" in first[4] and "0.5366" in first[4]


def test_every_chart_states_its_false_alarms_and_what_its_limits_come_from(ask: Any) -> None:
    rows = ask(
        """select status, points_used + points_left_out = points_in_window, points_used >= 12, in_control_run_length
        from marts.fct_control_charts"""
    )
    assert rows and all(row[:3] == ("in_use", True, True) and row[3] > 50 for row in rows)


def test_the_regression_sum_runs_through_every_month(ask: Any) -> None:
    for warning, baseline in (("F-CAST-SUM", "F-CAST-REG@1"), ("E-UNITS-SUM", "E-UNITS-REG@1")):
        sums = ask(
            "select cumulative_residual_tco2e from marts.fct_control_points where warning_id = ? order by period_start",
            warning,
        )
        residuals = ask(
            "select residual_tco2e from marts.fct_expected_periods where baseline_key = ? order by period_start",
            baseline,
        )
        running, expected = Decimal(0), []
        for (residual,) in residuals:
            running += residual
            expected.append((running,))
        assert sums == expected


def test_a_month_that_is_not_whole_has_no_intensity_and_is_on_no_chart(ask: Any) -> None:
    broken = ask(
        "select subject_id, month, intensity, reason_en from marts.fct_performance_months where status <> 'complete'"
    )
    assert broken and all(intensity is None and reason for *_, intensity, reason in broken)
    charted = ask(
        """select points.subject_id, points.period_start from marts.fct_control_points as points
        inner join marts.fct_control_charts as charts on points.warning_id = charts.warning_id
        where charts.grain = 'month'"""
    )
    assert not {row[:2] for row in broken} & set(charted)
