"""Puts errors into an enterprise's files from a seed: which, where, when, so that no two stand in each other's light.

It knows files and what people do to them; what is looked for, and within which bounds, is not read here.
"""

from __future__ import annotations

from random import Random

from tests.detection import world
from tests.detection.faults import Fault
from tests.detection.files import Inbox
from tests.detection.kinds import KINDS, Deed, Kind, Scene
from tests.detection.world import Cell

BUILDS = 2
TRIES = 150


def plant(files: dict[str, bytes], seed: int, build: int, builds: int = BUILDS) -> tuple[dict[str, bytes], list[Fault]]:
    """One build's share of the errors: the altered files, and the record of what was done to them.

    files: those of an enterprise without errors, by name; they stay as they are.
    """
    random = Random(f"detection/{seed}/{build}")
    inbox = Inbox(files)
    scene = Scene(inbox, world.by_series(world.cells(inbox)), random)
    planter = _Planter(scene, build)
    for kind in _share(seed, build, builds):
        planter.put(kind)
    every = [cell for own in scene.series.values() for cell in own]
    for fault in planter.faults:
        others = {file for other in planter.faults if other is not fault for file in other.files}
        fault.is_alone = not others & set(fault.files)
        fault.holds = frozenset((s, m) for c in every if c.file in fault.files for s in c.streams for m in c.months)
        numbers = {(file, inbox.number(file, row)) for file, row in fault.spoilt if row}
        fault.rows = tuple(sorted((file, number) for file, number in numbers if number))
    return inbox.content(), planter.faults


def _share(seed: int, build: int, builds: int) -> list[Kind]:
    """The kinds that fall to one build, each as often as it does; what takes or spoils a whole file comes first."""
    every = [kind for kind in KINDS for _ in range(kind.times)]
    Random(f"detection/{seed}").shuffle(every)
    chosen = every[build::builds]
    return sorted(chosen, key=lambda kind: (kind.act.__module__.rsplit(".", 1)[-1] != "whole_files", not kind.is_alone))


class _Planter:
    def __init__(self, scene: Scene, build: int) -> None:
        self.scene, self.build = scene, build
        self.faults: list[Fault] = []
        self.taken: set[tuple[str, str]] = set()
        self.sealed: set[str] = set()
        self.touched: set[str] = set()

    def put(self, kind: Kind) -> None:
        """The error once, at a free place; not at all where none is found."""
        for _ in range(TRIES):
            cell = self._draw(kind)
            if cell and self._is_free(kind, cell) and self._done(kind, cell):
                return

    def _draw(self, kind: Kind) -> Cell | None:
        """Any paper of the kind, any series of it, any month."""
        random = self.scene.random
        source = random.choice(kind.sources)
        series = sorted(key for key in self.scene.series if key[0] == source)
        return random.choice(self.scene.series[random.choice(series)])

    def _is_free(self, kind: Kind, cell: Cell) -> bool:
        if cell.file in self.sealed or (kind.is_alone and cell.file in self.touched):
            return False
        return not self.taken & _around(_claimed(self.scene, cell))

    def _done(self, kind: Kind, cell: Cell) -> bool:
        """Tries the error; what it touches must be free, and something must be another than before, or all is put back."""
        kept, rows_of = self.scene.inbox.kept(), list(cell.rows)
        deed = kind.act(cell, self.scene)
        also = [other for other in (deed.also if deed else []) if other is not cell]
        streams = set(deed.streams) if deed and deed.streams else {s for c in (cell, *also) for s in c.streams}
        months = set(deed.months) if deed and deed.months else {m for c in (cell, *also) for m in c.months}
        wanted = {(s, m) for s in streams for m in months} | {p for c in (cell, *also) for p in _claimed(self.scene, c)}
        further = {other.file for other in also} - {cell.file} | set(deed.sealed if deed else ())
        is_sealed = further & self.sealed or (set(deed.sealed if deed else ()) & self.touched)
        if deed is None or is_sealed or self.taken & _around(wanted) or not kept.is_altered():
            kept.put_back()
            cell.rows = rows_of
            return False
        self.taken |= wanted
        self._record(kind, cell, deed, also, streams, months)
        return True

    def _record(
        self, kind: Kind, cell: Cell, deed: Deed, also: list[Cell], streams: set[str], months: set[str]
    ) -> None:
        files = {cell.file, *deed.files, *(other.file for other in also)}
        self.touched |= files
        if deed.owns_file or kind.is_alone:
            self.sealed |= {*files, *deed.sealed}
        if deed.owns_file:
            files = set(deed.files)
        self.faults.append(
            Fault(
                fault_id=f"B{self.build + 1}-{len(self.faults) + 1:03d}",
                kind=kind.name,
                facilities=tuple(sorted({c.facility for c in (cell, *also)})),
                streams=tuple(sorted(streams)),
                months=tuple(sorted(months)),
                files=tuple(sorted(files)),
                note=f"{cell.source} {cell.series} {cell.month}: {deed.note}",
                owns_file=deed.owns_file,
                wide=any(c.source == "output" for c in (cell, *also)),
                is_resent=deed.is_resent,
                spoilt=[(c.file, row) for c in (cell, *also) for row in c.rows],
            )
        )


def _claimed(scene: Scene, cell: Cell) -> set[tuple[str, str]]:
    """The streams and months that an error in the cell may be seen at; output is what all the site is divided by."""
    streams = set(cell.streams)
    if cell.source == "output":
        streams |= {s for own in scene.series.values() if own[0].facility == cell.facility for s in own[0].streams}
    return {(stream, month) for stream in streams for month in cell.months}


def _around(places: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The places and the months beside them."""
    return {(stream, month) for stream, own in places for month in (_before(own), own, world.next_month(own))}


def _before(label: str) -> str:
    year, month = int(label[:4]), int(label[5:7])
    return f"{year - (month == 1)}-{12 if month == 1 else month - 1:02d}"
