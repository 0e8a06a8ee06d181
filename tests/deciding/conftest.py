"""An enterprise to decide about, fresh for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.workspace import Workspace
from tests.deciding import ground


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return ground.enterprise(tmp_path / "enterprise")
