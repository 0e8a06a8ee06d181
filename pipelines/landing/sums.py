"""What a file's records add up to, unit by unit, for a person to compare with the source. Nothing of this is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import duckdb
import pyarrow as pa

from pipelines import units, warehouse
from pipelines.landing import numbers
from pipelines.landing.one_file import Landed
from pipelines.landing.totals import NOT_ADDITIVE, plain

REGISTERS = "readings/register_intervals.sql"

_CURVES = 'select unit, sum(list_sum("values")) as quantity from records group by unit order by unit'
# Balances are no flow: adding them to what moved means nothing.
_MOVEMENTS = """
    select unit, sum(quantity) as quantity from records
    where movement not in ('opening', 'closing')
    group by unit order by unit
"""
_QUANTITIES = "select unit, sum(quantity) as quantity from records group by unit order by unit"
_STAGED = "create or replace temp view staged_registers as select *, '' as file_sha256, true as is_current from records"
_REGISTER_STEPS = "create or replace temp table steps as "
_REGISTER_SUMS = "select register_unit, sum(quantity) from steps where reason is null group by register_unit order by 1"
_REGISTER_WARNINGS = """
    select coalesce(reason, flag) as code, register, start_register from steps
    where code is not null
    order by meter_id, channel, end_at
"""


@dataclass(frozen=True)
class Total:
    """A sum in one unit."""

    unit: str
    quantity: Decimal


def totals(connection: duckdb.DuckDBPyConnection, landed: Landed, meters: pa.Table) -> list[Total]:
    """One total per dimension: in the file's own unit where it has one, else in the base unit of the dimension."""
    if landed.records is None or landed.feed is None or not landed.records.num_rows:
        return []
    kind = landed.feed.record_type
    connection.register("records", landed.records)
    if kind == "register_reading":
        _step(connection, meters)
        found = connection.execute(_REGISTER_SUMS).fetchall()
    elif kind in NOT_ADDITIVE:
        return []
    else:
        query = {"load_profile": _CURVES, "stock_movement": _MOVEMENTS}.get(kind, _QUANTITIES)
        found = connection.execute(query).fetchall()
    sums = {unit: quantity for unit, quantity in found if unit and quantity is not None}
    return list(_merged(sums, landed.unit_texts))


def register_warnings(
    connection: duckdb.DuckDBPyConnection, landed: Landed, meters: pa.Table
) -> list[tuple[str, dict[str, str]]]:
    """(code, values) of every step of a register that is no plain advance, by the arithmetic of the readings model."""
    if landed.feed is None or landed.feed.record_type != "register_reading" or landed.records is None:
        return []
    connection.register("records", landed.records)
    _step(connection, meters)
    steps = connection.execute(_REGISTER_WARNINGS).fetchall()
    known = {"REG_ROLLOVER", "REG_BACKWARDS", "REG_MULTIPLIER_CHANGED"}
    return [(code, {"found": plain(to), "expected": plain(start)}) for code, to, start in steps if code in known]


def _step(connection: duckdb.DuckDBPyConnection, meters: pa.Table) -> None:
    """Table `steps`: the readings model over the file's own registers and the plan's meters."""
    connection.execute(_STAGED)
    connection.register("planned_meters", meters)
    names = {"stg_register_readings": "staged_registers", "meters": "planned_meters"}
    connection.execute(_REGISTER_STEPS + warehouse.render_model(REGISTERS, names))


def _merged(sums: dict[str, Decimal], texts: dict[str, set[str]]) -> Iterator[Total]:
    """Sums of one dimension as one total, in the base unit, where they add up exactly."""
    by_dimension: dict[str, list[str]] = {}
    for name in sums:
        unit = units.unit_of(name)
        by_dimension.setdefault(unit.dimension if unit else name, []).append(name)
    for names in by_dimension.values():
        whole = _in_base(sums, names) if len(names) > 1 else None
        if whole:
            yield whole
        else:
            yield from (Total(_as_written(name, texts), sums[name]) for name in names)


def _in_base(sums: dict[str, Decimal], names: list[str]) -> Total | None:
    known = [unit for name in names if (unit := units.unit_of(name))]
    whole = sum((Fraction(sums[unit.name]) * unit.to_base for unit in known), Fraction(0))
    if len(known) < len(names) or not units.is_finite(whole):
        return None
    return Total(known[0].base_unit, numbers.as_decimal(whole))


def _as_written(name: str, texts: dict[str, set[str]]) -> str:
    """The unit as the file writes it, where it writes it in one way only."""
    written = texts.get(name, set())
    return next(iter(written)) if len(written) == 1 else name
