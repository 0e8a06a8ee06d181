"""How sure a total is: published propagation, shared factors, and a seeded Monte-Carlo of the same inventory."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from tests.accounting.books import Books
from tests.accounting.cases import JUNE
from tests.dbt.candidate import Candidate

SEED, DRAWS = 20261122, 400_000
# stream → (facility, MWh, declared share or None); all on the grid factor of 0.5306 with its default of 10 %
POWER = {"P1": ("F1", 1000, "0.05"), "P2": ("F2", 3000, "0.02"), "P3": ("F2", 500, None)}
GRID, GRID_SHARE, BILLED_SHARE = 0.5306, 0.10, 0.05


@pytest.fixture(scope="module")
def powered(tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    books = Books()
    for facility in ("F1", "F2"):
        books.facility(facility)
    for name, (facility, amount, share) in POWER.items():
        books.stream(name, "purchased_electricity", "electricity", facility)
        books.reading(name, JUNE, str(amount), "MWh")
        books.parameters[-1].update({"uncertainty": share and Decimal(share), "record_type": "utility_bill"})
    books.stream("SOLD", "exported_electricity", "natural_gas", "F2", origin="own_generated")
    books.reading("SOLD", JUNE, "400", "MWh")
    books.parameters[-1].update({"uncertainty": Decimal("0.02"), "record_type": "utility_bill"})
    return books.close(tmp_path_factory.mktemp("powered"))


def share(powered: Candidate, facility: str, scope: str = "") -> tuple[Decimal, Decimal]:
    ((tonnes, relative),) = powered.ask(f"""
        select uncertainty_tco2e, uncertainty_share from marts.fct_uncertainty
        where regime = 'gbt32150' and year = 2025 and facility_id = '{facility}' and scope = '{scope}'
    """)
    return tonnes, relative


def test_a_product_combines_as_the_root_of_squares(powered: Candidate) -> None:
    """IPCC 2006, volume 1, chapter 3, approach 1: 5 % and 10 % give 11.18 % (worked example UNC-1)."""
    assert share(powered, "F1") == (Decimal("59.322883"), Decimal("0.111803"))


def test_a_monte_carlo_of_the_same_inventory_agrees(powered: Candidate) -> None:
    """A shared grid factor is drawn once for all lines, signed: what is sold takes its part of the error away again."""
    chance = np.random.default_rng(SEED)
    factor = GRID * (1 + GRID_SHARE / 1.96 * chance.standard_normal(DRAWS))
    total = np.zeros(DRAWS)
    for _, amount, declared in POWER.values():
        relative = float(declared) if declared else BILLED_SHARE
        total += amount * (1 + relative / 1.96 * chance.standard_normal(DRAWS)) * factor
    total -= 400 * (1 + 0.02 / 1.96 * chance.standard_normal(DRAWS)) * factor
    tonnes, _ = share(powered, "")
    assert float(tonnes) == pytest.approx(1.96 * total.std(), rel=0.01)


def test_a_default_is_named_as_one(powered: Candidate) -> None:
    rows = powered.ask("""
        select distinct source_id, default_of from accounting.uncertain_parts
        where emission_id like 'gbt32150|P%' order by all
    """)
    named = dict(rows)
    assert named["parameter P1-activity_data"] == ""
    assert named["parameter P3-activity_data"] == "activity_billed"
    assert {default for source, default in rows if source.startswith("factor")} == {"grid_factor"}


def test_every_line_has_an_uncertainty(accounted) -> None:
    (missing,) = accounted.ask("""
        select count(*) from marts.fct_inventory as inventory
        where status <> 'error' and not exists (
            select 1 from accounting.uncertain_parts as parts
            where parts.emission_id = inventory.emission_id and parts.relative is not null
        )
    """)
    assert missing == (0,)
