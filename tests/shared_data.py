"""Where the real sample files lie, for the tests that use them. They are no part of the project: absent, tests skip."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TANKU_SHARED") or Path(__file__).resolve().parents[2] / "shared")

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample files are not here (TANKU_SHARED)")
