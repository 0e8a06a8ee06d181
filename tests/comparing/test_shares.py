"""Another equity share of a site: the bridge of two builds puts it under the boundary, to the last digit."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines import comparing, warehouse
from pipelines.workspace import Workspace

MICRO = Decimal("0.000001")


def other(built: Workspace, folder: Path, change: str) -> Path:
    """The published warehouse with other consolidation shares."""
    place = folder / "warehouse.duckdb"
    shutil.copyfile(built.published_warehouse.resolve(), place)
    place.chmod(0o644)
    with duckdb.connect(str(place)) as connection:
        connection.execute(change)
    return place


def test_a_share_that_changes_is_boundary_and_leaves_no_residual(built: Workspace, tmp_path: Path) -> None:
    change = "update accounting.facility_shares set share = 0.612345 where facility_id = 'NJ-E'"
    before = comparing.side_of(built, "published")
    after = replace(before, name="shared", place=other(built, tmp_path, change), journal_seq=before.journal_seq + 1)
    found = comparing.compare(built, before, after, "gbt32150", most=3)
    with warehouse.reading(built.published_warehouse) as connection:
        figures = connection.execute(
            "select emissions_tco2e from marts.fct_inventory"
            " where regime = 'gbt32150' and facility_id = 'NJ-E' and emissions_tco2e is not null"
        ).fetchall()
    expected = sum((tonnes * Decimal("0.612345")).quantize(MICRO, ROUND_HALF_UP) - tonnes for (tonnes,) in figures)
    assert found.total["residual_tco2e"] == 0
    assert found.total["difference_tco2e"] == expected < 0
    assert {row["change_part"]: row["difference_tco2e"] for row in found.parts if row["lines"]} == {
        "boundary": expected
    }
    (term,) = [one for one in found.lines[0]["terms"] if one["term"] == "consolidation_share"]
    assert (term["from_value"], term["to_value"]) == ("1.0", "0.612345")
    back = comparing.compare(built, after, before, "gbt32150")
    assert back.total["difference_tco2e"] == -expected and back.total["residual_tco2e"] == 0


@pytest.mark.parametrize(
    "change", ["update accounting.facility_shares set share = 0.5", "drop table accounting.facility_shares"]
)
def test_shares_alike_on_both_sides_move_nothing(built: Workspace, tmp_path: Path, change: str) -> None:
    """Half of everything on both sides; and sides that kept none count their sites whole."""
    before = comparing.side_of(built, "published")
    sides = [
        replace(before, name=str(at), place=other(built, _made(tmp_path / str(at)), change), journal_seq=at)
        for at in (1, 2)
    ]
    found = comparing.compare(built, *sides, "gbt32150")
    assert (found.total["difference_tco2e"], found.total["residual_tco2e"], found.total["lines_changed"]) == (0, 0, 0)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
