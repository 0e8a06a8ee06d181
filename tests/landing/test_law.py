"""The law of landing, on generated files: every row is loaded, quarantined or skipped, and what is loaded adds up."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.landing import columns
from pipelines.landing.accounts import Ledger
from tests.landing.writing import DAILY, codes_by_row, csv_of, landed, rows_of, skipped_by_row, total

METERS = st.sampled_from(["0032010100000000101", "0032010100000000119", "", "M-7"])
DATES = st.one_of(
    st.dates(date(2024, 1, 1), date(2025, 12, 31)).map(date.isoformat),
    st.sampled_from(["", "2025-02-30", "1900-01-00", "上月", "20250301"]),
)
AMOUNTS = st.one_of(
    st.decimals(min_value=0, max_value=10**6, places=3).map(str),
    st.sampled_from(["", "N/A", "-9999", "NaN", "1_000", "-5", "(5)", "0", "1e2", "0.1234567", "合计"]),
)
ROWS = st.lists(st.tuples(METERS, DATES, AMOUNTS), min_size=1, max_size=25)
OTHERS = st.sampled_from([["合计", "", "1"], ["", "", ""], DAILY, ["制表：张三", "", ""], ["一车间用电：", "", ""]])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.lists(st.tuples(st.integers(0, 24), OTHERS), max_size=4))
def test_every_row_is_accounted_for_once(tmp_path, rows, others):
    lines = [list(row) for row in rows]
    for place, other in others:
        lines.insert(min(place, len(lines)), other)
    found = landed(tmp_path, csv_of(DAILY, *lines))
    account = found.account
    if account.outcome == "REJECT_FILE":
        assert account.codes in (("FILE_NO_ROWS",), ("NUM_AMBIGUOUS",))
        return
    assert account.rows_read == len(lines)
    loaded = {row["row_first"] for row in rows_of(found)}
    aside, left = set(codes_by_row(found)), set(skipped_by_row(found))
    assert len(loaded) + len(aside) + len(left) == account.rows_read
    assert loaded | aside | left == set(range(2, len(lines) + 2))
    assert (account.rows_loaded, account.rows_quarantined, account.rows_skipped) == tuple(
        map(len, (loaded, aside, left))
    )
    assert all(row["meter_id"] and row["local_date"] for row in rows_of(found))
    amounts = {number: line[2] for number, line in enumerate(lines, 2)}
    assert total(found) == sum((Decimal(amounts[number]) for number in loaded), Decimal(0))


def test_rows_and_columns_in_another_order_make_the_same_records(tmp_path):
    draw = random.Random(7)
    rows = [[f"M{n % 5}", (date(2025, 1, 1) + timedelta(days=n)).isoformat(), f"{n}.25"] for n in range(60)]
    first = landed(tmp_path, csv_of(DAILY, *rows))
    draw.shuffle(rows)
    second = landed(tmp_path, csv_of(DAILY[::-1], *[row[::-1] for row in rows]))

    def content(found):
        return {(r["meter_id"], r["local_date"], tuple(r["values"])) for r in rows_of(found)}

    assert content(first) == content(second) and len(content(first)) == 60


def test_splitting_a_file_changes_no_total(tmp_path):
    rows = [["M", (date(2025, 1, 1) + timedelta(days=n)).isoformat(), f"{n}.125"] for n in range(40)]
    whole = total(landed(tmp_path, csv_of(DAILY, *rows)))
    parts = [total(landed(tmp_path, csv_of(DAILY, *rows[start : start + 13]))) for start in range(0, 40, 13)]
    assert sum(parts) == whole


def test_what_nobody_foresaw_costs_the_file_and_not_the_build(tmp_path, monkeypatch):
    def fail(*_):
        raise pa.ArrowInvalid("strange content")

    monkeypatch.setattr(columns, "typed", fail)
    found = landed(tmp_path, csv_of(DAILY, ["M", "2025-03-01", "1"]))
    assert (found.account.outcome, found.account.codes) == ("REJECT_FILE", ("LANDING_FAILED",))
    assert "strange content" in found.ledger.messages[0].en


def test_an_account_that_does_not_add_up_is_an_error():
    ledger = Ledger("0" * 64, "file.csv")
    ledger.skip("ROW_BLANK", "", 2, "")
    with pytest.raises(AssertionError, match=r"file\.csv"):
        ledger.closed(rows_read=5, rows_loaded=3, records=3, values=(3, 0))
