"""Which rows of a table are data: titles, blank rows, repeated headers, totals, sections and footers are told apart.

It types nothing. Only rows with something odd in a column that every record needs are looked at one by one.
"""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.feeds import Feed, Header, comparable
from pipelines.feeds.contract import NEEDED, Source
from pipelines.readers import Refused, Table

_TOTAL = re.compile(
    r".{0,20}(小计|合计|总计|累计|共计)[:：]?|(sub|grand)?[\s-]?totals?:?|sum|summe|gesamt(summe)?|\*{1,4}", re.I
)
_FOOTER = re.compile(
    r"(制表|审核|复核|编制|填报|填表|打印|导出|负责|统计|主管|记账|保管|批准)(人|员|时间|日期|单位)?\s*[:：]|(备注|注|说明)\d*\s*[:：]"
    r"|第\s*\d+\s*页|共\s*\d+\s*页|page\s*\d+|(prepared|approved|printed|checked)\s+(by|on)\b",
    re.I,
)
_RULE = re.compile(r"[\s\-=_+|*]*[\-=_+|]{2,}[\s\-=_+|]*")
_NUMBER = re.compile(r"[(+\-−]?[\d.][\d.,\s]*[)\-]?")
_ID_LIKE = re.compile(r"[0-9A-Za-z_\-/.#'\"=+()]+")
_ROWS_AT_A_TIME = 10_000
_MOST_RUNS = 1_000


@dataclass(frozen=True)
class Skipped:
    """A row that is no record: `reason` is ROW_BLANK, ROW_TITLE, ROW_TOTAL_SKIPPED …"""

    row_number: int
    reason: str
    text: str


@dataclass(frozen=True)
class Total:
    """A total row: its place among the table's rows, its number, its cells."""

    position: int
    row_number: int
    cells: tuple[str | None, ...]
    is_subtotal: bool


@dataclass
class Grid:
    """The data rows of one table under its header."""

    table: Table
    header: Header
    positions: pa.Array | None = None
    skipped: list[Skipped] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.row_numbers)

    @property
    def sheet(self) -> str:
        return self.table.sheet

    @cached_property
    def cells(self) -> pa.Table:
        """The cells of the data rows; runs of rows are shared with the table, not copied."""
        if self.positions is None:
            return self.table.cells.slice(self.header.last + 1)
        runs = _runs(self.data_positions)
        if len(runs) > _MOST_RUNS:
            return self.table.cells.take(self.positions)
        parts = [self.table.cells.slice(start, length) for start, length in runs]
        return pa.concat_tables([self.table.cells.slice(0, 0), *parts])

    @cached_property
    def row_numbers(self) -> pa.Array:
        """The physical number of each data row."""
        numbers = self.table.row_numbers
        return numbers.slice(self.header.last + 1) if self.positions is None else numbers.take(self.positions)

    @cached_property
    def data_positions(self) -> Sequence[int]:
        """Where each data row stands in the table."""
        if self.positions is None:
            return range(self.header.last + 1, self.table.cells.num_rows)
        return self.positions.to_pylist()

    def column(self, position: int) -> pa.Array:
        """One column of the data rows."""
        return self.cells.column(position).combine_chunks()

    def position_of(self, headings: Sequence[str]) -> int | None:
        """The column of the first of `headings` that the header has."""
        found = self.header.positions
        return next((found[comparable(one)] for one in headings if comparable(one) in found), None)

    def heading_of(self, source: Source) -> str:
        """How the file itself names the column(s) of a source."""
        wanted = source.join or source.headers
        names = [self.header.names[p] for one in wanted if (p := self.position_of([one])) is not None]
        return source.separator.join(names if source.join else names[:1]).strip()

    def row_texts(self, indices: Sequence[int]) -> Iterator[str]:
        """Data rows as text, for whoever looks at the quarantine."""
        for start in range(0, len(indices), _ROWS_AT_A_TIME):
            part = pa.array(indices[start : start + _ROWS_AT_A_TIME], pa.int64())
            yield from map(text_of, _rows(self.cells.take(part)))


def grid_of(table: Table, header: Header, feed: Feed) -> Grid:
    """The data rows of `table`; Refused HDR_DUPLICATE when a heading the feed needs stands twice."""
    _refuse_twins(header, feed)
    grid = Grid(table, header)
    first = header.last + 1
    for position, cells in enumerate(_rows(table.cells.slice(0, header.first))):
        filled = any((cell or "").strip() for cell in cells)
        number = table.row_numbers[position].as_py()
        grid.skipped.append(Skipped(number, "ROW_TITLE" if filled else "ROW_BLANK", text_of(cells)))
    body = table.cells.slice(first)
    suspects = pc.indices_nonzero(_suspects(body, grid, feed)).to_pylist()
    left_out = _sorted_out(grid, feed, body, suspects)
    if left_out:
        kept = pa.array(sorted(set(range(body.num_rows)) - left_out), pa.int64())
        grid.positions = pc.add(kept, first)
    return grid


def text_of(cells: Iterator[str | None] | Sequence[str | None]) -> str:
    """Cells as one line."""
    return " | ".join(cell or "" for cell in cells).rstrip(" |")


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Consecutive positions as (start, length)."""
    runs: list[tuple[int, int]] = []
    for position in positions:
        if runs and position == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((position, 1))
    return runs


def _refuse_twins(header: Header, feed: Feed) -> None:
    names = [comparable(name) for name in header.names if name.strip()]
    known = {comparable(name) for name in feed.known_headers()} - {"*"}
    for name in names:
        if name in known and names.count(name) > 1:
            raise Refused("HDR_DUPLICATE", found=name)


def _suspects(body: pa.Table, grid: Grid, feed: Feed) -> pa.Array:
    """Rows in which a column that every record needs is blank, a heading, a total or a rule."""
    odd = pa.repeat(pa.scalar(False), body.num_rows)
    columns = [feed.sources[name] for name in NEEDED[feed.record_type] if name in feed.sources and name != feed.figure]
    positions = {
        p for source in columns for one in (source.join or source.headers) if (p := grid.position_of([one])) is not None
    }
    for position in sorted(positions):
        heading = comparable(grid.header.names[position])
        encoded = body.column(position).combine_chunks().dictionary_encode()
        is_odd = pa.array([_is_odd(text, heading) for text in encoded.dictionary.to_pylist()], pa.bool_())
        odd = pc.or_(odd, pc.fill_null(is_odd.take(encoded.indices), True))
    return odd


def _is_odd(text: str, heading: str) -> bool:
    bare = text.strip()
    if bare[:1].isdigit() and bare.isascii():
        return False
    return not bare or comparable(bare) in heading or bool(_TOTAL.fullmatch(_closed(bare)) or _RULE.fullmatch(bare))


def _sorted_out(grid: Grid, feed: Feed, body: pa.Table, suspects: Sequence[int]) -> set[int]:
    """Note every suspect that is no record; returns their places in `body`."""
    left_out = set()
    figures = _figure_positions(grid, feed)
    for start in range(0, len(suspects), _ROWS_AT_A_TIME):
        part = suspects[start : start + _ROWS_AT_A_TIME]
        for index, cells in zip(part, _rows(body.take(part)), strict=True):
            reason = _reason(cells, grid.header, figures, feed.layout.checks_totals)
            if reason:
                left_out.add(index)
                _note(grid, index + grid.header.last + 1, cells, reason)
    return left_out


def _note(grid: Grid, position: int, cells: tuple[str | None, ...], reason: str) -> None:
    number = grid.table.row_numbers[position].as_py()
    if reason == "ROW_TOTAL_SKIPPED":
        is_subtotal = any("小计" in _closed(cell or "") or "sub" in (cell or "").lower() for cell in cells)
        grid.totals.append(Total(position, number, cells, is_subtotal))
    grid.skipped.append(Skipped(number, reason, text_of(cells)))


def _figure_positions(grid: Grid, feed: Feed) -> frozenset[int]:
    sources = [feed.sources[feed.figure]] if feed.figure in feed.sources else []
    sources += list(feed.measures.columns.values()) if feed.measures else []
    found = (grid.position_of(source.headers) for source in sources)
    points = (grid.position_of([heading]) for heading in (feed.points.headers() if feed.points else ()))
    return frozenset(position for position in (*found, *points) if position is not None)


def _reason(cells: Sequence[str | None], header: Header, figures: frozenset[int], checks_totals: bool) -> str | None:
    """Why a row is no record, or None when it is one (perhaps a bad one)."""
    filled = {position: cell.strip() for position, cell in enumerate(cells) if cell and cell.strip()}
    if not filled or all(_RULE.fullmatch(cell) for cell in filled.values()):
        return "ROW_BLANK"
    if _is_header(filled, header):
        return "ROW_HEADER_REPEATED"
    texts = [cell for position, cell in filled.items() if position not in figures]
    if checks_totals and any(_TOTAL.fullmatch(_closed(text)) for text in texts):
        return "ROW_TOTAL_SKIPPED"
    if _FOOTER.match(next(iter(filled.values()))) and not any(
        _NUMBER.fullmatch(filled[p]) for p in figures & filled.keys()
    ):
        return "ROW_FOOTER"
    if len(filled) == 1 and not _ID_LIKE.fullmatch(texts[0] if texts else "0"):
        return "ROW_SECTION"
    return None


def _is_header(filled: dict[int, str], header: Header) -> bool:
    """Whether the row says again what the header says, or the lower half of a header of two rows does."""
    return len(filled) > 1 and all(_says(cell, header.names[position]) for position, cell in filled.items())


def _says(cell: str, heading: str) -> bool:
    whole = comparable(heading)
    return comparable(cell) == whole or comparable(cell) in whole.split("/")


def _closed(text: str) -> str:
    """'小  计' as it is meant."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", text.strip())


def _rows(cells: pa.Table) -> Iterator[tuple[str | None, ...]]:
    columns = [column.to_pylist() for column in cells.columns]
    return iter(zip(*columns, strict=True)) if columns else iter([()] * cells.num_rows)
