"""The planter: the same seed plants the same, clean files stay as they are, every error is where its record says."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.detection import ground, planting
from tests.detection.files import Inbox, alter, amount, written
from tests.detection.kinds import KINDS

ROOM = Path(__file__).parent
# What plants, and what it may stand on: the example's files, nothing that judges them.
PLANTER = [
    *sorted((ROOM / "kinds").glob("*.py")),
    *(ROOM / f"{n}.py" for n in ("planting", "world", "files", "faults")),
]
# A sample: one of so many builds, with as small a share of the errors.
SMALL = 10
MAY_IMPORT = ("pipelines.example", "tests.detection")
FORBIDDEN = ("plan_min", "plan_max", "tolerance", "expectation", "controls.csv", "check_limits", "plausible_", "DQ")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return ground.files(ground.lay(tmp_path_factory.mktemp("detection") / "clean"))


def test_the_planter_knows_of_no_control() -> None:
    """It imports neither plan nor doors nor rules, reads no file of them, and names none of their words."""
    for file in PLANTER:
        text = file.read_text(encoding="utf-8")
        imported = {
            node.module if isinstance(node, ast.ImportFrom) else name.name
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in node.names
        }
        ours = {name for name in imported if name and name.split(".")[0] in ("pipelines", "tests")}
        assert all(name.startswith(MAY_IMPORT) for name in ours), (file.name, ours)
        assert "pipelines.example.plan" not in ours
        assert not [word for word in FORBIDDEN if word in text], file.name


def test_one_seed_plants_the_same_and_another_something_else(files: dict[str, bytes]) -> None:
    before = dict(files)
    first, again, other = (planting.plant(files, seed, 0, SMALL)[0] for seed in (5, 5, 6))
    assert files == before
    assert first == again
    assert first != other


def test_a_figure_written_otherwise_is_no_error_and_another_one_is(files: dict[str, bytes]) -> None:
    inbox = Inbox(files)
    rows = inbox.rows(next(name for name in inbox.names("产量月报")))
    kept = inbox.kept()
    figure = rows[1][4]
    rows[1][4] = f"{figure}0" if "." in figure else f"{figure}.0"
    assert not kept.is_altered()
    alter(rows[1], 4, lambda value: value * 2)
    assert kept.is_altered()
    kept.put_back()
    assert rows[1][4] == figure
    assert not kept.is_altered()
    inbox.remove(inbox.names("产量月报")[-1])
    assert kept.is_altered()


@pytest.mark.campaign
def test_two_hundred_errors_of_twenty_kinds_and_more(files: dict[str, bytes]) -> None:
    found = [fault for build in range(planting.BUILDS) for fault in planting.plant(files, 7, build)[1]]
    assert len(found) >= 200
    assert len({fault.kind for fault in found}) >= 20
    assert {fault.kind for fault in found} <= {kind.name for kind in KINDS}


def test_every_error_is_in_the_files_and_none_stands_in_anothers_light(files: dict[str, bytes]) -> None:
    spoilt, faults = planting.plant(files, 8, 0, SMALL)
    changed = {name for name in files.keys() | spoilt.keys() if _read(files, name) != _read(spoilt, name)}
    named = {file for fault in faults for file in fault.files}
    assert changed <= named
    assert not [fault for fault in faults if not changed & set(fault.files)]
    places = Counter((s, m) for fault in faults for s in fault.streams for m in fault.months)
    assert max(places.values()) == 1


def _read(files: dict[str, bytes], name: str) -> list[list[list]] | None:
    """What stands in a file; None where there is none. A workbook written twice has other bytes and the same cells."""
    if name not in files:
        return None
    if not name.endswith((".csv", ".xlsx")):
        return [[[files[name]]]]
    try:
        inbox = Inbox({name: files[name]})
        return [inbox.rows(name, sheet) for sheet in inbox.sheets(name)]
    except UnicodeDecodeError:
        return [[[files[name]]]]


@pytest.mark.parametrize(
    ("cell", "factor", "shown"),
    [("1,234.50", 10, "12,345.00"), ("868.3", 1000, "868300.0"), ("12.5", 0.001, "0.0125"), ("5", -1, "-5")],
)
def test_a_number_is_written_as_the_one_before(cell: str, factor: float, shown: str) -> None:
    row = [cell]
    alter(row, 0, lambda value: value * amount(str(factor)))
    assert row == [shown]
    assert written(amount(shown), cell) == shown
