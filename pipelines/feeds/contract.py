"""What a feed contract says, typed. It reads no TOML, no data file, and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from zoneinfo import ZoneInfo

from pipelines.readers import ReaderOptions
from pipelines.units import Unit

# Formats that show the same table: one feed reads it as CSV, TSV, a pipe list, a workbook or an HTML page.
TABLE_KINDS = frozenset({"delimited", "excel", "html"})
FORMATS = frozenset({"delimited", "excel", "parquet", "nem12", "pact_json"})

INTERVAL_BEGIN, INTERVAL_END = "interval_begin", "interval_end"
MIDNIGHT_OLD_DATE = "interval_end_midnight_old_date"

# What a record cannot do without: a blank here is a reason code; any other column may be blank.
NEEDED: dict[str, tuple[str, ...]] = {
    "load_profile": ("meter_id", "channel", "local_date", "values"),
    "register_reading": ("meter_id", "channel", "read_at", "register"),
    "stock_movement": ("material_code", "movement", "posting_date", "quantity"),
    "fuel_consumption": ("fuel_code", "period_start", "period_end", "quantity"),
    "production_output": ("product_code", "period_start", "period_end", "quantity"),
    "utility_bill": ("account_id", "commodity", "period_start", "period_end", "quantity"),
    "lab_assay": ("material_code", "sample_id", "property", "quantity"),
    "purchase": ("material_code", "posting_date", "quantity"),
    "supplier_footprint": (
        *("footprint_id", "product_code", "declared_unit", "declared_amount", "footprint_excluding_biogenic_kgco2e"),
    ),
    "energy_attribute": ("certificate_id", "period_start", "period_end", "quantity"),
    "evidence_document": ("document_type", "document_number"),
    "weather": ("station_id", "local_date", "temperature_mean_c"),
}

# The column that receives the measured figure, one per record type: the one `[measures]` spreads out.
FIGURE = {
    "load_profile": "values",
    "register_reading": "register",
    "weather": "temperature_mean_c",
    "supplier_footprint": "footprint_excluding_biogenic_kgco2e",
    "evidence_document": "",
}

# The pair of columns a `period` cell becomes.
PERIODS = {"stock_movement": ("posting_date", "period_end")}
DEFAULT_PERIOD = ("period_start", "period_end")


@dataclass(frozen=True)
class Source:
    """Where a record column comes from: one of `headers`, or all of `join` with `separator` between them.

    `title`: a regular expression with one group, searched in the rows above the header; `file_name`: the same, in the
    file's name.
    """

    headers: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    separator: str = "/"
    title: str = ""
    file_name: str = ""

    def needs(self) -> list[tuple[str, ...]]:
        """The headings that must stand in the header row: of each tuple, one."""
        return [(one,) for one in self.join] if self.join else [self.headers] if self.headers else []


@dataclass(frozen=True)
class Points:
    """The columns of a wide load profile: prefix + number, `first` to `last`; `digits`: padded with zeros to that.

    last = None: as many as the file has; each row's interval_minutes then says how many of them are its own.
    """

    prefix: str
    first: int
    last: int | None
    digits: int = 0

    def headers(self) -> list[str]:
        """The headings that must be there, in the order of the day."""
        last = self.first if self.last is None else self.last
        return [self.heading(number) for number in range(self.first, last + 1)]

    def heading(self, number: int) -> str:
        """The heading of one point."""
        return f"{self.prefix}{number:0{self.digits}d}"


@dataclass(frozen=True)
class Measures:
    """One source row becomes one record per column: `into` receives the measure's name. `optional` may be absent."""

    into: str
    columns: dict[str, Source]
    optional: dict[str, Source] = field(default_factory=dict)
    signs: dict[str, int] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitRule:
    """The figure's unit: `column` where the file has it, else `map_column` looked up in `mapped`, else `constant`.

    kind: 'energy', or 'power' (a mean over the interval, turned into energy). dimension_by: the record column whose
    fuel says which dimensions are possible.
    """

    constant: Unit | None = None
    column: Source | None = None
    map_column: Source | None = None
    mapped: dict[str, Unit] = field(default_factory=dict)
    kind: str = "energy"
    dimension_by: str = ""


@dataclass(frozen=True)
class TimeRule:
    """How dates are written and what interval a stamp names; see the feed contract for each key."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    interval_minutes: int = 1440
    label: str = INTERVAL_BEGIN
    order: str = "ymd"
    period: str = ""
    period_end_inclusive: bool = False
    earliest: date = date(1990, 1, 1)


@dataclass(frozen=True)
class SignRule:
    """negative: 'refuse' or 'allow'. Where `column` holds one of `minus`, the figure is taken as negative."""

    negative: str = "refuse"
    column: Source | None = None
    minus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How the table stands in the file. decimal: 'auto', '.' or ','. header_rows: 2 joins a merged header with '/'."""

    decimal: str = "auto"
    header_rows: int = 1
    checks_totals: bool = True
    needs_final_newline: bool = True


@dataclass(frozen=True)
class Feed:
    """One kind of file and how its rows become records. name: the TOML's stem. digest: SHA-256 (hex) of its bytes."""

    name: str
    digest: str
    record_type: str
    description_zh: str
    description_en: str
    files: tuple[str, ...]
    format: str
    reader: ReaderOptions
    layout: Layout
    columns: dict[str, Source]
    optional_columns: dict[str, Source]
    points: Points | None
    flag_points: Points | None
    missing_flags: frozenset[str]
    ignored: tuple[str, ...]
    constants: dict[str, str]
    maps: dict[str, dict[str, str]]
    measures: Measures | None
    unit: UnitRule
    time: TimeRule
    sign: SignRule
    column_types: dict[str, str]

    @property
    def figure(self) -> str:
        """The record column of the measured figure: 'values', 'register', 'quantity' …; '' where there is none."""
        return FIGURE.get(self.record_type, "quantity")

    @property
    def sources(self) -> dict[str, Source]:
        """Record column → source, required and optional ones."""
        return {**self.columns, **self.optional_columns}

    @property
    def period_columns(self) -> tuple[str, str]:
        """The record columns of a period's first day and of the day after its last."""
        return PERIODS.get(self.record_type, DEFAULT_PERIOD)

    @property
    def is_profile_of_stamps(self) -> bool:
        """Whether rows are intervals with a time of day, to be gathered into meter-days."""
        return self.record_type == "load_profile" and self.points is None and self.time.interval_minutes < 1440

    def takes(self, file_name: str, kind: str) -> bool:
        """Whether a file of that name and format may be meant at all."""
        same = kind in TABLE_KINDS if self.format in TABLE_KINDS else kind == self.format
        return same and any(fnmatchcase(file_name.casefold(), glob.casefold()) for glob in self.files)

    def wants(self, sheet: str) -> bool:
        """Whether a sheet of that name is the feed's business; a table without a sheet always is."""
        return not sheet or fnmatchcase(sheet.casefold(), self.reader.sheet.casefold())

    def signature(self) -> list[tuple[str, ...]]:
        """The headings that a header row must hold: of each tuple, one."""
        required = [*self.columns.values(), *(self.measures.columns.values() if self.measures else ())]
        required += [one for one in (self.unit.map_column, self.sign.column) if one]
        if self.unit.column and not self.unit.constant:
            required.append(self.unit.column)
        points = [(header,) for header in self.points.headers()] if self.points else []
        return [need for source in required for need in source.needs()] + points

    def known_headers(self) -> list[str]:
        """Every heading the feed speaks of; a pattern such as 'FK*' is allowed among the ignored ones."""
        sources = [*self.sources.values(), self.unit.column, self.unit.map_column, self.sign.column]
        sources += [*self.measures.columns.values(), *self.measures.optional.values()] if self.measures else []
        named = [header for source in sources if source for header in (*source.headers, *source.join)]
        points = [points.prefix + "*" for points in (self.points, self.flag_points) if points]
        return [*named, *points, *self.ignored]
