"""Source rows as received, read again from the archive. A file that is not what its hash says is named and not shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pipelines import feeds, readers
from pipelines.archive import content_store
from pipelines.workspace import Workspace

ROWS_SHOWN = 200


class Place(NamedTuple):
    """Rows of a file, first to last as a person counts them; feed: the contract that read them, where known."""

    file_sha256: str | None
    file_name: str | None
    feed: str | None
    sheet: str
    row_first: int | None
    row_last: int | None


@dataclass(frozen=True)
class _Opened:
    """A document with the feed's header of each table, or why there is none (zh, en)."""

    tables: list[readers.Table]
    headers: list[tuple[str, ...]]
    problem: tuple[str, str] | None = None


class ArchivedRows:
    """The archived files of a workspace, each verified and read at most once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._opened: dict[tuple[str, str | None], _Opened] = {}

    def rows(self, place: Place, wanted: frozenset[str]) -> dict[str, Any]:
        """The rows of `place` with their text as received; `problem_zh`/`problem_en` when they cannot be shown.

        Where rows of other meters or materials lie between the first and the last, only those that name one of `wanted`
        are shown. `rows_in_all` says how many there are; at most ROWS_SHOWN are given.
        """
        found = place._asdict() | {"is_verified": False, "rows": [], "rows_in_all": 0}
        if place.file_sha256 is None or place.row_first is None:
            return found
        opened = self._open(place)
        if opened.problem:
            return found | {"problem_zh": opened.problem[0], "problem_en": opened.problem[1]}
        rows = _of(opened, place)
        named = [row for row in rows if wanted & {cell.strip() for cell in row["cells"] if cell}]
        rows = named or rows
        return found | {"is_verified": True, "rows": rows[:ROWS_SHOWN], "rows_in_all": len(rows)}

    def _open(self, place: Place) -> _Opened:
        key = (str(place.file_sha256), place.feed)
        if key not in self._opened:
            self._opened[key] = self._read(place)
        return self._opened[key]

    def _read(self, place: Place) -> _Opened:
        sha256 = str(place.file_sha256)
        if not content_store.is_sound(self._workspace.archive, sha256):
            zh = f"归档文件缺失或已被改动（SHA-256 不符）：{sha256}"
            return _Opened([], [], (zh, f"the archived file is missing or was altered (SHA-256 differs): {sha256}"))
        feed = self._feeds.get(place.feed or "")
        options = feed.reader if feed else readers.ReaderOptions()
        try:
            document = readers.read(
                content_store.place(self._workspace.archive, sha256), options, place.file_name or ""
            )
        except readers.Refused as refused:
            return _Opened([], [], (f"归档文件读不出：{refused}", f"the archived file cannot be read: {refused}"))
        return _Opened(document.tables, _headers(document, feed, place.file_name or ""))

    @cached_property
    def _feeds(self) -> dict[str, feeds.Feed]:
        try:
            return {feed.name: feed for feed in feeds.of_workspace(self._workspace)}
        except feeds.FeedError:  # a contract spoilt since: the reader's own judgement will do
            return {}


def _headers(document: readers.Document, feed: feeds.Feed | None, file_name: str) -> list[tuple[str, ...]]:
    claims = feeds.claims(document, [feed], file_name) if feed else []
    if not claims:
        return [() for _ in document.tables]
    return [header.names if header else () for header in claims[0].headers]


def _of(opened: _Opened, place: Place) -> list[dict[str, Any]]:
    """The rows between first and last of the sheet, each with its number, its headings and its cells."""
    found = []
    for table, header in zip(opened.tables, opened.headers, strict=True):
        if table.sheet != place.sheet:
            continue
        counted = table.row_numbers.to_numpy()
        inside = ((counted >= place.row_first) & (counted <= place.row_last)).nonzero()[0]
        numbers = counted[inside].tolist()
        columns = [column.to_pylist() for column in table.cells.take(inside).columns]
        found += [
            {"row": number, "headings": list(header), "cells": list(cells)}
            for number, cells in zip(numbers, zip(*columns, strict=True), strict=True)
        ]
    return found
