"""The example enterprise's reviews, targets, measures and evaluations, held against its accounts and sums by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipelines import warehouse
from pipelines.workspace import Workspace

# plan/event_emissions.csv: the workshop in 2023, both scopes
WORKSHOP = Decimal("402.5") + Decimal("1083.7")


def ask(workspace: Workspace, query: str) -> list[tuple[Any, ...]]:
    with warehouse.reading(warehouse.published(workspace)) as connection:
        return connection.execute(query).fetchall()


def test_the_enterprise_s_base_is_the_group_s_total(built: Workspace) -> None:
    """Without what the sites hand to each other; the group's total of 2023 is computed elsewhere."""
    ((total,),) = ask(
        built, "select sum(group_tco2e) from marts.fct_group_totals where regime = 'gbt32150' and year = 2023"
    )
    ((accounted,),) = ask(built, "select accounted_value from marts.fct_baselines where baseline_id = 'GROUP-TYPICAL'")
    assert accounted == total


def test_the_workshop_s_acquisition_is_below_the_threshold(built: Workspace) -> None:
    ((base,),) = ask(built, "select value from marts.fct_baselines where baseline_id = 'GROUP-TYPICAL'")
    (row,) = ask(
        built,
        "select treatment, effect_tco2e, effect_share, is_significant, is_recalculated, months_after"
        " from marts.fct_structural_changes where event_id = 'EV-2024-01'",
    )
    assert row == ("structural", WORKSHOP, round(WORKSHOP / base, 6), False, False, 6)
    (review,) = ask(
        built,
        "select status, cause, old_value, proposed_value from marts.fct_baseline_reviews where trigger_id = 'EV-2024-01'",
    )
    assert review == ("open", "b", base, base + WORKSHOP), "nothing changes by itself"


def test_growth_is_listed_and_is_no_trigger(built: Workspace) -> None:
    rows = ask(built, "select status, note_zh, note_en from marts.fct_baseline_reviews where trigger_kind = 'growth'")
    assert rows and all(status == "not_a_trigger" and "有机增长" in zh and "organic" in en for status, zh, en in rows)


def test_a_linear_path_is_a_straight_line(built: Workspace) -> None:
    rows = ask(built, "select year, path_value, base_value from marts.fct_target_paths where target_id = 'T-GROUP'")
    assert len(rows) == 7
    for year, value, base in rows:
        assert abs(value - base * (1 - Decimal("0.06") * (year - 2023) / 7)) < Decimal("0.000001")


def test_a_whole_year_is_its_sum_and_a_month_that_is_not_whole_is_named(built: Workspace) -> None:
    ((forecast, low, high, status),) = ask(
        built,
        "select forecast_value, forecast_low, forecast_high, status from marts.fct_target_progress"
        " where target_id = 'T-GROUP' and cut_month = date '2025-12-01'",
    )
    ((total,),) = ask(
        built,
        "select sum(emissions_tco2e) from marts.fct_performance_months"
        " where subject_id = 'GROUP' and year(month) = 2025",
    )
    assert forecast == low == high == total and status == "off"
    ((months, known, reason),) = ask(
        built,
        "select months_incomplete, months_known, reason_zh from marts.fct_target_progress"
        " where target_id = 'T-GROUP' and cut_month = date '2024-12-01'",
    )
    assert months and known == 12 - len(months.split()) and months in reason


def test_of_a_year_without_a_known_month_nothing_is_known_and_it_is_forecast_whole(built: Workspace) -> None:
    rows = ask(
        built,
        "select distinct known_tco2e, known_value, year_tco2e = remaining_tco2e from marts.fct_target_progress"
        " where months_known = 0 and remaining_tco2e is not null",
    )
    assert rows == [(None, None, True)]


def test_every_forecast_says_how_and_its_interval_holds_it(built: Workspace) -> None:
    rows = ask(
        built, "select method, forecast_low, forecast_value, forecast_high, reason_en from marts.fct_target_progress"
    )
    assert {row[0] for row in rows} >= {"regression", "year_before"}
    for _, low, value, high, reason in rows:
        assert reason and (value is None or low <= value <= high)


def test_measures_are_judged_by_their_interval(built: Workspace) -> None:
    rows = ask(built, "select verdict, saving_low_tco2e, saving_high_tco2e, reason_zh from marts.fct_measures")
    for verdict, low, high, reason in rows:
        expected = (
            "planned" if low is None else "confirmed" if low > 0 else "worse" if high < 0 else "not_distinguishable"
        )
        assert verdict == expected and reason


def test_the_evaluation_plan_covers_table_4_and_is_carried_out(built: Workspace) -> None:
    contents = {row[0] for row in ask(built, "select distinct content from marts.fct_evaluations")}
    assert contents == {"activity_data", "emission_factors", "performance_parameters", "objectives"}
    rows = ask(
        built,
        "select period_end, due_on, value, criterion, threshold, result, frequency from marts.fct_evaluations"
        " where item_id = 'PE-06' order by period_start",
    )
    for period_end, due_on, value, criterion, threshold, result, frequency in rows:
        assert due_on == period_end + timedelta(days=24) and (criterion, frequency) == ("at_most", "month")
        if due_on > date(2026, 2, 15):
            assert result == "not_due"
        else:
            assert result == ("no_data" if value is None else "met" if value <= threshold else "not_met")


def test_every_review_has_its_numbers_or_says_why_not(built: Workspace) -> None:
    rows = ask(
        built,
        "select review_id, draft_basis, old_value, proposed_value, effect, effect_share, draft_zh, draft_en"
        " from marts.fct_baseline_reviews",
    )
    drafted = {row[0]: row for row in rows if row[3] is not None}
    assert all(zh and en for *_, zh, en in rows)
    assert all(effect == new - old and share is not None for _, _, old, new, effect, share, *_ in drafted.values())
    assert {row[1] for row in rows if row[0] not in drafted} == {"growth", "came_without_base"}


def test_the_bio_share_of_the_diesel_is_what_its_method_moves_the_group_s_base_by(built: Workspace) -> None:
    """The fossil part of what the base year's diesel emitted, at the mean bio share of 2025 (about 5 %)."""
    ((effect,),) = ask(
        built, "select effect from marts.fct_baseline_reviews where review_id = 'GROUP-TYPICAL/change/2025-01'"
    )
    ((base, base_tonnes, now, now_tonnes),) = ask(
        built,
        """select sum(emissions_tco2e) filter (year(month) = 2023), sum(quantity) filter (year(month) = 2023),
            sum(emissions_tco2e) filter (year(month) >= 2025), sum(quantity) filter (year(month) >= 2025)
        from performance.restated_lines where subject_id = 'GROUP' and stream_id = 'F-DIESEL'""",
    )  # fmt: skip
    assert abs(effect - (now / now_tonnes * base_tonnes - base)) < Decimal("0.00001")
    assert Decimal("-0.055") < effect / base < Decimal("-0.045")
