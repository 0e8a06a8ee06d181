"""dbt's unit tests: arithmetic on rows of their own. A build leaves them out; they run here."""

from __future__ import annotations

import json
from pathlib import Path

from pipelines.workspace import Workspace
from tests.dbt.candidate import Candidate


def test_every_unit_test_passes(built: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    file.write_bytes((built.published / "warehouse.duckdb").read_bytes())
    Candidate(file).run("test", "--select", "test_type:unit")
    results = json.loads((tmp_path / "target" / "run_results.json").read_text())["results"]
    assert {result["status"] for result in results} == {"pass"}
