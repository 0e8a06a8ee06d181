"""Printed totals against the sum of the rows they stand under. A total never becomes a record."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from pipelines import records
from pipelines.landing import numbers
from pipelines.landing.columns import Reading
from pipelines.landing.figures import Figure
from pipelines.landing.numbers import NumberRule
from pipelines.landing.structure import Grid, Total

# A sum of these says nothing: register readings, properties, temperatures, footprints.
NOT_ADDITIVE = frozenset({"register_reading", "lab_assay", "weather", "supplier_footprint", "evidence_document"})


@dataclass(frozen=True)
class Compared:
    """A printed total beside the sum of its rows, both as text in the unit stored."""

    row_number: int
    heading: str
    printed: str
    summed: str


def mismatches(grid: Grid, figures: Sequence[Figure], good: pa.Array, reading: Reading) -> list[Compared]:
    """The printed totals that no sum of the rows above them explains."""
    if not grid.totals or reading.feed.record_type in NOT_ADDITIVE:
        return []
    return [one for figure in figures for one in _mismatches(grid, figure, good, reading)]


def _mismatches(grid: Grid, figure: Figure, good: pa.Array, reading: Reading) -> list[Compared]:
    found = []
    positions, since = grid.data_positions, -1
    for total in grid.totals:
        text = total.cells[figure.position]
        if text is None or not text.strip():
            continue
        printed = _printed(text, figure.rule, reading)
        block = _sum(figure, good, positions, since, total.position)
        whole = _sum(figure, good, positions, -1, total.position)
        since = total.position
        if printed is not None and printed in ((block,) if total.is_subtotal else (whole, block)):
            continue
        found.append(_compared(grid, figure, total, text, block if total.is_subtotal else whole))
    return found


def _compared(grid: Grid, figure: Figure, total: Total, text: str, summed: Decimal) -> Compared:
    return Compared(total.row_number, grid.header.names[figure.position], text.strip(), plain(summed))


def _printed(text: str, rule: NumberRule, reading: Reading) -> Decimal | None:
    """The total as a number; None when it is none. A total may be negative where its rows may not."""
    signed = NumberRule(rule.mark, rule.decimals, False, rule.factor, rule.unit)
    return numbers.judge(reading.connection, pa.array([text]), signed).values[0].as_py()


def _sum(figure: Figure, good: pa.Array, positions: Sequence[int], after: int, before: int) -> Decimal:
    """The sum, as printed, of the good rows that stand between two places of the table."""
    places = pa.array(positions, pa.int64())
    inside = pc.and_(pc.and_(pc.greater(places, after), pc.less(places, before)), good)
    return pc.sum(figure.values.filter(inside).cast(records.QUANTITY)).as_py() or Decimal(0)


def plain(value: Decimal) -> str:
    """A number without trailing zeros and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
