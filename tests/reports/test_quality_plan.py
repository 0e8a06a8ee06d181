"""What the data quality plan brings to the pages: prices that add up, overrides told apart, decisions with names."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines import reports
from pipelines.reports.pages import Words
from tests.reports import fixture_warehouse as rows
from tests.reports.reading_pages import Page

BOTH = pytest.mark.parametrize("language", ["zh", "en"])
Pages = dict[tuple[str, str], Page]


def section(page: Page, name: str) -> str:
    return page.source.split(f'<section id="{name}">')[1].split("</section>")[0]


@BOTH
def test_the_prices_shown_add_up_to_the_whole(pages: Pages, language: str) -> None:
    """Nine gaps of 1.25 (20 - n) t and six of 0.125 n t at 70.50: 168.75 + 2.625 t, twelve of them a line each."""
    (table,) = pages["data_quality", language].of("gap_prices")
    total = {"zh": "合计", "en": "Total"}[language]
    whole = next(row for row in table.rows if row[3].text == total)
    lines = [row for row in table.rows if row is not whole and row[-1].values]
    assert len(lines) == 13, "twelve gaps, and the rest of them in one line"
    assert [sum(line[n].values[0] for line in lines) for n in (-2, -1)] == [whole[n].values[0] for n in (-2, -1)]
    assert whole[-2].values == [Decimal("171.375")]
    assert whole[-1].values == [Decimal("171.375") * Decimal("70.50")]
    assert {"zh": "没有规则", "en": "no rule"}[language] in table.rows[-1][-1].text, "what has no price says why"
    shown = [line[-2].values[0] for line in lines[:12]]
    assert shown == sorted(shown, reverse=True)


@BOTH
def test_the_page_says_which_price_it_takes(pages: Pages, connection: duckdb.DuckDBPyConnection, language: str) -> None:
    text = section(pages["data_quality", language], "gap_prices")
    assert "70.50" in text and "2025-09-30" in text and {"zh": "某市场", "en": "a market"}[language] in text
    own = Words(language)("price_own", price="88.00", date="")
    assert "tanku.toml" in own and "88.00" in own


@BOTH
def test_an_override_is_not_measured(pages: Pages, language: str) -> None:
    """The coal of March 2025 is overridden as a whole: added up here from the rows, it is no measured tonne."""
    parts: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows.inventory_rows():
        if row[0] == "gbt32150" and row[1] == 2025 and row[3] == "F1":
            for name, share in zip(("measured", "apportioned", "overridden", "substituted"), row[13:17], strict=True):
                parts[name] += abs(row[12]) * Decimal(share)
    whole = sum(parts.values())
    assert parts["overridden"] > 0
    table = pages["data_quality", language].of("shares")[0]
    line = next(cells for cells in table.rows if cells[0].text == "2025" and "F1" in cells[1].text)
    wanted = [f"{parts[name] * 100 / whole:.1f}\u2009%" for name in ("measured", "overridden", "apportioned")]
    assert [cell.text for cell in line[9:12]] == wanted
    months = Decimal(10 * 5)  # ten months of five parameters, one of them overridden
    assert line[3].text == f"{100 / months:.1f}\u2009%"


@BOTH
@pytest.mark.parametrize("report", ["inventory", "data_quality"])
def test_every_override_is_listed_with_who_decided(pages: Pages, report: str, language: str) -> None:
    page = pages[report, language]
    (table,) = page.of("overrides")
    assert [row[0].text for row in table.rows] == ["D7", "D9"]
    told = " ".join(cell.text for cell in table.rows[0])
    for wanted in ("王倩", "w1", "陈思远", "w2", "2025-04-04 08:00", "2026-12-31", "330.5", "338.445", "7.945"):
        assert wanted in told
    assert Words(language).two_names in page.text


@BOTH
def test_findings_stand_beside_the_verified_figure(pages: Pages, language: str) -> None:
    for report in ("inventory", "data_quality"):
        states, findings = pages[report, language].of("periods")
        assert [cell.values for cell in states.rows[0][4:9]] == [
            [Decimal("100.5")],
            [Decimal("99.25")],
            [Decimal("1.25")],
            [Decimal(98)],
            [Decimal("-1.25")],
        ]
        assert "D11" in findings.rows[0][0].text


@BOTH
def test_what_waits_for_somebody_leads_to_its_section(pages: Pages, language: str) -> None:
    page = pages["data_quality", language]
    (table,) = page.of("hands")
    waiting = {row[0].text: row[1].values[0] for row in table.rows}
    words = Words(language)
    assert waiting[words.hand_nonconformities_overdue] == 1
    assert waiting[words.hand_decisions_pending] == 1
    assert waiting[words.hand_substitutions_not_approved] == 1
    assert waiting[words.hand_findings_open] == 1
    assert waiting[words.hand_duties_open] == 2
    assert waiting[words.hand_quarantined_rows] == 3
    assert waiting[words.hand_files_refused] == 1
    assert len(page.of("nonconformities")[0].rows) == len(page.of("approvals")[0].rows) == 1
    assert page.of("duties")[1].rows[0][1].text.count("plant" if language == "en" else "厂") == 2


def test_the_command_line_says_the_same_of_two_names() -> None:
    from pipelines.cli_decisions import two_names

    assert Words("zh").two_names in two_names() and Words("en").two_names in two_names()


def test_no_word_stands_in_two_files(tmp_path: Path) -> None:
    import tomllib

    folder = Path(reports.__file__).parent / "wording"
    held = [tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.toml")]
    assert sum(map(len, held)) == len({key for one in held for key in one}) > 300
