"""Text → dates and stamps on the zone's wall clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from pipelines.landing import moments
from pipelines.landing.moments import MomentRule
from pipelines.readers import Refused

SHANGHAI = MomentRule("ymd", ZoneInfo("Asia/Shanghai"), date(1990, 1, 1), date(2027, 11, 22))


def judged(text: str | None, rule: MomentRule = SHANGHAI):
    found = moments.judge(pa.array([text], pa.string()), rule, "日期")
    return found.values[0].as_py(), found.codes[0].as_py()


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01",
        "2025/3/1",
        "2025.3.1",
        "2025年3月1日",
        "20250301",
        " ２０２５－０３－０１ ",
        "2025-03-01 00:00:00",
        "2025-03-01T00:00",
        "2025-3-1 0:00",
        "2025-02-28 24:00",
        "2025-02-28T16:00:00Z",
        "2025-03-01T00:00:00+08:00",
        "2025-03-01 12:00 AM",
        "45717",
        "1740758400",
        "1740758400000",
    ],
)
def test_the_same_midnight_in_many_ways(text):
    assert judged(text) == (datetime(2025, 3, 1), None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "TS_BLANK"),
        (" ", "TS_BLANK"),
        ("2025-02-30", "TS_IMPOSSIBLE"),
        ("2025-13-01", "TS_IMPOSSIBLE"),
        ("2025-03-01 25:00", "TS_IMPOSSIBLE"),
        ("2025-03-01 24:15", "TS_IMPOSSIBLE"),
        ("1900-01-00", "TS_OUT_OF_RANGE"),
        ("2099-12-31", "TS_OUT_OF_RANGE"),
        ("2027-11-23", "TS_OUT_OF_RANGE"),
        ("1989-12-31", "TS_OUT_OF_RANGE"),
        ("01.03.2025", "TS_AMBIGUOUS"),
        ("1/3/2025", "TS_AMBIGUOUS"),
        ("1/3/25", "TS_SYNTAX"),
        ("yesterday", "TS_SYNTAX"),
        ("2025-W10-1", "TS_SYNTAX"),
        ("12345678901", "TS_SYNTAX"),
    ],
)
def test_what_is_no_date_says_why(text, code):
    assert judged(text) == (None, code)


def test_the_order_of_day_and_month_is_the_feeds():
    assert judged("13/01/2018 00:15", replace(SHANGHAI, order="dmy"))[0] == datetime(2018, 1, 13, 0, 15)
    assert judged("1/2/2018 0:15", replace(SHANGHAI, order="dmy"))[0] == datetime(2018, 2, 1, 0, 15)
    assert judged("1/24/17", replace(SHANGHAI, order="mdy"))[0] == datetime(2017, 1, 24)
    assert judged("7/20/2001 3:07 PM", replace(SHANGHAI, order="mdy"))[0] == datetime(2001, 7, 20, 15, 7)
    assert judged("13/01/2018", replace(SHANGHAI, order="mdy")) == (None, "TS_IMPOSSIBLE")


def test_serials_count_from_the_workbooks_first_day():
    assert judged("44255", replace(SHANGHAI, date_system=1904))[0] == datetime(2025, 3, 1)
    assert judged("45717.0104166667")[0] == datetime(2025, 3, 1, 0, 15)
    assert moments.judge(pa.array(["45717", "2025-03-01"]), SHANGHAI, "").serials.to_pylist() == [True, False]


def test_seconds_and_milliseconds_in_one_column_are_refused_by_the_rarer():
    texts = pa.array(["1740758400000", "1740758400", "1740759300"])
    assert moments.judge(texts, SHANGHAI, "").codes.to_pylist() == ["TS_EPOCH_MIXED", None, None]


def test_on_a_tie_the_first_form_counts():
    texts = ["1740758400000", "1740758400"]
    assert moments.judge(pa.array(texts), SHANGHAI, "").codes.to_pylist() == [None, "TS_EPOCH_MIXED"]
    assert moments.judge(pa.array(texts[::-1]), SHANGHAI, "").codes.to_pylist() == [None, "TS_EPOCH_MIXED"]


@pytest.mark.parametrize("text", ["00:00.0", "15:00.0", "10:15", "10:15:30", "10:07 AM"])
def test_a_lost_date_refuses_the_file(text):
    with pytest.raises(Refused) as raised:
        moments.judge(pa.array(["2025-03-01", text]), SHANGHAI, "时间")
    assert (raised.value.code, raised.value.values) == ("TS_DATE_LOST", {"field": "时间", "found": text})


@pytest.mark.parametrize("text", ["2025-03", "202503", "2025年3月", "2025/3", "2025.03", "2025-03-15", "45717"])
def test_a_month_is_its_first_day_and_the_day_after_its_last(text):
    starts, ends, codes = moments.periods(pa.array([text]), SHANGHAI, "month")
    assert (starts[0].as_py(), ends[0].as_py(), codes[0].as_py()) == (date(2025, 3, 1), date(2025, 4, 1), None)


@pytest.mark.parametrize(("text", "code"), [("2025.1", "TS_SYNTAX"), ("2025-13", "TS_IMPOSSIBLE"), (None, "TS_BLANK")])
def test_what_is_no_month_says_why(text, code):
    assert moments.periods(pa.array([text], pa.string()), SHANGHAI, "month")[2].to_pylist() == [code]


def test_years_and_days_are_periods_too():
    assert moments.periods(pa.array(["2024"]), SHANGHAI, "year")[1].to_pylist() == [date(2025, 1, 1)]
    assert moments.periods(pa.array(["2024-02-29"]), SHANGHAI, "day")[1].to_pylist() == [date(2024, 3, 1)]
