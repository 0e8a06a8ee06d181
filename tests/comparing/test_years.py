"""Year on year against brute force: the parts of every stream's change, in fractions, from the published marts alone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import factorial
from typing import Any

import pytest

from pipelines import warehouse
from pipelines.workspace import Workspace

FACTORS = ("activity", "mix", "intensity", "share", "factor")
CLOSE = Decimal("0.00001")
ENERGY = """
    select facility_id, stream_id, year(month) as year, sum(energy_gj) as gj from marts.fct_energy group by all
    having bool_and(reason = '') and sum(energy_gj) <> 0
"""
OUTPUT = """
    select facility_id, year(month) as year, sum(quantity) as output from marts.fct_activity_data
    where kind = 'production' group by all having count(quantity) = count(*)
"""
EMITTED = """
    select facility_id, stream_id, year, coalesce(sum(emissions_tco2e), 0) from marts.fct_inventory
    where regime = 'gbt32150' group by all
"""


def rows(workspace: Workspace, query: str) -> list[tuple[Any, ...]]:
    with warehouse.reading(warehouse.published(workspace)) as connection:
        return connection.execute(query).fetchall()


def test_the_parts_add_up_to_the_change_exactly_and_missing_output_is_never_0(built: Workspace) -> None:
    for _, known, unknown, change, told, year in rows(
        built,
        """select facility_id, count(difference_tco2e), count(*) - count(difference_tco2e),
               any_value(to_tco2e) - any_value(from_tco2e), sum(difference_tco2e), from_year
           from marts.fct_yearly_changes group by facility_id, from_year, regime""",
    ):
        assert change == told and known + unknown == 9, year
    hidden = rows(
        built,
        """select distinct status, difference_tco2e is null from marts.fct_yearly_changes
           where facility_id = 'NJ-W' and from_year = 2024 and yearly_part = 'activity'""",
    )
    assert hidden == [("not_separable", True)]  # the workshop's plan has no product


def test_a_facility_that_came_is_boundary_whole(built: Workspace) -> None:
    """The workshop was bought in mid-2024."""
    query = """select yearly_part, difference_tco2e = to_tco2e from marts.fct_yearly_changes
               where facility_id = 'NJ-W' and from_year = 2023 and regime = 'gbt32150' and difference_tco2e <> 0"""
    assert rows(built, query) == [("boundary", True)]


def test_only_whole_years_are_compared(built: Workspace) -> None:
    assert rows(built, "select distinct from_year, to_year from marts.fct_yearly_changes order by all") == [
        (2023, 2024),
        (2024, 2025),
    ]


@pytest.mark.parametrize("facility", ["NJ-E", "NJ-F"])
@pytest.mark.parametrize("year", [2023, 2024])
def test_energy_streams_by_brute_force(built: Workspace, facility: str, year: int) -> None:
    """Of streams with energy in both years: activity, intensity, mix and factor, each a mean over all 120 orders."""
    energy = {(stream, when): Fraction(gj) for place, stream, when, gj in rows(built, ENERGY) if place == facility}
    output = {when: Fraction(amount) for place, when, amount in rows(built, OUTPUT) if place == facility}
    emitted = {(stream, when): Fraction(t) for place, stream, when, t in rows(built, EMITTED) if place == facility}
    accounted = {stream for stream, _ in emitted}
    whole = {
        when: sum(gj for (stream, at), gj in energy.items() if at == when and stream in accounted)
        for when in (year, year + 1)
    }
    expected = dict.fromkeys(FACTORS, Fraction(0))
    for stream in accounted:
        if all((stream, when) in energy and (stream, when) in emitted for when in (year, year + 1)):
            sides = [_factors(stream, when, energy, output, emitted, whole) for when in (year, year + 1)]
            for name, share in _shapley(*sides).items():
                expected[name] += share
    found = dict(
        rows(
            built,
            f"""select yearly_part, difference_tco2e from marts.fct_yearly_changes
                where regime = 'gbt32150' and facility_id = '{facility}' and from_year = {year}""",
        )
    )
    for name, part in (("intensity", "energy_intensity"), ("share", "fuel_mix")):
        assert abs(found[part] - _decimal(expected[name])) < CLOSE, part
    assert found["product_mix"] == 0  # the only facility with output in this unit


def _factors(
    stream: str, when: int, energy: Mapping, output: Mapping, emitted: Mapping, whole: Mapping
) -> dict[str, Fraction]:
    used = energy[stream, when]
    return {
        "activity": output[when],
        "mix": Fraction(1),
        "intensity": whole[when] / output[when],
        "share": used / whole[when],
        "factor": emitted[stream, when] / used,
    }


def _shapley(before: dict[str, Fraction], after: dict[str, Fraction]) -> dict[str, Fraction]:
    shares = dict.fromkeys(FACTORS, Fraction(0))
    for order in permutations(FACTORS):
        standing = dict(before)
        for name in order:
            old = _product(standing)
            standing[name] = after[name]
            shares[name] += _product(standing) - old
    return {name: share / factorial(len(FACTORS)) for name, share in shares.items()}


def _product(values: Mapping[str, Fraction]) -> Fraction:
    result = Fraction(1)
    for value in values.values():
        result *= value
    return result


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
