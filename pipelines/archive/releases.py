"""A row released from quarantine by decision: which row it is and what it is to be read as. It decides and types nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Release:
    """One row of a delivery to be read with other texts.

    decision_id: the decision in the journal. sheet: '' where the format has none. row_number: as a person sees it in the
    file. values: (heading, text) pairs that take the place of what stands in those cells; the others stay as received.
    """

    decision_id: str
    sheet: str
    row_number: int
    values: tuple[tuple[str, str], ...]

    def told(self) -> str:
        """The values as a person writes them: 'heading=text; heading=text'."""
        return "; ".join(f"{field}={text}" for field, text in self.values)
