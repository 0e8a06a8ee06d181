"""A table's columns as a record type's columns: texts, dates and numbers typed, each wrong cell with its reason.

Measured figures are not here (figures.py), nor are records made of several rows (meter_days.py).
"""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import records
from pipelines.feeds import Feed, Source
from pipelines.feeds.contract import INTERVAL_BEGIN, NEEDED
from pipelines.landing import identifiers, moments, numbers
from pipelines.landing.findings import Findings
from pipelines.landing.moments import MomentRule
from pipelines.landing.numbers import NumberRule
from pipelines.landing.structure import Grid
from pipelines.readers import Notice

TEXT = pa.string()

# Figures that may be negative whatever the feed says: temperatures, credit notes, biogenic uptake.
SIGNED = frozenset(
    {
        "temperature_mean_c",
        "temperature_min_c",
        "temperature_max_c",
        "amount_cny",
        "footprint_excluding_biogenic_kgco2e",
        "footprint_including_biogenic_kgco2e",
    }
)
# What a unit inside such a cell would have to be: '22℃'.
OWN_UNITS = {"temperature_mean_c": "℃", "temperature_min_c": "℃", "temperature_max_c": "℃", "amount_cny": "CNY"}
OWN_UNITS["primary_data_share_percent"] = "%"


@dataclass
class Reading:
    """One file on its way to records: its feed, name, latest believable date, decimal mark, and what is worth a notice."""

    connection: duckdb.DuckDBPyConnection
    feed: Feed
    file_name: str
    kind: str
    latest: date
    mark: str = "."
    notices: list[tuple[str, Notice]] = field(default_factory=list)
    unit_texts: dict[str, set[str]] = field(default_factory=dict)

    @property
    def needed(self) -> tuple[str, ...]:
        return NEEDED[self.feed.record_type]

    def notice(self, sheet: str, notice: Notice) -> None:
        """Note a warning once per sheet, code and field."""
        if not any((s, n.code, n.field) == (sheet, notice.code, notice.field) for s, n in self.notices):
            self.notices.append((sheet, notice))

    def moment_rule(self, grid: Grid) -> MomentRule:
        time = self.feed.time
        return MomentRule(time.order, time.zone, time.earliest, self.latest, grid.table.date_system)

    def number_rule(self, column: str) -> NumberRule:
        from pipelines import units

        refuses = self.feed.sign.negative == "refuse" and column not in SIGNED
        own = OWN_UNITS.get(column)
        return NumberRule(mark=self.mark, refuses_negative=refuses, unit=units.unit_of(own) if own else None)


def typed(grid: Grid, reading: Reading, findings: Findings) -> dict[str, pa.Array]:
    """Every column of the record type except the figure, its unit and flags, row by row; nulls where it has none."""
    feed = reading.feed
    found: dict[str, pa.Array] = {}
    for name, kind in records.COLUMNS[feed.record_type]:
        if name in (feed.figure, "unit", "flags") or name in found:
            continue
        if feed.measures and name == feed.measures.into:
            continue
        if feed.time.period and name == feed.period_columns[0]:
            found |= _period(grid, reading, findings)
        elif name == feed.period_columns[1] and feed.time.period:
            continue
        else:
            found[name] = _column(name, kind, grid, reading, findings)
    _check_period(found, feed, findings)
    return found


def is_given(source: Source | None, grid: Grid, file_name: str) -> bool:
    """Whether the file has what a source names."""
    if source is None:
        return False
    if source.title or source.file_name:
        return _searched(source, grid, file_name) is not None
    if source.join:
        return all(grid.position_of([one]) is not None for one in source.join)
    return grid.position_of(source.headers) is not None


def texts_of(source: Source | None, grid: Grid, file_name: str) -> pa.Array:
    """The cells a source names, as received; nulls when the file has no such column."""
    if source is None:
        return pa.nulls(len(grid), TEXT)
    if source.title or source.file_name:
        return _repeated(_searched(source, grid, file_name), grid)
    positions = [grid.position_of([one]) for one in source.join] if source.join else [grid.position_of(source.headers)]
    if None in positions:
        return pa.nulls(len(grid), TEXT)
    parts = [grid.column(position) for position in positions if position is not None]
    return parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, source.separator)


def _searched(source: Source, grid: Grid, file_name: str) -> str | None:
    """What the regular expression finds in the file's name, or in the rows above the header."""
    if source.file_name:
        found = re.search(source.file_name, file_name)
        return found[1] if found else None
    titles = (re.search(source.title, row.text) for row in grid.skipped if row.reason == "ROW_TITLE")
    return next((found[1] for found in titles if found), None)


def _repeated(text: str | None, grid: Grid) -> pa.Array:
    return pa.repeat(pa.scalar(text, TEXT), len(grid))


def _cells(name: str, grid: Grid, reading: Reading) -> tuple[pa.Array, str]:
    """The cells of a record column and the heading to name in a message; a constant counts as a cell."""
    feed = reading.feed
    source = feed.sources.get(name)
    if source is None and name in feed.constants:
        return _repeated(feed.constants[name], grid), name
    texts = texts_of(source, grid, reading.file_name)
    return texts, (grid.heading_of(source) if source else "") or name


def _column(name: str, kind: pa.DataType, grid: Grid, reading: Reading, findings: Findings) -> pa.Array:
    texts, heading = _cells(name, grid, reading)
    if pa.types.is_string(kind):
        return _text(name, texts, heading, grid, reading, findings)
    if pa.types.is_temporal(kind):
        return _date(name, kind, texts, heading, grid, reading, findings)
    if pa.types.is_decimal(kind) or pa.types.is_integer(kind):
        return _number(name, kind, texts, heading, reading, findings)
    return pa.nulls(len(grid), kind)


def _text(name: str, texts: pa.Array, heading: str, grid: Grid, reading: Reading, findings: Findings) -> pa.Array:
    values = identifiers.trimmed(texts)
    if identifiers.is_identifier(name):
        judged = identifiers.judge(texts, heading)
        values = judged.values
        _notice_first(judged.decorated, texts, "ID_DECORATED", heading, grid, reading)
    if name in reading.feed.maps:
        values = _mapped(values, reading.feed.maps[name], heading, findings)
    if name in reading.needed:
        findings.mark(pc.is_null(values), "KEY_BLANK", heading)
    return values


def _mapped(values: pa.Array, known: Mapping[str, str], heading: str, findings: Findings) -> pa.Array:
    """Codes translated by the feed's map; one that is not in it is a reason."""
    encoded = values.dictionary_encode()
    translated = pa.array([known.get(text) for text in encoded.dictionary.to_pylist()], TEXT).take(encoded.indices)
    unknown = pc.and_(pc.is_valid(values), pc.is_null(translated))
    findings.mark(unknown, "CODE_UNKNOWN", heading, values, ", ".join(known))
    return translated


def _date(
    name: str, kind: pa.DataType, texts: pa.Array, heading: str, grid: Grid, reading: Reading, findings: Findings
) -> pa.Array:
    rule = reading.moment_rule(grid)
    judged = moments.judge(texts, rule, heading)
    codes = judged.codes
    if name not in reading.needed:
        codes = pc.if_else(pc.equal(pc.fill_null(codes, ""), "TS_BLANK"), pa.scalar(None, TEXT), codes)
    findings.add(codes, heading, texts, f"{rule.earliest} … {rule.latest}")
    if reading.kind != "excel":
        _notice_first(judged.serials, texts, "TS_EXCEL_SERIAL", heading, grid, reading)
    if reading.feed.is_profile_of_stamps and name == "local_date":
        return judged.values
    if pa.types.is_timestamp(kind):
        return judged.values
    days = judged.values.cast(pa.date32(), safe=False)
    if reading.feed.time.period_end_inclusive and name == reading.feed.period_columns[1]:
        return _moved(days, 1)
    is_end_of_day = reading.feed.points is None and reading.feed.time.label != INTERVAL_BEGIN
    if name == "local_date" and is_end_of_day:
        return _moved(days, -1)
    return days


def _moved(days: pa.Array, by: int) -> pa.Array:
    return pc.add(days.cast(pa.int32()), pa.scalar(by, pa.int32())).cast(pa.date32())


def _number(
    name: str, kind: pa.DataType, texts: pa.Array, heading: str, reading: Reading, findings: Findings
) -> pa.Array:
    if texts.null_count == len(texts) and name not in reading.needed:
        return pa.nulls(len(texts), kind)
    rule = reading.number_rule(name)
    if pa.types.is_integer(kind):
        rule = replace(rule, decimals=0)
    judged = numbers.judge(reading.connection, texts, rule)
    codes = judged.codes
    if name not in reading.needed:
        missing = pc.is_in(codes, pa.array(sorted(numbers.MISSING)))
        codes = pc.if_else(missing, pa.scalar(None, TEXT), codes)
    findings.add(codes, heading, texts, str(rule.decimals))
    return judged.values.cast(kind) if pa.types.is_integer(kind) else judged.values


def _period(grid: Grid, reading: Reading, findings: Findings) -> dict[str, pa.Array]:
    """One cell that names a day, month or year becomes the first day and the day after the last."""
    start_column, end_column = reading.feed.period_columns
    texts, heading = _cells(start_column, grid, reading)
    rule = reading.moment_rule(grid)
    starts, ends, codes = moments.periods(texts, rule, reading.feed.time.period)
    findings.add(codes, heading, texts, f"{rule.earliest} … {rule.latest}")
    return {start_column: starts, end_column: ends}


def _check_period(found: dict[str, pa.Array], feed: Feed, findings: Findings) -> None:
    start, end = (found.get(name) for name in feed.period_columns)
    if start is not None and end is not None:
        findings.mark(pc.less_equal(end, start), "TS_PERIOD_BACKWARDS", feed.period_columns[1], end.cast(TEXT))


def _notice_first(mask: pa.Array, texts: pa.Array, code: str, heading: str, grid: Grid, reading: Reading) -> None:
    """A warning for the whole column, naming the first row it is about."""
    first = pc.index(pc.fill_null(mask, False), True).as_py()
    if first >= 0:
        row = grid.row_numbers[first].as_py()
        reading.notice(grid.sheet, Notice(code, row, heading, {"found": texts[first].as_py()}))
