"""A file read and claimed by one feed. What neither the readers nor landing foresaw costs the file, not the build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines import durable, feeds, readers
from pipelines.feeds import Claim, Feed
from pipelines.readers import Document, ReaderOptions, Refused

_BROKEN = (pa.ArrowException, duckdb.Error, UnicodeError, OverflowError, RecursionError)


def claimed(path: Path, name: str, known: Sequence[Feed]) -> tuple[Document, Claim]:
    """The document and the one feed that claims it; Refused when it cannot be read, or none or several claim it.

    The file is read once for each way of reading that a feed asks for.
    """
    found: list[tuple[Document, Claim]] = []
    read: list[Document] = []
    refusals: list[Refused] = []
    with unforeseen():
        for options, group in _by_options(name, known).items():
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


def _by_options(name: str, known: Sequence[Feed]) -> dict[ReaderOptions, list[Feed]]:
    """The feeds that may take a file of this name, by the way they want it read; the usual way first."""
    asked: dict[ReaderOptions, list[Feed]] = {ReaderOptions(): []}
    for feed in known:
        if any(fnmatchcase(name.casefold(), glob.casefold()) for glob in feed.files):
            asked.setdefault(feed.reader, []).append(feed)
    return asked


@contextmanager
def unforeseen() -> Iterator[None]:
    """Turn what a library says of strange content into Refused LANDING_FAILED; a full disk or memory is no content."""
    try:
        yield
    except _BROKEN as error:
        if durable.is_disk_full(error) or isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise Refused("LANDING_FAILED", found=f"{type(error).__name__}: {error}") from error
