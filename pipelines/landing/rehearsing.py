"""What a release would do to its row, tried on the archived bytes. It stores nothing and releases nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.feeds import Feed
from pipelines.landing import one_file, released
from pipelines.landing.claiming import claimed
from pipelines.landing.one_file import Delivered
from pipelines.readers import Refused


@dataclass(frozen=True)
class Rehearsal:
    """unknown: headings the file does not have; known: those it has. objection: why the row would not load, zh / en."""

    unknown: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    objection: str = ""


def rehearse(file: Delivered, known: Sequence[Feed]) -> Rehearsal:
    """Land `file` with its last release in memory and look at that row; a file that cannot be read is an objection."""
    release = file.releases[-1]
    try:
        document, claim = claimed(file.path, file.name, known)
    except Refused as refusal:
        return Rehearsal(objection=f"{refusal}")
    unknown, headings = released.unknown_headings(claim, release, document)
    if unknown:
        return Rehearsal(tuple(unknown), tuple(headings))
    ledger = one_file.of_document(file, document, claim).ledger
    for row in ledger.quarantined:
        if (row.sheet, row.row_number) == (release.sheet, release.row_number):
            return Rehearsal(objection=f"{row.zh} / {row.en}")
    for left in ledger.skipped:
        if (left.sheet, left.row_number) == (release.sheet, release.row_number):
            return Rehearsal(objection=left.reason)
    return Rehearsal(objection="; ".join(f"{one.zh} / {one.en}" for one in ledger.messages) if ledger.refused else "")
