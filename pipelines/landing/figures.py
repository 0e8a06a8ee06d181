"""The measured figures of a table's rows with their units: one per row, or one per measure. Gathers no rows."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from pipelines import records, units
from pipelines.feeds import Source
from pipelines.landing import identifiers, numbers
from pipelines.landing.columns import OWN_UNITS, SIGNED, Reading, is_given, texts_of
from pipelines.landing.findings import Findings
from pipelines.landing.numbers import NumberRule
from pipelines.landing.structure import Grid
from pipelines.units import Unit

TEXT = pa.string()


@dataclass(frozen=True)
class Figure:
    """One figure of every row. measure: its name, '' when a row has only one. position: its column in the table.

    values: in the unit stored, with the printed sign; sign: what turns that into the house's sign, row by row or for
    all. units: the unit stored, per row. flags: what stood in place of a missing value.
    """

    measure: str
    position: int
    rule: NumberRule
    values: pa.Array
    sign: int | pa.Array
    units: pa.Array
    flags: pa.Array

    @property
    def signed(self) -> pa.Array:
        """The values in the house's sign: into stock positive, out of stock negative."""
        if isinstance(self.sign, int):
            return self.values if self.sign == 1 else pc.negate(self.values)
        return pc.if_else(self.sign, pc.negate(self.values), self.values)


def figures_of(grid: Grid, reading: Reading, typed: dict[str, pa.Array], findings: Findings) -> list[Figure]:
    """Every figure of the table; a row without any is NUM_BLANK, a row with a wrong one says so."""
    feed = reading.feed
    if not feed.figure:
        return []
    if feed.measures is None:
        return [_figure("", feed.sources[feed.figure], grid, reading, typed, findings)]
    present = {**feed.measures.columns, **feed.measures.optional}
    found = [
        _figure(name, source, grid, reading, typed, findings)
        for name, source in present.items()
        if grid.position_of(source.headers) is not None
    ]
    none = pc.is_null(found[0].values)
    for figure in found[1:]:
        none = pc.and_(none, pc.is_null(figure.values))
    findings.mark(none, "NUM_BLANK", grid.header.names[found[0].position])
    return found


def figure_columns(grid: Grid, reading: Reading) -> list[tuple[str, pa.Array]]:
    """The headings and cells of the figures, for judging the file's decimal mark."""
    feed = reading.feed
    measures = {**feed.measures.columns, **feed.measures.optional} if feed.measures else {}
    single = [feed.sources[feed.figure]] if feed.figure in feed.sources else []
    sources: Sequence[Source] = list(measures.values()) or single
    positions = [grid.position_of(source.headers) for source in sources]
    return [(grid.header.names[p], grid.column(p)) for p in positions if p is not None]


def rule_of(reading: Reading, heading: str, unit: Unit | None) -> tuple[NumberRule, Unit | None]:
    """How a figure under `heading` is read, and the unit it is stored in; None where each row has its own.

    The heading's own unit is converted into the feed's; mean power becomes energy.
    """
    feed = reading.feed
    is_profile = feed.record_type == "load_profile"
    shown = units.unit_in_header(heading) or unit
    factor = Fraction(1)
    if unit and shown:
        factor = units.ratio(shown, unit) or factor
    if unit and feed.unit.kind == "power" and (energy := units.energy_of_power(unit, feed.time.interval_minutes)):
        unit, hours = energy
        factor *= hours
    decimals = numbers.INTERVAL_DECIMALS if is_profile else numbers.QUANTITY_DECIMALS
    refuses = feed.sign.negative == "refuse" and feed.figure not in SIGNED
    own = units.unit_of(OWN_UNITS[feed.figure]) if feed.figure in OWN_UNITS else None
    return NumberRule(reading.mark, decimals, refuses, factor, shown if unit else own), unit


def unit_names(
    grid: Grid, reading: Reading, fixed: Unit | None, typed: dict[str, pa.Array], findings: Findings
) -> pa.Array:
    """The unit stored of every row: the fixed one, or what the row itself says; its dimension must suit the row's fuel."""
    rule = reading.feed.unit
    if fixed is not None or not has_own_units(grid, reading):
        names = _repeated(fixed, grid)
        if "unit" in dict(records.COLUMNS[reading.feed.record_type]):
            findings.mark(pc.is_null(names), "UNIT_BLANK", "unit")
    elif rule.map_column:
        names = _mapped_units(rule.map_column, grid, reading, findings)
    else:
        names = _said_units(rule.column, grid, reading, findings)
    if rule.dimension_by:
        _check_dimensions(names, typed[rule.dimension_by], findings, grid, rule.column)
    return names


def has_own_units(grid: Grid, reading: Reading) -> bool:
    """Whether the rows, or the rows above the header, say the unit."""
    rule = reading.feed.unit
    return bool(rule.map_column or is_given(rule.column, grid, reading.file_name))


def _figure(
    measure: str, source: Source, grid: Grid, reading: Reading, typed: dict[str, pa.Array], findings: Findings
) -> Figure:
    feed = reading.feed
    heading = grid.heading_of(source)
    measure_unit = feed.measures.units.get(measure) if feed.measures else None
    fixed = None if has_own_units(grid, reading) else feed.unit.constant
    rule, unit = rule_of(reading, heading, measure_unit or fixed)
    texts = texts_of(source, grid, reading.file_name)
    judged = numbers.judge(reading.connection, texts, rule)
    codes, flags = judged.codes, pa.nulls(len(grid), TEXT)
    if feed.measures:
        # A blank among several measures is a missing value, not a wrong row: it stays null and says what stood there.
        missing = pc.is_in(codes, pa.array(sorted(numbers.MISSING)))
        flags = pc.if_else(pc.equal(pc.fill_null(codes, ""), "NUM_SENTINEL"), texts, flags)
        codes = pc.if_else(missing, pa.scalar(None, TEXT), codes)
    findings.add(codes, heading, texts, str(rule.decimals))
    stored = unit_names(grid, reading, unit, typed, findings)
    return Figure(
        measure,
        grid.position_of(source.headers) or 0,
        rule,
        judged.values,
        _sign(measure, grid, reading),
        stored,
        flags,
    )


def _repeated(unit: Unit | None, grid: Grid) -> pa.Array:
    return pa.repeat(pa.scalar(unit.name if unit else None, TEXT), len(grid))


def _sign(measure: str, grid: Grid, reading: Reading) -> int | pa.Array:
    """-1 or 1 for all rows, or row by row: true where the figure leaves the stock."""
    feed = reading.feed
    if feed.sign.column:
        texts = identifiers.trimmed(texts_of(feed.sign.column, grid, reading.file_name))
        return pc.is_in(texts, pa.array(feed.sign.minus, TEXT))
    return feed.measures.signs.get(measure, 1) if feed.measures else 1


def _said_units(source: Source | None, grid: Grid, reading: Reading, findings: Findings) -> pa.Array:
    texts = identifiers.trimmed(texts_of(source, grid, reading.file_name))
    heading = (grid.heading_of(source) if source else "") or "unit"
    encoded = texts.dictionary_encode()
    known = [units.unit_of(text) for text in encoded.dictionary.to_pylist()]
    for text, unit in zip(encoded.dictionary.to_pylist(), known, strict=True):
        if unit:
            reading.unit_texts.setdefault(unit.name, set()).add(text)
    names = pa.array([unit.name if unit else None for unit in known], TEXT).take(encoded.indices)
    findings.mark(pc.is_null(texts), "UNIT_BLANK", heading)
    findings.mark(pc.is_null(names), "UNIT_UNKNOWN", heading, texts)
    return names


def _mapped_units(source: Source, grid: Grid, reading: Reading, findings: Findings) -> pa.Array:
    texts = identifiers.trimmed(texts_of(source, grid, reading.file_name))
    mapped = reading.feed.unit.mapped
    encoded = texts.dictionary_encode()
    known = [mapped.get(text) for text in encoded.dictionary.to_pylist()]
    names = pa.array([unit.name if unit else None for unit in known], TEXT).take(encoded.indices)
    findings.mark(pc.is_null(names), "CODE_UNKNOWN", grid.heading_of(source), texts, ", ".join(mapped))
    return names


def _check_dimensions(names: pa.Array, fuels: pa.Array, findings: Findings, grid: Grid, source: Source | None) -> None:
    """A unit whose dimension the row's fuel cannot have: diesel in Nm3, steam in GJ/t. A fuel not known is not judged."""
    pairs = pc.binary_join_element_wise(pc.fill_null(fuels, ""), pc.fill_null(names, ""), "\t").dictionary_encode()
    judged = [_allowed(*pair.split("\t")) for pair in pairs.dictionary.to_pylist()]
    heading = grid.heading_of(source) if source else "unit"
    expected = pa.array(judged, TEXT).take(pairs.indices)
    codes = pc.if_else(pc.is_valid(expected), pa.scalar("UNIT_DIMENSION"), pa.scalar(None, TEXT))
    findings.add(codes, heading, names, expected)


def _allowed(fuel_name: str, unit_name: str) -> str | None:
    """The dimensions a fuel may have when the unit's is none of them; None when nothing is wrong."""
    fuel, unit = units.fuel_of(fuel_name), units.unit_of(unit_name)
    if fuel is None or unit is None or unit.dimension in fuel.dimensions:
        return None
    return ", ".join(sorted(fuel.dimensions))
