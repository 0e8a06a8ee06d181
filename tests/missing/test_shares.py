"""On what an account rests: measured, apportioned, overridden and substituted parts are the whole, by hand and by rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.dbt.candidate import Candidate


@pytest.mark.parametrize("mart", ["fct_inventory", "fct_activity_data"])
def test_the_parts_of_every_line_are_its_whole(gapped: Candidate, mart: str) -> None:
    """Whatever the scale of the columns they come from."""
    rows = gapped.ask(f"""
        select measured_share, apportioned_share, overridden_share, substituted_share
        from marts.{mart} where measured_share is not null""")
    assert len(rows) > 20
    assert not [row for row in rows if abs(sum(row) - 1) > Decimal("0.000002")]


def test_a_gap_is_not_measured(gapped: Candidate) -> None:
    """Each month with a filled gap: what the rule fills, over all of it, added up here from the rows of the rule."""
    rows = gapped.ask("""
        select data.best_estimate, data.measured_share, data.substituted_share, filled.fill
        from marts.fct_activity_data as data
        inner join (
            select parameter_id, cast(date_trunc('month', period_start) as date) as month, sum(fill_best_estimate) as fill
            from marts.fct_substitutions where regime = '' and fill_best_estimate is not null group by all
        ) as filled on data.parameter_id = filled.parameter_id and data.month = filled.month
        where data.quantity is not null""")
    assert rows
    for whole, measured, substituted, fill in rows:
        assert abs(substituted - fill / whole) <= Decimal("0.000001"), (whole, fill)
        assert abs(measured - (whole - fill) / whole) <= Decimal("0.000001"), (whole, fill)
    assert any(row[2] > 0 for row in rows)
