"""What goes wrong with whole files: not sent, an old one sent in its place, cut off on the way, sent once more."""

from __future__ import annotations

from tests.detection.kinds.scene import Deed, Kind, Scene
from tests.detection.world import Cell


def _cells_of(file: str, scene: Scene) -> list[Cell]:
    return [cell for own in scene.series.values() for cell in own if cell.file == file]


def _deed(note: str, spoilt: list[Cell], file: str, sealed: tuple[str, ...] = ()) -> Deed:
    months = tuple(sorted({month for cell in spoilt for month in cell.months}))
    streams = tuple(sorted({stream for cell in spoilt for stream in cell.streams}))
    return Deed(note, also=spoilt, months=months, streams=streams, files=(file,), sealed=sealed, owns_file=True)


def missing_site(cell: Cell, scene: Scene) -> Deed:
    """A site's file for the period was never sent."""
    spoilt = _cells_of(cell.file, scene)
    scene.inbox.remove(cell.file)
    return _deed("not sent", spoilt, cell.file)


def older_file_again(cell: Cell, scene: Scene) -> Deed | None:
    """The file of the period before under this period's name; this period's own never came."""
    here = _cells_of(cell.file, scene)
    first = min(c.month for c in here)
    same = [c for c in scene.series[cell.source, cell.series] if c.month < first]
    if not same or cell.file.startswith("2026"):
        return None
    before = same[-1].file
    if before not in scene.inbox.names():
        return None
    scene.inbox.put(cell.file, scene.inbox.bytes(before))
    return _deed(f"holds {before}", here, cell.file, sealed=(before,))


def cut_off(cell: Cell, scene: Scene) -> Deed | None:
    """The file ends in the middle: a transfer broke, or a spreadsheet was saved too early."""
    if not cell.file.endswith(".csv") or cell.source not in ("curve", "register", "purchase"):
        return None
    spoilt = _cells_of(cell.file, scene)
    whole = scene.inbox.bytes(cell.file)
    kept = whole[: int(len(whole) * scene.random.uniform(0.4, 0.8))]
    rest = kept.rsplit(b"\n", 1)[0]
    lines = rest.count(b"\n") + 1
    rows = scene.inbox.rows(cell.file)
    lost = [c for c in spoilt if any(row is gone for row in c.rows for gone in rows[lines:])]
    if not lost:
        return None
    scene.inbox.put(cell.file, kept)
    return _deed(f"{len(kept)} of {len(whole)} bytes", lost, cell.file)


def sent_again(cell: Cell, scene: Scene) -> Deed:
    """The same rows once more under a new name, in another order: nothing should come of it."""
    rows = scene.inbox.rows(cell.file)
    again = f"2026-01_补发_{cell.file}"
    head, body = rows[0], list(rows[1:])
    scene.random.shuffle(body)
    text = "\n".join(",".join(map(str, row)) for row in [head, *body]) + "\n"
    scene.inbox.put(again, text.encode("utf-8"))
    return Deed("sent again", files=(again,), owns_file=True, is_resent=True)


KINDS = (
    Kind("missing site", 4, ("curve", "register", "own_use", "output"), missing_site),
    Kind("last month's file again", 4, ("curve", "own_use", "register"), older_file_again),
    Kind("file cut off", 3, ("curve", "register", "purchase"), cut_off),
    Kind("sent again, nothing new", 2, ("own_use", "output", "settlement"), sent_again),
)
