"""The pipeline against the independent calculator, over made-up inventories; and the sums that must hold everywhere."""

from __future__ import annotations

from tests.accounting.calculator import emissions


def test_every_made_up_line_agrees_to_the_last_digit(accounted):
    expected = {
        (regime, line.stream_id, gas): tonnes
        for line in accounted.lines
        for (regime, gas), tonnes in emissions(line.activity).items()
    }
    rows = accounted.ask("""
        select regime, stream_id, gas, emissions_t, emissions_tco2e
        from marts.fct_inventory where facility_id like 'R%' and regime <> 'drill'
    """)
    assert len({line.inventory for line in accounted.lines}) >= 200
    assert {tuple(row[:3]): tuple(row[3:]) for row in rows} == expected


def test_every_made_up_line_is_complete(accounted):
    rows = accounted.ask("""
        select count(*), count(*) filter (where status = 'complete')
        from marts.fct_inventory where facility_id like 'R%' and regime <> 'drill'
    """)
    assert rows[0][0] == rows[0][1] > 500


def test_parts_add_up_to_the_totals(accounted):
    apart = accounted.ask("""
        select totals.regime, totals.facility_id
        from marts.fct_totals as totals
        left join (
            select regime, year, facility_id, scope, sum(emissions_tco2e) as parts
            from marts.fct_inventory group by all
        ) as summed using (regime, year, facility_id, scope)
        where totals.emissions_tco2e is distinct from summed.parts
    """)
    whole = accounted.ask("""
        select (select sum(emissions_tco2e) from marts.fct_totals) - (select sum(emissions_tco2e) from marts.fct_inventory)
    """)
    assert apart == []
    assert whole == [(0,)]


def test_shares_of_every_known_line_add_up_to_one(accounted):
    wrong = accounted.ask("""
        select emission_id from marts.fct_inventory
        where activity_quantity is not null and error_code = ''
            and abs(measured_share + apportioned_share + substituted_share - 1) > 0.000001
    """)
    assert wrong == []


def test_every_figure_prints_as_its_product(accounted):
    """The workings alone, multiplied in fractions, give the stored tonnes of every line."""
    from fractions import Fraction

    from tests.accounting.calculator import rounded

    products: dict[str, Fraction] = {}
    for emission, digits, scale, numerator, denominator in accounted.ask("""
        select emission_id, digits, scale, numerator, denominator from accounting.workings
        where emission_id not like 'drill%'
    """):
        if digits is not None and numerator is not None:
            term = Fraction(int(digits) * int(numerator), int(denominator) * 10**scale)
            products[emission] = products.get(emission, Fraction(1)) * term
    stored = accounted.ask("""
        select emission_id, abs(emissions_tco2e) from accounting.emissions
        where emissions_tco2e is not null and regime <> 'drill'
    """)
    assert len(stored) > 500
    assert [row for row in stored if rounded(products[row[0]]) != row[1]] == []
