"""One dbt run on the small works, shared by all tests beside it: a run costs seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.models import ASKED_ELSEWHERE
from tests.dbt import works
from tests.dbt.candidate import Candidate, lay_down
from tests.once import once


@pytest.fixture(scope="session")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    """The small works after staging, readings and the entry door, dbt's own tests of them included."""
    return Candidate(once(tmp_path_factory, "works", _build) / "warehouse.duckdb")


def _build(folder: Path) -> None:
    laid = lay_down(folder, works.lake(), works.plan(), works.AS_OF, works.FIRST_PERIOD)
    layers = ["decisions", "staging", "readings", "+entry_failures"]
    laid.run("build", "--indirect-selection", "cautious", "--select", *layers, "--exclude", *ASKED_ELSEWHERE)
