"""What CONTRIBUTING.md tells people to paste is pasted here and run: a sector from scratch, then a new factor edition."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines import rules
from pipelines.workspace import PROJECT_ROOT
from tests.conftest import tanku

TEXT = (PROJECT_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTOR, EDITION = TEXT.split("### A new edition of a factor")
SECTOR = SECTOR.split("### A new sector from scratch")[1]
EDITION = EDITION.split("\n## ")[0]
# a block and the file that the line before it ends with; the sheet names none
BLOCK = re.compile(r"(?:`(seeds/[a-z_/]+[.]csv)`(?: becomes)?\n\n)?```csv\n(.*?)```", re.DOTALL)
GOLDEN = re.compile(r"[*][*](\d+)[*][*] t for June (\d{4})")


def files(part: str) -> dict[str, str]:
    return {name: text for name, text in BLOCK.findall(part) if name}


def golden(part: str) -> dict[str, Decimal]:
    """Month → tonnes, as the text prints them."""
    found = GOLDEN.findall(part)
    return {f"{year}-06-01": Decimal(tonnes) for tonnes, year in found}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (text,) = [text for name, text in BLOCK.findall(SECTOR) if not name]
    file = tmp_path_factory.mktemp("lime") / "lime.csv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(PROJECT_ROOT / "seeds", tmp_path_factory.mktemp("rules") / "seeds")


def paste(part: str, seeds: Path) -> None:
    for name, text in files(part).items():
        file = seeds.parent / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


def tonnes(sheet: Path, seeds: Path) -> dict[str, Decimal]:
    told = tanku("calculate", sheet, "--regime", "gbt32150", "--as-of", "2026-11-22", "--json", TANKU_SEEDS=str(seeds))
    return {line["month"]: Decimal(line["emissions_tco2e"]) for line in json.loads(told.stdout)["lines"]}


def test_without_the_folder_the_sheet_is_refused_by_name(sheet: Path) -> None:
    told = tanku("calculate", sheet, "--regime", "gbt32150", expect=2).stderr
    assert "lime_production" in told and "生石灰" in told and "row 2" in told


def test_the_sector_gives_the_golden_number(sheet: Path, seeds: Path) -> None:
    assert len(files(SECTOR)) == 6
    paste(SECTOR, seeds)
    found, expected = tonnes(sheet, seeds), golden(SECTOR)
    assert expected and expected.items() <= found.items()


def test_a_new_edition_leaves_the_closed_year_alone(sheet: Path, seeds: Path) -> None:
    paste(SECTOR, seeds)
    paste(EDITION, seeds)
    assert golden(EDITION).keys() == {"2025-06-01", "2026-06-01"}
    assert tonnes(sheet, seeds) == golden(EDITION)


def test_the_snippets_have_the_columns_of_their_tables() -> None:
    for part in (SECTOR, EDITION):
        for name, text in files(part).items():
            assert text.splitlines()[0].split(",") == list(rules.declared()[Path(name).stem])
