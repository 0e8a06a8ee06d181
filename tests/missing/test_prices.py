"""The worked example of missing coal assays and the price of each gap, through the real models, against exact fractions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.dbt.candidate import Candidate

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
PRICE = Decimal("97.50")  # the last price before 1 September 2025


def of_unit(gapped: Candidate, regime: str) -> dict[date, Decimal]:
    return dict(
        gapped.ask(
            f"select month, emissions_tco2e from marts.fct_inventory where regime = '{regime}' and stream_id = 'UNIT'"
        )
    )


def test_the_worked_example_of_a_power_plants_coal(gapped: Candidate) -> None:
    """100 000 t: tested 199 650.00 t, carbon missing 229 570.275 t, both missing 299 001.285 t; lines of two decimals."""
    tonnes = of_unit(gapped, "mee_ets")
    assert [tonnes[month] for month in (MAY, JUNE, JULY)] == [
        Decimal("199650.00"),
        Decimal("229570.28"),
        Decimal("299001.29"),
    ]


def test_the_power_guides_defaults_belong_to_it_alone(gapped: Candidate) -> None:
    """Elsewhere the guide's own: 19.570 GJ/t, 0.0261 tC/GJ, 93 % for bituminous coal."""
    tonnes = of_unit(gapped, "gbt32150")
    oxidised = Fraction("0.93") * Fraction(44, 12) * 100000
    assert tonnes[JUNE] == round(Decimal(float(oxidised * Fraction("20.5") * Fraction("0.0261"))), 6)
    assert tonnes[JULY] == round(Decimal(float(oxidised * Fraction("19.570") * Fraction("0.0261"))), 6)
    sets = gapped.ask("""
        select distinct notes.regime, notes.rule_id, notes.term, notes.value from marts.fct_defaults as notes
        where stream_id = 'UNIT' and month = '2025-07-01' and regime <> 'ghgp_market' order by all""")
    assert sets == [
        ("gbt32150", "MD-03", "carbon_content", Decimal("0.0261")),
        ("gbt32150", "MD-03", "ncv", Decimal("19.570")),
        ("mee_ets", "MD-01", "carbon_content", Decimal("0.03085")),
        ("mee_ets", "MD-02", "ncv", Decimal("26.7")),
    ]


def test_what_a_guide_prescribes_is_shown_beside_the_best_estimate(gapped: Candidate) -> None:
    rows = gapped.ask("""
        select best_estimate, difference, source_document <> '' from marts.fct_defaults
        where regime = 'mee_ets' and stream_id = 'UNIT' and month = '2025-07-01' and term = 'ncv'""")
    assert rows == [(Decimal("20.5"), Decimal("6.2"), True)]


def price(gapped: Candidate, parameter_id: str, month: date, regime: str = "mee_ets") -> tuple[Decimal | None, str]:
    (row,) = gapped.ask(f"""
        select tonnes_at_risk, rule_id from marts.fct_gap_prices
        where regime = '{regime}' and parameter_id = '{parameter_id}' and month = '{month}'""")
    return row


def test_a_missing_assay_has_its_price(gapped: Candidate) -> None:
    """Each assay's part: what the default adds over 20.5 GJ/t and 0.5500 tC/t, the values of the months around."""
    assert price(gapped, "UNIT-C", JUNE) == (Decimal("29920.28"), "MD-01")
    assert price(gapped, "UNIT-NCV", JULY) == (Decimal("299001.29") - Decimal("229570.28"), "MD-02")
    assert price(gapped, "UNIT-C", JULY) == (Decimal("229570.28") - Decimal("199650.00"), "MD-01")


def test_a_lapsed_calibration_and_a_failed_value_have_theirs(gapped: Candidate) -> None:
    """Natural gas of GB/T 32151.34; a value that fails without a rule is priced up to the plan's limit of 1000 m3."""
    per_unit = of_stream(gapped, "GAS-UNRULED", date(2025, 2, 1)) / 280
    assert abs(price_in(gapped, "GAS-IN-AD") - per_unit * Fraction("4.2")) < Fraction(1, 100000)
    assert abs(price_in(gapped, "GAS-UNRULED-AD") - per_unit * 720) < Fraction(1, 1000)


def of_stream(gapped: Candidate, stream_id: str, month: date) -> Fraction:
    ((tonnes,),) = gapped.ask(
        f"select emissions_tco2e from marts.fct_inventory where regime = 'gbt32150' and stream_id = '{stream_id}' "
        f"and month = '{month}'"
    )
    return Fraction(tonnes)


def price_in(gapped: Candidate, parameter_id: str) -> Fraction:
    tonnes, _ = price(gapped, parameter_id, date(2025, 2, 1), "gbt32150")
    assert tonnes is not None
    return Fraction(tonnes)


def test_what_cannot_be_priced_says_so_and_is_not_zero(gapped: Candidate) -> None:
    rows = gapped.ask("""
        select tonnes_at_risk, yuan_at_risk, place, reason <> '' from marts.fct_gap_prices
        where regime = 'gbt32150' and parameter_id = 'LONG-AD' and month = '2025-03-01'""")
    assert rows == [(None, None, None, True)]


def test_yuan_are_tonnes_times_the_price_and_the_largest_comes_first(gapped: Candidate) -> None:
    rows = gapped.ask("""
        select regime, tonnes_at_risk, yuan_at_risk, price_cny_per_t from marts.fct_gap_prices
        where place is not null order by regime, place""")
    ranked = defaultdict(list)
    for regime, tonnes, yuan, cny in rows:
        assert (yuan, cny) == (tonnes * PRICE, PRICE)
        ranked[regime].append(abs(tonnes))
    assert len(ranked) == 3
    assert all(sizes == sorted(sizes, reverse=True) for sizes in ranked.values())


def test_the_parts_add_up_to_the_whole_exactly(gapped: Candidate) -> None:
    """Each line's account by the conservative values less that by the best estimates, both from the exact products."""
    wholes = dict(
        gapped.ask("""
        with ends as (
            select emission_id, max(step) as last_step from accounting.price_terms group by emission_id
        )
        select lines.regime, sum(lines.sign * (highs.co2e_t - lows.co2e_t))
        from ends
        inner join accounting.emission_lines as lines using (emission_id)
        inner join accounting.price_products as highs on highs.price_id = concat_ws('|', ends.emission_id, 0)
        inner join accounting.price_products as lows on lows.price_id = concat_ws('|', ends.emission_id, ends.last_step)
        where lines.scope <> 'biogenic' group by lines.regime""")
    )
    parts = dict(gapped.ask("select regime, sum(tonnes_at_risk) from marts.fct_gap_prices group by regime"))
    assert parts == wholes
    assert len(parts) == 3 and all(parts.values())


def test_the_two_ends_are_the_accounts_that_the_stances_take(gapped: Candidate) -> None:
    """A conservative regime's own account is the first end, a best-estimate regime's the last, where no control fails."""
    ((conservative, estimated, wrong),) = gapped.ask("""
        with ends as (
            select emission_id, max(step) as last_step from accounting.price_steps where is_known group by emission_id
        ),
        sound as (
            select ends.*, regimes.missing_data_stance = 'conservative' as is_conservative
            from ends inner join accounting.emission_lines as lines using (emission_id)
            inner join rules.regimes on lines.regime = regimes.regime
            where emission_id not in (
                select emission_id from accounting.price_steps where failed_controls <> '' or step_kind = 'default')
        )
        select
            count(*) filter (where is_conservative), count(*) filter (where not is_conservative),
            count(*) filter (where lines.sign * products.co2e_t is distinct from emissions.emissions_tco2e)
        from sound
        inner join accounting.emission_lines as lines using (emission_id)
        inner join accounting.emissions using (emission_id)
        inner join accounting.price_products as products
            on products.price_id = concat_ws('|', emission_id, case when is_conservative then 0 else last_step end)""")
    assert conservative > 3 and estimated > 3 and wrong == 0


def test_the_plans_own_rules_never_lower_the_account(gapped: Candidate) -> None:
    rows = gapped.ask(
        "select tonnes_at_risk from marts.fct_gap_prices where not is_default and tonnes_at_risk is not null"
    )
    assert len(rows) > 10 and all(tonnes >= 0 for (tonnes,) in rows)
