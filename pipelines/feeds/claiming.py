"""Which feed a file belongs to, by its name and its header row. It types nothing and loads nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from pipelines.feeds.contract import Feed
from pipelines.feeds.likeness import most_alike
from pipelines.readers import Document, Refused, Table

HEADER_WITHIN = 30
NEAREST = 3

Candidates = dict[int, list["Header"]]


@dataclass(frozen=True)
class Header:
    """Where a table's header stands. first, last: its rows by position in the table. names: the headings as received."""

    first: int
    last: int
    names: tuple[str, ...]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Comparable heading → column; of equal headings, the first."""
        found: dict[str, int] = {}
        for position, name in enumerate(self.names):
            found.setdefault(comparable(name), position)
        return found


@dataclass(frozen=True)
class Claim:
    """The feed of a file and the header of each of its tables; None for a table that does not fit the feed."""

    feed: Feed
    headers: tuple[Header | None, ...]


@lru_cache(maxsize=1 << 14)
def comparable(heading: str) -> str:
    """A heading as it is compared: NFKC, one space for any run of white space, lower case."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", heading).replace("\ufeff", "")).strip().casefold()


def claims(document: Document, feeds: Sequence[Feed], file_name: str) -> list[Claim]:
    """Every claim on the document: the feed takes the file's name and a header row holds all its columns."""
    meant = [feed for feed in feeds if feed.takes(file_name, document.kind)]
    tables = [(table.sheet, _candidates(table)) for table in document.tables]
    found = [
        Claim(feed, tuple(_header_of(feed, rows) if feed.wants(sheet) else None for sheet, rows in tables))
        for feed in meant
    ]
    return [claim for claim in found if any(claim.headers)]


def refuse_unclaimed(document: Document, feeds: Sequence[Feed], file_name: str, found: Sequence[Claim]) -> None:
    """Raise Refused unless exactly one feed claims the document: FEED_AMBIGUOUS, or HDR_UNKNOWN with the nearest feeds."""
    if len(found) > 1:
        raise Refused("FEED_AMBIGUOUS", found=", ".join(claim.feed.name for claim in found))
    if not found:
        shown, near = _nearest(document, feeds, file_name)
        raise Refused("HDR_UNKNOWN", found=shown or "-", expected=near or "-")


def top_rows(table: Table) -> list[list[str | None]]:
    """The first rows of a table, as lists of cells."""
    top = table.cells.slice(0, HEADER_WITHIN + 1)
    columns = [column.to_pylist() for column in top.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _header_of(feed: Feed, candidates: Candidates) -> Header | None:
    """The first candidate that holds every heading of the feed's signature."""
    needs = [{comparable(name) for name in need} for need in feed.signature()]
    for header in candidates[feed.layout.header_rows]:
        names = header.positions.keys()
        if all(need & names for need in needs):
            return header
    return None


def _candidates(table: Table) -> Candidates:
    """What may be the header: each of the first rows, and each pair of rows joined, by the number of rows."""
    rows = top_rows(table)
    single = [Header(n, n, tuple(cell or "" for cell in row)) for n, row in enumerate(rows[:HEADER_WITHIN])]
    double = [Header(n, n + 1, _joined(upper, lower)) for n, (upper, lower) in enumerate(pairwise(rows))]
    return {1: single, 2: double}


def _joined(upper: Sequence[str | None], lower: Sequence[str | None]) -> tuple[str, ...]:
    """A merged header in one row: '期初结存' over '数量' and '金额' gives '期初结存/数量' and '期初结存/金额'."""
    names, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = (above or "").strip() or (group if (below or "").strip() else "")
        # a cell merged over both rows stands in both: it is one name, not two
        names.append("/".join(dict.fromkeys(part for part in (group, (below or "").strip()) if part)))
    return tuple(names)


def _nearest(document: Document, feeds: Sequence[Feed], file_name: str) -> tuple[str, str]:
    """The header that comes nearest to any feed, and those feeds with the headings they miss."""
    tables = [_candidates(table) for table in document.tables]
    meant = [feed for feed in feeds if feed.takes(file_name, document.kind)]
    scored = _by_shared_headings(meant, tables)
    if not scored:
        fullest = max((header for table in tables for header in table[1]), key=_filled, default=Header(0, 0, ()))
        scored = [_score(feed, fullest) for feed in most_alike(meant or feeds, fullest.names, file_name)]
    near = "; ".join(f"{one.feed.name} ({_listed(one.missing)})" for one in scored[:NEAREST])
    return " | ".join(name for one in scored[:1] for name in one.header.names if name), near


def _by_shared_headings(feeds: Sequence[Feed], tables: Sequence[Candidates]) -> list[_Score]:
    """Of each feed the header that holds most of its headings; the feeds that share none are left out."""
    scored: list[_Score] = []
    for feed in feeds:
        scores = [_score(feed, header) for table in tables for header in table[feed.layout.header_rows]]
        best = max(scores, key=lambda one: (one.hits, -len(one.missing)), default=None)
        if best and best.hits:
            scored.append(best)
    return sorted(scored, key=lambda one: (-one.hits, len(one.missing), one.feed.name))


@dataclass(frozen=True)
class _Score:
    """How near a header comes to a feed: how many of its headings stand there, and which do not."""

    feed: Feed
    header: Header
    hits: int
    missing: list[str]


def _score(feed: Feed, header: Header) -> _Score:
    signature, names = feed.signature(), header.positions.keys()
    missing = [need[0] for need in signature if not {comparable(name) for name in need} & names]
    return _Score(feed, header, len(signature) - len(missing), missing)


def _filled(header: Header) -> int:
    return sum(map(bool, header.names))


def _listed(missing: Sequence[str]) -> str:
    return f"缺 / missing: {', '.join(missing[:6])}{' …' if len(missing) > 6 else ''}"
