"""On what an account rests: measured, apportioned, overridden and substituted parts are the whole, by hand and by rows."""

from __future__ import annotations

from decimal import Decimal

from tests.dbt.candidate import Candidate


def test_the_parts_of_every_line_are_its_whole(gapped: Candidate) -> None:
    """Whatever the scale of the columns they come from."""
    for mart in ("fct_inventory", "fct_activity_data"):
        rows = gapped.ask(f"""
            select count(*), max(abs(measured_share + apportioned_share + overridden_share + substituted_share - 1))
            from marts.{mart} where measured_share is not null""")
        assert rows[0][0] > 50 and rows[0][1] <= Decimal("0.000002"), mart


def test_a_gap_is_not_measured(gapped: Candidate) -> None:
    """January: 10 and 40 Nm3 a day, of ten and fifteen days. Two days between them, four more and their best estimates."""
    (filled,) = gapped.ask("""
        select sum(fill_best_estimate) from marts.fct_substitutions
        where parameter_id = 'DAILY-AD' and period_start < '2025-02-01' and regime = ''""")
    measured = Decimal(10 * 10 + 15 * 40)
    (row,) = gapped.ask("""
        select measured_share, substituted_share from marts.fct_activity_data
        where parameter_id = 'DAILY-AD' and month = '2025-01-01' and quantity is not null""")
    assert filled[0] > 0
    wanted = measured / (measured + filled[0])
    assert abs(row[0] - wanted) <= Decimal("0.000001") and abs(row[0] + row[1] - 1) <= Decimal("0.000001")
