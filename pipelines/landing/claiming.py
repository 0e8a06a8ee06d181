"""A file read and claimed by one feed. What neither the readers nor landing foresaw costs the file, not the build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines import durable, feeds, readers
from pipelines.feeds import Claim, Feed
from pipelines.readers import Document, ReaderOptions, Refused

EVERY_SHEET = "*"
# Refusals for the sake of one sheet, which a feed may not even want.
OF_A_SHEET = frozenset({"XL_FORMULA_NO_VALUE"})

_BROKEN = (pa.ArrowException, duckdb.Error, UnicodeError, OverflowError, RecursionError)


def claimed(path: Path, name: str, known: Sequence[Feed]) -> tuple[Document, Claim]:
    """The document and the one feed that claims it; Refused when it cannot be read, or none or several claim it.

    The file is read once for each way of reading that a feed asks for, with all its sheets; a workbook that cannot be
    read as a whole is read again for the feeds that want some of its sheets only.
    """
    found: list[tuple[Document, Claim]] = []
    read: list[Document] = []
    refusals: list[Refused] = []
    with unforeseen():
        for options, group in _attempts(name, known):
            whole = replace(options, sheet=EVERY_SHEET)
            if options != whole and not any(refusal.code in OF_A_SHEET for refusal in refusals):
                continue
            try:
                read.append(readers.read(path, options, name))
            except Refused as refusal:
                refusals.append(refusal)
                continue
            found += [(read[-1], claim) for claim in feeds.claims(read[-1], group, name)]
    if not read:
        raise refusals[0]
    feeds.refuse_unclaimed(read[0], known, name, [claim for _, claim in found])
    return found[0]


def _attempts(name: str, known: Sequence[Feed]) -> list[tuple[ReaderOptions, list[Feed]]]:
    """The ways to read a file of this name, each with the feeds it is for; the usual way first, single sheets last."""
    asked: dict[ReaderOptions, list[Feed]] = {ReaderOptions(): []}
    for feed in known:
        if any(fnmatchcase(name.casefold(), glob.casefold()) for glob in feed.files):
            asked.setdefault(replace(feed.reader, sheet=EVERY_SHEET), []).append(feed)
            if feed.reader.sheet != EVERY_SHEET:
                asked.setdefault(feed.reader, []).append(feed)
    return sorted(asked.items(), key=lambda attempt: attempt[0].sheet != EVERY_SHEET)


@contextmanager
def unforeseen() -> Iterator[None]:
    """Turn what a library says of strange content into Refused LANDING_FAILED; a full disk or memory is no content."""
    try:
        yield
    except _BROKEN as error:
        if durable.is_disk_full(error) or isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise Refused("LANDING_FAILED", found=f"{type(error).__name__}: {error}") from error
