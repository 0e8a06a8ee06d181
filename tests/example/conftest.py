"""The example enterprise written once, with its truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import example


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder holding the example's settings, plan and inbox."""
    folder = tmp_path_factory.mktemp("example")
    example.write(folder)
    return folder


@pytest.fixture(scope="session")
def inbox(root: Path) -> Path:
    return root / "inbox"


@pytest.fixture(scope="session")
def truth() -> example.Truth:
    return example.truth()
