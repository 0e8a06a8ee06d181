"""The mutants of the accounts' rules: small wrong changes of SQL and CSV, as rows of mutants.csv. It tries none of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

LISTED = Path(__file__).with_name("mutants.csv")
KINDS = {"factor choice", "unit", "sign", "boundary", "join"}


@dataclass(frozen=True)
class Mutant:
    """One wrong change: in `file`, the text `found` becomes `replacement`; `why` says what an account would then do."""

    id: str
    file: str
    found: str
    replacement: str
    kind: str
    why: str

    def applied(self, root: Path) -> str:
        """The changed text of the file; the list must not rot, so anything but one place is an error."""
        text = (root / self.file).read_text(encoding="utf-8")
        places = text.count(self.found)
        if places != 1:
            raise ValueError(f"mutant {self.id}: {self.found!r} stands {places} times in {self.file}, once is meant")
        return text.replace(self.found, self.replacement)


def listed() -> list[Mutant]:
    """Every mutant, in the list's order."""
    with LISTED.open(encoding="utf-8", newline="") as rows:
        return [Mutant(**row) for row in csv.DictReader(rows)]
