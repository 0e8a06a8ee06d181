"""One file from its bytes to records and accounts. It stores nothing and knows no workspace."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import records, warehouse
from pipelines.archive import Release
from pipelines.feeds import Claim, Feed, Header, comparable
from pipelines.landing import columns, curves, decimal_marks, figures, keys, meter_days, released, totals
from pipelines.landing.accounts import FileAccount, Ledger, SkippedRow
from pipelines.landing.assembling import Rows, as_table, records_of, schema_with_origin, slots_of
from pipelines.landing.claiming import claimed, unforeseen
from pipelines.landing.columns import Reading
from pipelines.landing.findings import Findings
from pipelines.landing.structure import Grid, grid_of
from pipelines.readers import Document, Refused, Table


@dataclass(frozen=True)
class Delivered:
    """A file to be landed: where its bytes lie, what it was called, its SHA-256, the last date believed in it.

    releases: rows that a decision wants read with other texts.
    """

    path: Path
    name: str
    sha256: str
    latest: date
    releases: tuple[Release, ...] = ()


@dataclass(frozen=True)
class Landed:
    """What a file became: `records` with their origin (None when it was refused), its ledger and its account.

    unit_texts: how the file itself writes each unit.
    """

    feed: Feed | None
    records: pa.Table | None
    ledger: Ledger
    account: FileAccount
    unit_texts: dict[str, set[str]] = field(default_factory=dict)


def landed(file: Delivered, known: Sequence[Feed]) -> Landed:
    """Read, claim, type and account for one file. A file that cannot count is REJECT_FILE, never an exception."""
    try:
        document, claim = claimed(file.path, file.name, known)
    except Refused as refusal:
        return refused(file, refusal)
    return of_document(file, document, claim)


def of_document(file: Delivered, document: Document, claim: Claim) -> Landed:
    """Type and account for a file that has been read and claimed."""
    try:
        with unforeseen(), warehouse.scratch() as connection:
            _refuse_partial(document, claim.feed)
            as_decided = released.applied(document, claim, file.releases)
            return _Landing(file, as_decided, claim, connection).result()
    except Refused as refusal:
        return refused(file, refusal, claim.feed)


def refused(file: Delivered, refusal: Refused, feed: Feed | None = None) -> Landed:
    """A file that does not count, and why. Whatever else was noted no longer matters."""
    ledger = Ledger(file.sha256, file.name, feed.name if feed else "", feed.record_type if feed else "")
    ledger.refuse(refusal.code, refusal.values)
    return Landed(None, None, ledger, ledger.closed(0, 0, 0, (0, 0)))


def _refuse_partial(document: Document, feed: Feed) -> None:
    for notice in document.notices:
        if notice.code == "FILE_PARTIAL" and feed.layout.needs_final_newline:
            raise Refused("FILE_PARTIAL", **{**notice.values, "row": str(notice.row_number or "")})


class _Landing:
    """The steps of landing one claimed document, in their order."""

    def __init__(self, file: Delivered, document: Document, claim: Claim, connection: duckdb.DuckDBPyConnection):
        self.file, self.document, self.claim, self.feed = file, document, claim, claim.feed
        self.ledger = Ledger(file.sha256, file.name, claim.feed.name, claim.feed.record_type)
        self.connection = connection
        self.reading = Reading(connection, claim.feed, file.name, document.kind, file.latest)
        self.grids: list[Grid] = []
        self.offsets: list[int] = []
        self.rows_read = 0

    def result(self) -> Landed:
        self._say_notices()
        self._find_rows()
        self._find_decimal_mark()
        parts = [
            part for grid, offset in zip(self.grids, self.offsets, strict=True) for part in self._typed(grid, offset)
        ]
        table = self._settled(parts)
        for sheet, notice in self.reading.notices:
            self.ledger.say(notice.code, notice.values, sheet, notice.row_number, notice.field)
        released.say(self.ledger, self.file.releases)
        loaded = self.rows_read - len(self.ledger.quarantined) - len(self.ledger.skipped)
        account = self.ledger.closed(self.rows_read, loaded, table.num_rows, self._values(table))
        return Landed(self.feed, table, self.ledger, account, self.reading.unit_texts)

    def _say_notices(self) -> None:
        for notice in self.document.notices:
            if notice.code != "FILE_PARTIAL":
                self.ledger.say(notice.code, notice.values, "", notice.row_number, notice.field)
        for table in self.document.tables:
            for notice in table.notices if self.feed.wants(table.sheet) else ():
                self.ledger.say(notice.code, notice.values, table.sheet, notice.row_number, notice.field)

    def _find_rows(self) -> None:
        offset = 0
        for table, header in zip(self.document.tables, self.claim.headers, strict=True):
            if header is None:
                self._skip_table(table)
                continue
            grid = grid_of(table, header, self.feed)
            self.grids.append(grid)
            self.offsets.append(offset)
            offset += len(grid)
            self._account_for(grid)
        if not any(len(grid) or grid.table.bad_rows for grid in self.grids):
            raise Refused("FILE_NO_ROWS")

    def _account_for(self, grid: Grid) -> None:
        """Count the rows of a table and note those that are no data; total rows wait for their sums."""
        table, sheet = grid.table, grid.sheet
        self.rows_read += len(grid) + len(grid.skipped) + len(table.bad_rows)
        for row in grid.skipped:
            if row.reason != "ROW_TOTAL_SKIPPED":
                self.ledger.skip(row.reason, sheet, row.row_number, row.text)
        for bad in table.bad_rows:
            self.ledger.quarantine(bad.code, bad.values, sheet, bad.row_number, bad.values.get("field", ""), bad.text)
        self._compare_headings(grid.header, grid)

    def _skip_table(self, table: Table) -> None:
        """A sheet that the feed does not want, or whose header does not fit: the latter's rows are skipped, and said."""
        count = table.cells.num_rows + len(table.bad_rows)
        if not self.feed.wants(table.sheet):
            self.ledger.say("SHEET_SKIPPED", {"expected": self.feed.reader.sheet}, field=table.sheet)
        elif table.bad_rows or any(column.null_count < len(column) for column in table.cells.columns):
            self.rows_read += count
            self.ledger.say("SHEET_UNCLAIMED", {"found": str(count)}, field=table.sheet)
            for number in [*table.row_numbers.to_pylist(), *(bad.row_number for bad in table.bad_rows)]:
                self.ledger.skipped.append(SkippedRow(table.sheet, number, "SHEET_UNCLAIMED", ""))

    def _compare_headings(self, header: Header, grid: Grid) -> None:
        known = [comparable(name) for name in self.feed.known_headers()]
        types = {comparable(name): kind for name, kind in self.feed.column_types.items()}
        for position, name in enumerate(header.names):
            heading = comparable(name)
            if not any(fnmatchcase(heading, pattern) for pattern in known) and self._holds_anything(grid, position):
                shown = name.strip() or f"#{position + 1}"
                self.ledger.say("HDR_NEW_COLUMN", {"found": shown}, grid.sheet, field=shown)
            expected, found = types.get(heading), (grid.table.types or ("",) * len(header.names))[position]
            if expected and found and found != expected:
                self.ledger.say("COL_TYPE_CHANGED", {"found": found, "expected": expected}, grid.sheet, field=name)

    def _holds_anything(self, grid: Grid, position: int) -> bool:
        """A column with a heading counts; one without only when it holds something."""
        column = grid.cells.column(position)
        return bool(grid.header.names[position].strip()) or column.null_count < len(column)

    def _find_decimal_mark(self) -> None:
        """One mark for the whole file; of wide curves only the odd rows are asked, later."""
        self.reading.mark = self.feed.layout.decimal
        if self.reading.mark == "auto" and not self.feed.points:
            asked = [column for grid in self.grids for column in self._numeric_columns(grid)]
            self.reading.mark = decimal_marks.decimal_mark(self.connection, asked)

    def _numeric_columns(self, grid: Grid) -> list[tuple[str, pa.Array]]:
        kinds = dict(records.COLUMNS[self.feed.record_type])
        others = [
            (grid.header.names[position], grid.column(position))
            for name, source in self.feed.sources.items()
            if pa.types.is_decimal(kinds[name])
            and name != self.feed.figure
            and (position := grid.position_of(source.headers)) is not None
        ]
        return figures.figure_columns(grid, self.reading) + others

    def _typed(self, grid: Grid, offset: int) -> list[pa.Table]:
        """The records of one table; its wrong rows go to quarantine."""
        findings = Findings(len(grid))
        typed = columns.typed(grid, self.reading, findings)
        if self.feed.points:
            parts = curves.records_of(grid, offset, typed, self.reading, findings)
            self._note_totals(grid, [], findings)
        else:
            found = figures.figures_of(grid, self.reading, typed, findings)
            self._note_totals(grid, found, findings)
            rows = Rows(grid, offset, typed, findings.good)
            if self.feed.is_profile_of_stamps:
                parts = [slots_of(rows, found, self.reading)]
            else:
                parts = [records_of(rows, found, self.reading)]
        self._quarantine(grid, findings)
        return parts

    def _note_totals(self, grid: Grid, found: list[figures.Figure], findings: Findings) -> None:
        wrong = {one.row_number: one for one in reversed(totals.mismatches(grid, found, findings.good, self.reading))}
        for row in grid.skipped:
            if row.reason == "ROW_TOTAL_SKIPPED" and row.row_number not in wrong:
                self.ledger.skip(row.reason, grid.sheet, row.row_number, row.text)
            elif row.reason == "ROW_TOTAL_SKIPPED":
                one = wrong[row.row_number]
                values = {"found": one.printed, "expected": one.summed}
                self.ledger.skip("TOTAL_MISMATCH", grid.sheet, row.row_number, row.text, values)

    def _quarantine(self, grid: Grid, findings: Findings) -> None:
        indices = pc.indices_nonzero(pc.invert(findings.good))
        columns = (findings.codes, findings.fields, findings.found, findings.expected)
        told = zip(*(column.take(indices).to_pylist() for column in columns), strict=True)
        numbers = grid.row_numbers.take(indices).to_pylist()
        texts = grid.row_texts(indices.to_pylist())
        for number, text, (code, heading, found, expected) in zip(numbers, texts, told, strict=True):
            values = {"found": found or "", "expected": expected or ""}
            self.ledger.quarantine(code, values, grid.sheet, number, heading or "", text)

    def _settled(self, parts: list[pa.Table]) -> pa.Table:
        """The records once rows of the same key have been told apart, or gathered into meter-days."""
        if self.feed.is_profile_of_stamps:
            days = meter_days.gathered(self.connection, pa.concat_tables(parts), self.feed.time)
            self._set_aside(days.verdicts)
            schema = schema_with_origin(self.feed.record_type)
            return as_table({name: days.records.column(name) for name in days.records.column_names}, schema)
        table = pa.concat_tables(parts) if parts else schema_with_origin(self.feed.record_type).empty_table()
        if self.feed.record_type in records.REPEATABLE:
            return table
        mask = keys.repeated(self.connection, table, self.feed.record_type)
        if not pc.any(mask).as_py():
            return table
        verdicts = keys.verdicts(self.connection, table.filter(mask), self.feed.record_type)
        return table.filter(pc.invert(pc.is_in(table.column("ordinal"), self._set_aside(verdicts))))

    def _set_aside(self, verdicts: pa.Table) -> pa.Array:
        """Quarantine or skip the rows of `verdicts` (ordinal, code, found); returns their ordinals.

        A row of several records is a duplicate only when all of them are.
        """
        found: dict[int, dict[str, str]] = {}
        for row in verdicts.to_pylist():
            held = found.setdefault(row["ordinal"], row)
            if held["code"] == "ROW_DUPLICATE":
                found[row["ordinal"]] = row
        for number, grid in enumerate(self.grids):
            own = {at - self.offsets[number]: row for at, row in found.items() if self._grid_of(at) == number}
            for index, text in zip(own, grid.row_texts(list(own)), strict=True):
                self._set_one_aside(grid, index, own[index], text)
        return pa.array(found.keys(), pa.int64())

    def _grid_of(self, ordinal: int) -> int:
        return bisect_right(self.offsets, ordinal) - 1

    def _set_one_aside(self, grid: Grid, index: int, row: dict[str, str], text: str) -> None:
        physical = grid.row_numbers[index].as_py()
        values = {"found": row["found"] or "", "expected": str(self.feed.time.interval_minutes)}
        if row["code"] == "ROW_DUPLICATE":
            self.ledger.skip("ROW_DUPLICATE", grid.sheet, physical, text, values)
        else:
            self.ledger.quarantine(row["code"], values, grid.sheet, physical, "", text)

    def _values(self, table: pa.Table) -> tuple[int, int]:
        """How many figures the records hold, and how many of them are missing."""
        if not self.feed.figure:
            return 0, 0
        column = table.column(self.feed.figure)
        if self.feed.record_type == "load_profile":
            column = pc.list_flatten(column)
        return len(column), column.null_count
