"""Which periods the journal holds closed. What a closing keeps, and how one is made, is the room `closing`'s."""

from __future__ import annotations

from pathlib import Path

from pipelines.archive import journal


def closed_periods(file: Path) -> dict[str, journal.Line]:
    """Each period that is closed and was not reopened since, with the line that closed it, in the order of closing."""
    held: dict[str, journal.Line] = {}
    for line in journal.read(file):
        if line["event"] == "closed":
            held[line["period"]] = line
        elif line["event"] == "reopened":
            held.pop(line["period"], None)
    return held
