"""Rules about the text of the house: no clock in a model, small rooms, a sign at every door."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from pipelines.workspace import PROJECT_ROOT

MODELS = sorted((PROJECT_ROOT / "dbt_project").glob("models/**/*.sql"))
MODULES = sorted((PROJECT_ROOT / "pipelines").rglob("*.py"))
CLOCKS = re.compile(r"\b(current_date|current_timestamp|now\s*\(|today\s*\(|get_current_time)", re.IGNORECASE)
NAMELESS = {"utils", "helpers", "common", "misc", "util", "helper"}


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
    return listed.stdout.splitlines()


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_no_model_asks_the_clock(path: Path) -> None:
    assert not CLOCKS.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_model_fits_on_a_screen(path: Path) -> None:
    code = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line.strip()[:2] != "--"]
    assert len(code) <= 70


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PROJECT_ROOT).as_posix())
def test_a_module_has_a_sign_a_name_and_a_size(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "what lives here, and what does not?"
    assert len(text.splitlines()) <= 300
    assert path.stem not in NAMELESS


def test_no_lock_line_names_an_index() -> None:
    text = (PROJECT_ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?://|--index|--find-links|file:", text)
    pinned = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==\S+", text, re.MULTILINE | re.IGNORECASE)
    assert len(pinned) > 100
    assert text.count("--hash=sha256:") >= len(pinned)


def test_nothing_generated_is_committed() -> None:
    generated = [name for name in tracked() if re.search(r"(\.duckdb|\.wal|/target/|/logs/|\.parquet|\.pyc)$", name)]
    assert not generated
