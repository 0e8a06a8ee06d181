"""The site is made from the rows: every stream type, method, factor of a sector is on its page, and nothing from outside."""

from __future__ import annotations

import csv
import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipelines import calculating, methods, rules
from pipelines.documenting import pages
from pipelines.workspace import PROJECT_ROOT
from tests.conftest import tanku

LANGUAGES = ("zh", "en")
RESULTS = PROJECT_ROOT / "docs" / "samples" / "worked_results.csv"
VOID = {"meta", "link", "br", "img", "hr"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documentation") / "site"
    tanku("docs", folder, "--as-of", "2026-11-22")
    return folder


def text(page: Path) -> str:
    """What a person reads: the page without its marks."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8")))


def rows_of(table: str, folder: str) -> list[dict[str, str]]:
    return [row for row in rules.rows(table) if row[rules.FOLDER_COLUMN] == folder]


SECTORS = sorted({row[rules.FOLDER_COLUMN] for row in rules.rows("stream_types")})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", SECTORS)
def test_every_stream_type_of_a_sector_is_told(site: Path, folder: str, language: str) -> None:
    page = text(site / f"sector.{folder}.{language}.html")
    for row in rows_of("stream_types", folder):
        assert row[f"name_{language}"] in page
        for method in rules.rows("methods"):
            if method["stream_type"] == row["stream_type"]:
                assert method["method_id"] in page
        for treatment in rules.rows("regime_treatments"):
            if treatment["stream_type"] == row["stream_type"]:
                assert treatment[f"reason_{language}"] in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("regime", calculating.regimes())
def test_a_rule_book_says_what_it_makes_of_every_stream_type(site: Path, regime: str, language: str) -> None:
    page = text(site / f"regime.{regime}.{language}.html")
    for row in rules.rows("stream_types"):
        assert row[f"name_{language}"] in page
    for row in rules.rows("regime_treatments"):
        if row["regime"] == regime:
            assert row[f"reason_{language}"] in page


def test_a_default_stands_with_its_unit_source_and_status(site: Path) -> None:
    """MEE steel guide: electrodes 3.663 tCO2/t, transcribed; GB/T 32151.34 table C.1: bituminous coal 19.570 GJ/t, seen."""
    steel = re.search(r"<tr><td>电极</td>.*?</tr>", (site / "sector.steel.zh.html").read_text(encoding="utf-8"))
    assert steel and all(part in steel[0] for part in ("3.663", "tCO2/t", "CETS-AG-03.01", "转引", "regime.mee_ets"))
    every = (site / "sector.every_sector.zh.html").read_text(encoding="utf-8")
    coal = [row for row in re.findall(r"<tr><td>.*?</tr>", every) if ">19.570<" in row and "GB/T 32151.34" in row]
    assert coal and all("regime.gbt32150" in row and "已核实" in row for row in coal)


def test_worked_examples_stand_with_what_their_sources_print(site: Path) -> None:
    pages_text = " ".join(text(page) for page in site.glob("sector.*.en.html"))
    with RESULTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["printed"] in pages_text and row["source"] in pages_text


def test_every_term_has_a_symbol_and_a_name() -> None:
    assert {row["term"] for row in rules.rows("method_terms")} <= methods.terms().keys()


def test_every_sector_has_a_name() -> None:
    for language in LANGUAGES:
        words = pages.Words(language)
        assert [folder for folder in SECTORS if not words.has(f"sector_{folder}")] == []


class Outside(HTMLParser):
    """Collects the targets of a page and whether its elements close."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_pages_are_whole_and_refer_to_nothing_outside(site: Path) -> None:
    written = {page.name for page in site.iterdir()}
    for page in site.glob("*.html"):
        source = page.read_text(encoding="utf-8")
        assert str(site.parent) not in source and str(PROJECT_ROOT) not in source
        if page.name == "dbt.html":
            continue
        parser = Outside()
        parser.feed(source)
        assert parser.open == []
        assert "bound method" not in source and "None" not in text(page)
        for target in parser.targets:
            assert target.startswith("#") or target.partition("#")[0] in written, (page.name, target)


def test_the_models_are_documented_beside(site: Path) -> None:
    source = (site / "dbt.html").read_text(encoding="utf-8")
    assert "fct_inventory" in source and r"\u6392\u653e\u6e05\u5355" in source
    assert 'href="dbt.html"' in (site / "index.html").read_text(encoding="utf-8")
