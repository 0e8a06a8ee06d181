"""The bridge between two builds against brute force: residual 0, no order, and each part's exact Shapley value."""

from __future__ import annotations

import random
import time
from decimal import Decimal

import pytest

from pipelines import warehouse
from tests import campaigns
from tests.comparing import generated
from tests.comparing.laying import laid

CHANGES = "select emission_id, change_part, difference_tco2e from line_changes order by all"


def bridge(lines: list[generated.Line], swap: bool = False, threads: int = 2) -> list[tuple[str, str, Decimal]]:
    with warehouse.scratch(threads) as connection:
        laid(connection, lines, swap)
        inexact = connection.execute("select count(*) from shared_changes where not is_exact").fetchall()
        assert inexact == [(0,)]
        return connection.execute(CHANGES).fetchall()


@pytest.mark.parametrize("seed", range(3))
def test_every_part_is_its_shapley_value_by_brute_force(seed: int) -> None:
    lines = generated.lines(seed, 150)
    found: dict[str, dict[str, Decimal]] = {}
    for emission_id, part, tonnes in bridge(lines):
        found.setdefault(emission_id, {})[part] = tonnes
    wrong = [
        (line.emission_id, found.get(line.emission_id, {}), expected)
        for line in lines
        if (expected := line.expected()) != found.get(line.emission_id, {})
    ]
    assert not wrong
    assert len({part for parts in found.values() for part in parts}) == len(generated.PARTS)


def test_the_order_of_rows_and_the_number_of_threads_change_no_digit() -> None:
    lines = generated.lines(11, 120)
    asked = bridge(lines)
    shuffled = [*lines]
    random.Random(5).shuffle(shuffled)
    for line in shuffled:
        line.readings.reverse()
    assert bridge(shuffled, threads=1) == asked == bridge(shuffled, threads=4)


@pytest.mark.parametrize("seed", [21, 22])
def test_each_line_and_the_whole_leave_no_residual(seed: int) -> None:
    lines = generated.lines(seed, 300)
    total: dict[str, Decimal] = {}
    for emission_id, _, tonnes in bridge(lines):
        total[emission_id] = total.get(emission_id, Decimal(0)) + tonnes
    assert total == {line.emission_id: line.difference for line in lines if line.difference} | {
        emission_id: tonnes for emission_id, tonnes in total.items() if tonnes == 0
    }


def widened(line: generated.Line, decimals: int) -> generated.Line:
    """The line with two more changed factors of nine digits before the point and `decimals` behind it."""
    huge = Decimal(123456789) + Decimal(10**decimals // 7) / 10**decimals
    line.terms = [term for term in line.terms if term.name not in ("gwp", "ncv")]
    line.terms.append(generated.Term("gwp", "default", (huge, 1, 1), (huge + 1, 1, 1), "gwp_set"))
    line.terms.append(generated.Term("ncv", "default", (huge, 1, 1), (huge + 3, 1, 1), "factor_edition"))
    return line


def parted_lines(seed: int) -> list[generated.Line]:
    """Lines on both sides whose quantity and factors are each of another part, under one method."""
    lines = (line for line in generated.lines(seed, 60) if not line.only)
    return [line for line in lines if len(line.expected()) > 2 and "method" not in line.expected()]


def test_products_far_beyond_128_bits_are_parted_to_the_digit() -> None:
    lines = [widened(line, decimals) for decimals, line in enumerate(parted_lines(3)[:6], 2)]
    assert max(abs(line.counted(frozenset(generated.PARTS)).numerator) for line in lines) > 2**127
    found: dict[str, dict[str, Decimal]] = {}
    for emission_id, part, tonnes in bridge(lines):
        found.setdefault(emission_id, {})[part] = tonnes
    assert found == {line.emission_id: line.expected() for line in lines}


def test_a_divisor_beyond_128_bits_says_so_and_leaves_no_residual() -> None:
    line = widened(parted_lines(3)[0], 12)
    with warehouse.scratch() as connection:
        laid(connection, [line])
        assert connection.execute("select bool_or(is_exact) from shared_changes").fetchall() == [(False,)]
        found = {part: tonnes for _, part, tonnes in connection.execute(CHANGES).fetchall()}
    assert sum(found.values()) == line.difference
    for part, expected in line.expected().items():
        assert abs(found[part] - expected) <= abs(expected) * Decimal("1e-12")


@pytest.mark.campaign
def test_many_pairs_against_brute_force() -> None:
    started = time.monotonic()
    for seed in range(1000, 1040):
        print(f"seed {seed}")
        test_every_part_is_its_shapley_value_by_brute_force(seed)
        test_each_line_and_the_whole_leave_no_residual(seed)
    campaigns.record(
        "bridge between builds", "40 made-up pairs of 150 lines against every order of change, 40 of 300 for the residual",
        "every part to the last digit, residual 0", time.monotonic() - started,
    )  # fmt: skip
