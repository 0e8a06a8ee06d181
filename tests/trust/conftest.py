"""A bare workspace, and code that stands still while a test runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.publishing import inputs
from pipelines.workspace import Workspace
from tests.trust.building import found


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return found(tmp_path / "enterprise")


@pytest.fixture(autouse=True)
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A code base of four files in place of the real one: fingerprints of it change only when the test changes it."""
    root = tmp_path / "code"
    for name, text in {
        "pipelines/room.py": "x = 1\n",
        "dbt_project/models/model.sql": "select 1\n",
        "seeds/every_sector/rules.csv": "rule\n",
        "expectations/suite.yml": "suite\n",
        "requirements.lock": "library==1\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    monkeypatch.setattr(inputs, "PROJECT_ROOT", root)
    monkeypatch.setattr(inputs, "DBT_PROJECT_DIR", root / "dbt_project")
    monkeypatch.setattr(inputs, "SEEDS_DIR", root / "seeds")
    monkeypatch.setattr(inputs, "EXPECTATIONS_DIR", root / "expectations")
    return root
