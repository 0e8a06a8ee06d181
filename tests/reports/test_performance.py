"""The performance report: every figure is the mart's, what is not whole is never drawn, and what needs a hand is on top."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from pipelines.reports.pages import Words
from tests.reports import fixture_performance as made
from tests.reports import fixture_targets as targets
from tests.reports.reading_pages import Page, Table

BOTH = pytest.mark.parametrize("language", ["zh", "en"])
Pages = dict[tuple[str, str], Page]


def table(page: Page, section: str, word: str) -> Table:
    """The table of a section whose caption holds a word of the page."""
    (found,) = [held for held in page.of(section) if word in held.caption]
    return found


def section(page: Page, name: str) -> str:
    return page.source.split(f'<section id="{name}">')[1].split("</section>")[0]


def drawing(page: Page, number: int) -> str:
    """The n-th chart of the first subject."""
    return section(page, "subject-1").split("<svg")[number].split("</svg>")[0]


@BOTH
def test_only_what_is_open_needs_a_hand(pages: Pages, language: str) -> None:
    alarm, target, evaluation, review = pages["performance", language].of("attention")[0].rows
    assert made.SCRIPT in alarm[-1].text
    assert Words(language).cause_c == alarm[5].text
    assert "10.0\u2009%" in target[-1].text, "4.41375 over the path of 4.0125"
    assert [cell.text for cell in evaluation[3:5]] == ["2025-09-01", "2025-10-20"], "the newest period that was due"
    assert evaluation[-1].values == [Decimal("1.0786"), 1]
    assert [cell.text for cell in review[2:5]] == ["MEAN@1", "2025-10-01", "2025-11-30"]


@BOTH
def test_the_candidates_stand_side_by_side_and_the_effective_one_is_named(pages: Pages, language: str) -> None:
    words = Words(language)
    listed = table(pages["performance", language], "subject-1", words.table_baselines).rows
    keys = {row["baseline_key"] for row in made.BASELINES}
    shown = {key: row for row in listed for key in keys if row[0].text.startswith(key)}
    assert {key: row[3].values for key, row in shown.items()} == {
        row["baseline_key"]: [row["value"]] if row["value"] else [] for row in made.BASELINES
    }
    assert {key for key, row in shown.items() if words.effective in row[0].text} == {"MEAN@1", "REG@1"}
    assert "—" in shown["NONE@1"][3].text, "years that are not there give no value"
    assert {"zh": "行业值", "en": "of the trade"}[language] in shown["BENCH@1"][2].text


@BOTH
def test_years_are_compared_with_the_marts_numbers(pages: Pages, language: str) -> None:
    rows = table(pages["performance", language], "subject-1", Words(language).table_comparisons).rows
    assert [[cell.values for cell in row[4:8]] for row in rows] == [
        [[1500], [1600], [], [-100]],
        [[1500], [1600], [1580, 1620], [-100]],
    ]


@BOTH
def test_a_regression_that_is_refused_says_by_which_rule(pages: Pages, language: str) -> None:
    words = Words(language)
    (row,) = table(pages["performance", language], "subject-1", words.table_regressions).rows
    assert row[2].values == [Decimal("0.612345678")]
    assert words.is_not_accepted in row[-1].text
    assert str(made.LIMIT[2 if language == "zh" else 3]) in row[-1].text
    assert row[-1].values == [made.LIMIT[1]]


@BOTH
def test_a_month_that_is_not_whole_is_marked_and_never_drawn(pages: Pages, language: str) -> None:
    chart = drawing(pages["performance", language], 1)
    assert chart.count("▲") == 1
    symbols = chart.split("role-legend")[0].split("mark-symbol")[1].split("</g>")[0]
    assert symbols.count("<path") == len(made.WHOLE)
    assert "2025-03" in section(pages["performance", language], "subject-1")
    control = drawing(pages["performance", language], 2)
    assert control.count("▲") == 1, "the control chart marks the month that gives no point"


@BOTH
def test_control_charts_tell_their_limits_alarms_and_false_alarms(pages: Pages, language: str) -> None:
    words, text = Words(language), section(pages["performance", language], "subject-1")
    chart = drawing(pages["performance", language], 2)
    limits = [
        re.sub("[^0-9−]", "", text) for text in re.findall(r">([^<>]*\d)</text>", chart) if words.limit_upper in text
    ]
    assert limits == ["900"], "the upper limit, 9.00"
    assert chart.count("#d55e00") >= 1
    assert text.count('<data value="109.049">109</data>') == 2, "one false alarm in 109 months, of both charts in use"
    assert words("alarms_marked", count=1) in text
    assert words("not_enough_points", points=4) in text
    assert '<data value="9.087417">9.1</data>' in text, "109.049 months are 9.1 years"


@BOTH
def test_alarms_and_reviews_are_listed_with_their_evidence(pages: Pages, language: str) -> None:
    words, page = Words(language), pages["performance", language]
    alarms = table(page, "subject-1", words.table_alarms).rows
    assert [row[6].text for row in alarms] == [words.is_open, words.is_ended]
    assert {"zh": "证据 2", "en": "evidence 2"}[language] in alarms[0][-1].text
    waiting, decided = table(page, "subject-1", words.table_reviews).rows
    assert words.review_open == waiting[-1].text
    assert all(text in decided[-1].text for text in (words.review_decided, words.decision_keep, "陈思远", "陆建国"))
    assert waiting[6].values == [Decimal("4.125"), Decimal("4.455")]
    assert all(text in waiting[7].text for text in ("8.0", "9.0", words.is_significant))
    assert words.effect_unknown in decided[7].text
    (change,) = table(page, "subject-1", words.table_structural).rows
    assert [cell.values for cell in change[3:5]] == [[1000], [90]]
    assert words.yes in change[6].text


@BOTH
def test_a_subject_without_baselines_and_charts_says_so(pages: Pages, language: str) -> None:
    words, page = Words(language), pages["performance", language]
    text = section(page, "subject-2")
    assert all(
        line in text for line in (words.no_baselines, words.no_control_charts, words.no_alarms, words.no_reviews)
    )
    assert not page.of("subject-2")
    assert text.count("<svg") == 1, "its months in tonnes"


@BOTH
def test_a_year_is_bridged_to_the_next_by_facility_and_in_all(pages: Pages, language: str) -> None:
    page = pages["performance", language]
    shown = [[row[1].values[0] for row in held.rows] for held in page.of("changes")]
    assert shown == [
        [1500, 60, -20, Decimal("-19.5"), Decimal("1520.5"), 0],
        [1000, 60, Decimal("-19.5"), Decimal("1040.5"), 0],
        [500, -20, 480, 0],
    ], "first, the parts that move something, last, and a residual of 0"
    assert section(page, "changes").count("<svg") == 3


@BOTH
def test_a_target_is_shown_at_its_newest_month_with_path_forecast_and_interval(pages: Pages, language: str) -> None:
    words, page = Words(language), pages["performance", language]
    base, running, last = page.of("targets")[0].rows
    assert (base[0].text, base[1].values) == ("2024", [Decimal("4.125")])
    assert [cell.values for cell in running[1:6]] == [
        [Decimal("4.0125")], [9], [Decimal("4.41375")], [Decimal("4.3"), Decimal("4.5")], [Decimal("0.40125")],
    ]  # fmt: skip
    assert running[-1].text == words.standing_off
    assert (last[0].text, last[1].values) == ("2026", [Decimal("3.9")])


@BOTH
def test_a_measure_stands_beside_what_hindsight_finds(pages: Pages, language: str) -> None:
    words = Words(language)
    (row,) = pages["performance", language].of("measures")[0].rows
    assert [cell.values for cell in row[4:8]] == [[180], [Decimal("35.5")], [Decimal("-44.5"), Decimal("115.5")], [9]]
    assert words.found_not_distinguishable in row[8].text
    assert words.ex_ante_outside in row[8].text


@BOTH
def test_the_evaluation_plan_shows_the_newest_period_due_and_how_it_went_so_far(pages: Pages, language: str) -> None:
    words = Words(language)
    first, second = pages["performance", language].of("evaluations")[0].rows
    assert (first[4].text, first[5].values, first[7].text) == ("2025-09", [Decimal("1.0786")], words.result_not_met)
    assert first[8].text == words("met_of_due", met=1, due=2)
    assert (first[9].text, second[9].text) == ("2025-11-20", "")


@BOTH
def test_the_bridge_adds_up_and_shows_its_residual(pages: Pages, language: str) -> None:
    closed, bridge = pages["performance", language].of("closed")
    assert [[cell.values[0] for cell in row[3:6]] for row in closed.rows] == [
        [row["reported_tco2e"], row["restated_tco2e"], row["difference_tco2e"]] for row in made.CLOSED
    ]
    start, *parts, end, residual = [row[1].values[0] for row in bridge.rows]
    assert (start, parts, end) == (Decimal("1400.5"), list(made.PARTS.values()), Decimal("1392.25"))
    assert residual == 0 == end - start - sum(parts)


def test_every_code_that_the_marts_use_has_its_word() -> None:
    codes = {
        "baseline": ["prior_year", "typical_year", "historic_mean", "regression", "benchmark"],
        "chart": ["individuals", "moving_range", "ewma", "cusum", "regression_cusum"],
        "measure": ["total", "intensity", "residual", "accounted_residual"],
        "cause": ["a", "b", "c", "d"],
        "direction": ["up", "down"],
        "verified": ["verified", "partly_verified", "not_verified", "external"],
        "rule": ["range", "ewma", "cusum_high", "cusum_low"],
        "variable": ["constant", "production", "heating_degree_days", "cooling_degree_days", "weekend_days"],
        "trigger": ["alarm", "change", "factor", "restatement", "event", "growth"],
        "review": ["not_a_trigger", "settled_by_plan", "open", "proposed", "decided"],
        "decision": ["keep", "adjust", "rebase"],
        "standing": ["on_track", "at_risk", "off", "no_path", "no_data"],
        "found": ["confirmed", "not_distinguishable", "worse", "not_enough_months", "planned", "cancelled"],
        "content": ["activity_data", "emission_factors", "performance_parameters", "objectives"],
        "frequency": ["month", "quarter", "year"],
        "result": ["met", "not_met", "no_data", "not_due"],
        "matter": ["alarm", "target", "evaluation", "review"],
    }
    for language in ("zh", "en"):
        words = Words(language)
        assert not [(kind, code) for kind, held in codes.items() for code in held if not words.has(f"{kind}_{code}")]


@BOTH
def test_a_target_is_told_month_by_month(pages: Pages, language: str) -> None:
    """The last twelve months that were seen, each with forecast, interval, path and gap as the mart has them."""
    words = Words(language)
    caption = words("table_target_months", unit="").split("{")[0][:6]
    shown = table(pages["performance", language], "targets", caption).rows
    newest = max(row["cut_month"] for row in targets.PROGRESS)
    months = [
        row
        for row in targets.PROGRESS
        if (newest.year - row["cut_month"].year) * 12 + newest.month - row["cut_month"].month < 12
    ]
    assert [row[0].text for row in shown] == [f"{row['cut_month']:%Y-%m}" for row in months]
    assert [row[5].values for row in shown] == [[row["path_value"]] if row["path_value"] else [] for row in months]
    assert section(pages["performance", language], "targets").count("<svg") == 2
