"""One run of all models on the plant of gaps, shared by the tests beside it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipelines import warehouse
from pipelines.models import ASKED_ELSEWHERE
from tests.dbt.candidate import Candidate, lay_down
from tests.missing import plant
from tests.once import once


@pytest.fixture(scope="session")
def gapped(tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    """The plant from its files to the marts, under three rule books."""
    return Candidate(once(tmp_path_factory, "gaps", _build) / "warehouse.duckdb")


def _build(folder: Path) -> None:
    laid = lay_down(folder, plant.lake(), plant.plan(), plant.AS_OF, plant.FIRST_PERIOD)
    with warehouse.writing(laid.file) as connection:
        warehouse.write_table(connection, "settings", "regimes", pa.table({"regime": plant.REGIMES}))
    # the deliveries of made-up rows have no names, which their mart insists on
    laid.run("build", "--exclude-resource-type", "unit_test", "--exclude", "fct_deliveries", *ASKED_ELSEWHERE)
