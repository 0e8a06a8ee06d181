"""One dbt run on the small works, shared by all tests beside it: a run costs seconds."""

from __future__ import annotations

import pytest

from tests.dbt import works
from tests.dbt.candidate import Candidate, lay_down


@pytest.fixture(scope="session")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    """The small works after staging, readings and the entry door, dbt's own tests of them included."""
    laid = lay_down(tmp_path_factory.mktemp("works"), works.lake(), works.plan(), works.AS_OF, works.FIRST_PERIOD)
    layers = ["decisions", "staging", "readings", "+entry_failures"]
    laid.run("build", "--indirect-selection", "cautious", "--select", *layers)
    return laid
