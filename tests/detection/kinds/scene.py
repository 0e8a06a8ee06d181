"""What an error finds around it: the months of a series, other papers of the month, the inbox. It does nothing wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.detection.files import Inbox, Row
from tests.detection.world import Cell

Series = dict[tuple[str, str], list[Cell]]


@dataclass
class Scene:
    """The papers of the enterprise as they stand while errors are planted."""

    inbox: Inbox
    series: Series
    random: Random

    def step(self, cell: Cell, by: int) -> Cell | None:
        """The cell of the same series so many months on; None where none is."""
        own = self.series[cell.source, cell.series]
        at = next(n for n, other in enumerate(own) if other is cell) + by
        return own[at] if 0 <= at < len(own) else None

    def others(self, cell: Cell) -> list[Cell]:
        """Cells of other series on the same kind of paper, of the same site and month."""
        found = [other for own in self.series.values() for other in own if other.source == cell.source]
        return [o for o in found if o.month == cell.month and o.series != cell.series and o.facility == cell.facility]

    def other(self, cell: Cell) -> Cell | None:
        """One of `others`, by chance."""
        found = self.others(cell)
        return self.random.choice(found) if found else None


@dataclass
class Deed:
    """What an error did beyond its cell. also: other cells it spoils. months, streams: instead of the cell's, if given.

    sealed: further files that no other error may stand in, because this one has taken a copy of them.
    """

    note: str
    also: list[Cell] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    months: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    owns_file: bool = False
    is_resent: bool = False


Act = Callable[[Cell, Scene], Deed | None]


@dataclass(frozen=True)
class Kind:
    """One kind of error: how often it is planted in a benchmark, on which papers, and what it does (None: not here).

    is_alone: it can make a whole file unreadable, so it is planted in files that hold no other error.
    """

    name: str
    times: int
    sources: tuple[str, ...]
    act: Act
    is_alone: bool = False
