"""A property over made-up gaps: what a rule of the plan puts in never lowers emissions against its best estimate."""

from __future__ import annotations

import time
from decimal import Decimal
from random import Random

import duckdb
import pyarrow as pa
import pytest

from pipelines import rules, warehouse
from tests import campaigns

SEED = 20261123
OWN_RULES = ("MD-04", "MD-06", "MD-07", "MD-08", "MD-09", "MD-10", "MD-13")
EMPTY = """
    select '' as planned_id, '' as regime, '' as rule_id, '' as answers_control, '' as cause, '' as direction,
        0::decimal(38, 12) as kept_quantity, false as is_gap, false as is_default, null::decimal(38, 12) as default_estimate,
        0::decimal(38, 12) as fill_best_estimate, 0::decimal(38, 12) as fill_substitute where false"""
QUANTITY = pa.decimal128(38, 12)


def amount(random: Random, is_known: float = 0.8) -> Decimal | None:
    return Decimal(random.randrange(10**9)).scaleb(-random.choice([0, 3, 6])) if random.random() < is_known else None


def made_up(random: Random, count: int) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Gaps, the rules they fall under as the seeds have them, and what they may be filled with."""
    written = [row for row in rules.rows("missing_data_rules") if row["rule_id"] in OWN_RULES]
    gaps, ruled, fills = [], [], []
    for number in range(count):
        rule, rated = random.choice(written), amount(random)
        way = random.choice(["up", "down"]) if rule["direction"] == "conservative" else rule["direction"]
        is_short = random.random() < 0.9
        names = {"planned_id": f"g{number}", "regime": rule["regime"]}
        # a share lies between 0 and 1, and the grid average is the worst that can happen to green power
        most = Decimal(1) if rule["rule_id"] == "MD-09" else None
        adjacent, last_year, line = (_capped(amount(random), most or rated) for _ in range(3))
        gaps.append(
            {"planned_id": f"g{number}", "unit": "1", "cause": "outage", "kept_quantity": amount(random) or Decimal(0)}
            | {"cross_check_quantity": amount(random, 0.5)}
        )
        ruled.append(
            names | {"rule_id": rule["rule_id"], "algorithm": rule["algorithm"], "answers_control": "DQ10", "direction": way}
            | {"estimate_by": rule["best_estimate"], "rule_unit": rule["unit"] or None, "is_within_limit": is_short}
            | {"rule_value": Decimal(rule["value"]) if rule["value"] else None}
        )  # fmt: skip
        found = {"adjacent_fill": adjacent, "last_year_fill": last_year, "interpolated_fill": line, "rated_fill": rated}
        fills.append(names | found)
    return _table(gaps), _table(ruled), _table(fills)


def _capped(value: Decimal | None, most: Decimal | None) -> Decimal | None:
    return value if value is None or most is None else min(value, most)


def _table(rows: list[dict]) -> pa.Table:
    columns = {}
    for name in rows[0]:
        is_number = any(isinstance(row[name], Decimal) for row in rows)
        columns[name] = pa.array([row[name] for row in rows], QUANTITY if is_number else None)
    return pa.table(columns)


def answered(seed: int, count: int) -> list[tuple]:
    """Rule, direction, best estimate, substitute and capacity of every made-up gap that the real model fills."""
    gaps, ruled, fills = made_up(Random(seed), count)
    names = ("gaps", "gap_rules", "gap_fills", "unit_ratios", "calibration_substitutes")
    query = warehouse.render_model("readings/substitutes.sql", {name: f"given_{name}" for name in names})
    with duckdb.connect() as connection:
        for name, table in zip(names, (gaps, ruled, fills), strict=False):
            connection.register(f"given_{name}", table)
        connection.execute(
            "create table given_unit_ratios as select '1' as from_unit, '1' as to_unit, 1 as numerator, 1 as denominator"
        )
        connection.execute(f"create table given_calibration_substitutes as {EMPTY}")
        return connection.execute(f"""
            with answered as ({query})
            select answered.rule_id, answered.direction, fill_best_estimate, fill_substitute, is_within_limit, algorithm,
                rated_fill, cross_check_quantity
            from answered
            inner join given_gap_rules using (planned_id) inner join given_gap_fills using (planned_id)
            inner join given_gaps using (planned_id)""").fetchall()


def judge(rows: list[tuple]) -> dict[str, int]:
    """How many gaps each rule filled; fails on the first that lowers emissions, goes beyond capacity or is too long."""
    filled: dict[str, int] = {}
    for rule_id, direction, best, substitute, is_within_limit, algorithm, rated, bill in rows:
        assert (best is None) or (substitute is not None)
        if not is_within_limit:
            assert best is None and substitute is None
        if substitute is None:
            continue
        filled[rule_id] = filled.get(rule_id, 0) + 1
        if best is not None:
            assert {"up": substitute >= best, "down": substitute <= best}.get(direction, substitute == best), rule_id
        if rated is not None and bill is None and algorithm != "constant":
            assert substitute <= rated and (best is None or best <= rated)
    return filled


def test_a_substitute_never_lowers_emissions() -> None:
    print(f"seed {SEED}")
    filled = judge(answered(SEED, 3000))
    assert set(filled) == set(OWN_RULES) and min(filled.values()) > 100


@pytest.mark.campaign
def test_a_substitute_never_lowers_emissions_at_length() -> None:
    started, count = time.monotonic(), 0
    for seed in range(SEED, SEED + 20):
        count += sum(judge(answered(seed, 20_000)).values())
    campaigns.record(
        "missing data", f"{count:,} made-up gaps under the plan's own rules", "no substitute lowers emissions",
        time.monotonic() - started,
    )  # fmt: skip
