"""Every official output names the factors that nobody has checked against their page: account, report, explanation."""

from __future__ import annotations

import html
import json

import pytest

from pipelines import warehouse
from pipelines.workspace import Workspace
from tests.conftest import tanku

UNCONFIRMED = """
    select distinct factor_id from accounting.workings
    where factor_id is not null and verification_status <> 'confirmed'
"""


@pytest.fixture(scope="module")
def unconfirmed(built: Workspace) -> set[str]:
    with warehouse.reading(warehouse.published(built)) as connection:
        return {factor for (factor,) in connection.execute(UNCONFIRMED).fetchall()}


def test_the_account_names_them(built: Workspace, unconfirmed: set[str]) -> None:
    told = tanku("account", "-w", built.root).stdout.split("factors used that are not confirmed")[1].split("──")[0]
    assert unconfirmed
    assert {line.split()[0] for line in told.strip().splitlines()[1:]} == unconfirmed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_inventory_report_names_them(built: Workspace, unconfirmed: set[str], language: str) -> None:
    page = html.unescape((built.published / "reports" / f"inventory.{language}.html").read_text(encoding="utf-8"))
    (listed,) = [part for part in page.split('<p class="alarm">')[1:] if 'id="factors"' not in part][-1:]
    assert all(f">{factor}</bdi>" in listed.split("</p>")[0] for factor in unconfirmed)


def test_an_explained_figure_names_its_own(built: Workspace) -> None:
    asked = ("explain", "-w", built.root, "--stream", "F-COAL", "--month", "2025-01", "--regime", "ghgp_location")
    found = json.loads(tanku(*asked, "--gas", "CO2", "--json").stdout)
    text = json.dumps(found, ensure_ascii=False)
    assert '"verification_status": "unverified"' in text
    assert "未核实 not verified" in tanku(*asked, "--gas", "CO2").stdout
