"""The data quality report of one month or year: the same questions, seen through the period, and nothing from outside it."""

from __future__ import annotations

import re
from datetime import date

import openpyxl
import pytest

from pipelines import documents, warehouse
from pipelines.documents import marts_workbook
from pipelines.workspace import Workspace

MARCH, APRIL = date(2024, 3, 1), date(2024, 4, 1)


@pytest.fixture(scope="module")
def march(built: Workspace, tmp_path_factory):
    folder = tmp_path_factory.mktemp("march")
    documents.write_quality_of_period(built.published_warehouse, MARCH, APRIL, folder)
    return folder


def test_the_window_holds_the_period_and_nothing_else(built: Workspace):
    """Counted beside it from the whole warehouse."""
    counted = "select count(*), min(month), max(month) from marts.fct_verdicts where month is not null"
    within = f"{counted} and month >= '{MARCH}' and month < '{APRIL}'"
    with warehouse.reading(built.published_warehouse) as connection:
        expected = connection.execute(within).fetchone()
    with warehouse.window(built.published_warehouse, MARCH, APRIL) as connection:
        assert connection.execute(counted).fetchone() == expected
        assert connection.execute("select first_period, as_of from settings.build").fetchone() == (
            MARCH,
            date(2024, 3, 31),
        )
    assert expected[0] > 0 and expected[1:] == (MARCH, MARCH)


# What belongs to the period alone; a non-conformity opened in it may be due, a gap approved and a figure verified later.
OF_THE_PERIOD = ("score", "conformity", "controls", "failed", "gap_prices", "shares", "defaults", "completeness")


def test_the_pages_speak_of_the_period_only(march):
    page = (march / "data_quality.zh.html").read_text(encoding="utf-8")
    assert "2024-03-31" in page
    for name in OF_THE_PERIOD:
        text = page.split(f'<section id="{name}">')[1].split("</section>")[0]
        text = re.sub(r"（20\d\d-\d\d-\d\d，", "", text)  # the day of the allowance price
        assert not re.search(r"20(23|25)-\d\d", text), name


def test_the_workbook_holds_the_rows_of_the_period(march):
    book = openpyxl.load_workbook(march / "data_quality.xlsx", read_only=True)
    months = {row[2].value for row in book["fct_verdicts"].iter_rows(min_row=2)}
    assert {month.date() for month in months if month} == {MARCH}
    assert set(marts_workbook.QUALITY) <= set(book.sheetnames)


def test_the_score_is_the_sum_of_its_points(built: Workspace):
    with warehouse.reading(built.published_warehouse) as connection:
        wrong = connection.execute("""
            select facility_id, period_kind, period_start, sum(points) as score,
                sum(100 * weight * have / due) / any_value(weight_used) as again
            from marts.fct_quality_scores group by all
            having abs(score - again) > 0.001 or score not between 0 and 100
        """).fetchall()
        held = connection.execute(
            "select count(distinct (facility_id, period_kind, period_start)) from marts.fct_quality_scores"
        ).fetchone()
    assert wrong == []
    assert held[0] > 40
