"""The pages: they stand alone, disarm what came in files, and every total is the sum of the exact decimals."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines import reports, warehouse
from pipelines.reports import charts
from tests.reports import fixture_lineage
from tests.reports import fixture_warehouse as rows
from tests.reports.reading_pages import Page, is_chinese, words

REPORTS = ("inventory", "data_quality", "performance")
CHARTS = {"inventory": 2, "data_quality": 3, "performance": 10}
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
ALL = pytest.mark.parametrize(("report", "language"), [(r, lang) for r in REPORTS for lang in ("zh", "en")])
Pages = dict[tuple[str, str], Page]


def names(language: str) -> dict[str, str]:
    return {
        "F1": {"zh": "苏州一厂", "en": "Suzhou plant 1"}[language],
        "F2": {"zh": "宁波二厂", "en": "Ningbo plant 2"}[language],
    }


def sums(*keys: int) -> dict[tuple, Decimal]:
    """tCO2e of the made-up inventory by the columns `keys`, added up here and nowhere else."""
    found: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in rows.inventory_rows():
        found[tuple(row[key] for key in keys)] += row[12] or Decimal(0)
    return found


@ALL
def test_a_page_stands_alone(pages: Pages, report: str, language: str) -> None:
    page = pages[report, language]
    assert not [tag for tag, _ in page.tags if tag in {"script", "link", "iframe", "object", "img", "base", "form"}]
    for tag, attributes in page.tags:
        for name, value in attributes.items():
            assert not (name in {"src", "href", "xlink:href", "action"} and re.match(r"(?i)\s*([a-z]+:|//)", value)), (
                tag,
                value,
            )
            assert not name.startswith("on"), (tag, name)
    assert "@import" not in page.source
    assert not re.search(r"url\((?!#)", page.source)
    assert "default-src 'none'" in page.source


@ALL
def test_a_page_refers_only_to_its_siblings_and_itself(pages: Pages, report: str, language: str) -> None:
    page = pages[report, language]
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    siblings = {f"{name}.{tongue}.html" for name in REPORTS for tongue in ("zh", "en")}
    targets = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert len(targets) >= (7 if report == "performance" else 12)
    assert not [target for target in targets if target.removeprefix("#") not in ids | siblings]
    assert len(ids) == len([attributes for _, attributes in page.tags if "id" in attributes]), "an id stands twice"


@ALL
def test_hostile_text_is_text(pages: Pages, report: str, language: str) -> None:
    page = pages[report, language]
    assert "<script" not in page.source
    assert "<img" not in page.source
    assert rows.SCRIPT in page.text or report == "inventory"
    if report == "data_quality":
        assert rows.HOSTILE_FILE in page.text
    if report == "inventory":
        assert (rows.FORMULA if language == "zh" else rows.SCRIPT) in page.text


@ALL
def test_every_heading_is_in_the_language_of_the_page(pages: Pages, report: str, language: str) -> None:
    headings = [text for text in pages[report, language].headings if text.strip(" ·-0123456789")]
    assert len(headings) > 60
    if language == "zh":
        assert not [text for text in headings if words(text)]
    else:
        assert not [text for text in headings if is_chinese(text)]


@ALL
def test_a_page_has_a_caption_for_every_table_and_words_for_every_chart(
    pages: Pages, report: str, language: str
) -> None:
    page = pages[report, language]
    assert all(table.caption.strip() for table in page.tables)
    charts = [attributes for tag, attributes in page.tags if attributes.get("role") == "img"]
    assert len([tag for tag, _ in page.tags if tag == "svg"]) == len(charts) == CHARTS[report]
    assert all(len(attributes["aria-label"]) > 20 for attributes in charts)


@BOTH
def test_totals_by_facility_and_scope_are_the_sums(pages: Pages, language: str) -> None:
    by_scope, by_facility, by_all = sums(0, 1, 3, 4), sums(0, 1, 3), sums(0, 1)
    tables = pages["inventory", language].of("facilities")
    assert len(tables) == 2
    for regime, table in zip(("gbt32150", "ghgp_location"), tables, strict=True):
        assert len(table.rows) == 6
        for year, facility, scope_1, scope_2, total, _ in table.rows:
            key = (regime, int(year.text))
            place = next((code for code, name in names(language).items() if name in facility.text), None)
            if place is None:
                assert total.values == [by_all[key]]
                continue
            assert [scope_1.values, scope_2.values] == [[by_scope[(*key, place, f"scope_{n}")]] for n in (1, 2)]
            assert total.values == [by_facility[(*key, place)]]


@BOTH
def test_headline_and_comparison_are_the_same_sums(pages: Pages, language: str) -> None:
    by_year, page = sums(0, 1), pages["inventory", language]
    headline = {(row[0].text.split()[-1], int(row[1].text[:4])): row[-3].values for row in page.of("summary")[0].rows}
    assert headline == {key: [value] for key, value in by_year.items()}
    compared = [row for row in page.of("regimes")[0].rows if row[2].text in {"合计", "Total"}]
    assert {int(row[0].text): [cell.values[0] for cell in row[3:]] for row in compared} == {
        year: [by_year["gbt32150", year], by_year["ghgp_location", year]] for year in (2024, 2025)
    }


@BOTH
def test_months_streams_fuels_and_gases_add_up(pages: Pages, language: str) -> None:
    page = pages["inventory", language]
    by_month = sums(0, 2)
    for regime, table in zip(("gbt32150", "ghgp_location"), page.of("months"), strict=True):
        shown = {row[0].text: row[1].values[0] for row in table.rows}
        assert shown == {f"{month:%Y-%m}": value for (found, month), value in by_month.items() if found == regime}
    by_year = sums(0, 1)
    tables = iter(page.of("streams"))
    for key in (("gbt32150", 2025), ("gbt32150", 2024), ("ghgp_location", 2025), ("ghgp_location", 2024)):
        streams, fuels, gases = next(tables), next(tables), next(tables)
        assert sum(row[-2].values[0] for row in streams.rows) == by_year[key]
        assert sum(row[-2].values[0] for row in fuels.rows) == by_year[key]
        assert sum(row[-2].values[0] for row in gases.rows) == by_year[key]


def test_the_activity_of_several_gases_is_counted_once(pages: Pages) -> None:
    coal = [row for row in rows.activity_rows() if row[0] == "S1-COAL" and row[4].year == 2025]
    wanted = sum(row[5] for row in coal)
    tables = pages["inventory", "en"].of("streams")
    shown = [row for table in tables for row in table.rows if "S1-COAL" in row[1].text and row[5].values == [wanted]]
    assert len(shown) == 2, "the same in a regime of one gas and in one of three"


@BOTH
def test_what_is_incomplete_is_marked_and_named(pages: Pages, language: str) -> None:
    page = pages["inventory", language]
    mark = {"zh": "不完整", "en": "incomplete"}[language]
    for row in page.of("summary")[0].rows:
        assert (row[-1].text == mark) == ("2025" in row[1].text), row[1].text
        assert ("▲" in row[-3].text) == ("2025" in row[1].text)
    lines = {(row[0].text, row[4].text.split()[-1], row[5].text, row[6].text) for row in page.of("incomplete")[0].rows}
    error = {"zh": "出错", "en": "error"}[language]
    assert lines == {
        (regime, stream, month, status)
        for regime in ("gbt32150", "ghgp_location")
        for stream, month, status in [("S2-ELEC", "2025-03", mark), ("S2-DIESEL", "2025-04", error)]
    }
    march = next(row for row in page.of("months")[0].rows if row[0].text == "2025-03")
    assert "▲" in march[1].text
    assert [cell.text for cell in march if "—" in cell.text] == ["▲—"], "unknown is a dash, not a zero"


@BOTH
def test_unconfirmed_factors_are_named(pages: Pages, language: str) -> None:
    page = pages["inventory", language]
    shown = {row[0].text: row[-2].text for row in page.of("factors")[0].rows}
    assert set(shown) == {factor[0] for factor in rows.FACTORS[:5]}, "an unused factor is not listed"
    warned = page.source.split('class="alarm"')[1].split("</p>")[0]
    assert "cn_grid_average/2023" in warned
    assert "heat_default" in warned
    assert "carbon_content" not in warned


@BOTH
def test_outside_substituted_and_the_way_home_are_told(pages: Pages, language: str) -> None:
    page = pages["inventory", language]
    (outside, left_out) = page.of("outside")
    assert outside.rows[0][-1].values == [Decimal("126.4")]
    assert {"zh": "租赁", "en": "leased"}[language] in outside.rows[0][3].text
    assert {"zh": "leased", "en": "租赁"}[language] not in outside.rows[0][3].text
    assert "S1-PV" in left_out.rows[0][2].text
    filled = page.of("substitutions")[0].rows[0]
    assert [cell.values[0] for cell in filled[5:9]] == [24, 1787031, Decimal("1850112.5"), Decimal("1861340.25")]
    assert "tanku explain --facility F1 --stream S1-ELEC --month 2025-08 --gas CO2 --regime gbt32150" in page.text


@BOTH
def test_verdicts_are_counted_from_the_table(pages: Pages, language: str) -> None:
    verdicts = [row[3] for row in rows.verdict_rows()]
    due = len(verdicts) - verdicts.count("MANUAL")
    page = pages["data_quality", language]
    total = page.of("conformity")[0].rows[-1]
    statuses = [due, *(verdicts.count(status) for status in ("PASS", "FAIL", "ERROR", "MISSING"))]
    assert [cell.values[0] for cell in total[1:6]] == statuses
    assert total[6].text == f"{Decimal(statuses[1]) * 100 / due:.1f}\u2009%"
    assert total[7].values == [verdicts.count("MANUAL")]
    shown = "".join(cell.text for table in page.of("controls") for row in table.rows for cell in row[1:])
    assert [shown.count(symbol) for symbol in "✓×!○"] == statuses[1:]


@BOTH
def test_failures_say_who_does_what(pages: Pages, language: str) -> None:
    page = pages["data_quality", language]
    text = page.source.split('id="failed"')[1].split("</section>")[0]
    for wanted in ({"zh": "能源主管", "en": "Energy manager"}, {"zh": "送检", "en": "mend: Meter calibration valid"}):
        assert wanted[language] in text
    gathered = {table.rows[0][4].text: table.rows[0][3].text for table in page.of("failed")}
    assert gathered == {"1": "2025-03", "3": "2025-08-01 – 2025-10-31"}
    assert "cannot run" in text
    assert "DQ25" in page.of("manual")[0].rows[0][0].text


@BOTH
def test_row_accounts_balance_on_the_page(pages: Pages, language: str) -> None:
    outcomes, files = pages["data_quality", language].of("deliveries")
    for row in files.rows:
        read, loaded, quarantined, skipped = (cell.values[0] for cell in row[4:8])
        assert read == loaded + quarantined + skipped
    assert [cell.values[0] for cell in outcomes.rows[-1][1:]] == [3, 151, 143, 3, 5]


@BOTH
def test_completeness_is_counted_from_the_table(pages: Pages, language: str) -> None:
    due: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for point, _, _, _, expected, present in rows.completeness_rows():
        due[point][0] += expected
        due[point][1] += present
    shown = {
        row[0].text: [int(cell.values[0]) for cell in row[4:6]]
        for row in pages["data_quality", language].of("completeness")[0].rows
    }
    assert shown == due
    assert list(shown) == ["E2", "E1", "G1"], "the least complete first"
    chart = (
        pages["data_quality", language].source.split('id="completeness"')[1].split("<svg")[1].split("role-legend")[0]
    )
    runs = [chart.count(f'fill="{colour}"') for colour in charts.STATE_COLOURS.values()]
    assert runs == [2 + 11 + 1, 10, 1], "one bar per run of equal days, and one day per point"


@BOTH
def test_the_points_add_up_to_the_score(pages: Pages, language: str) -> None:
    """9 of 10 verdicts at 50 and 8 of 10 hours at 30, of 80 in all: 56.25 + 30 = 86.25."""
    lines = pages["data_quality", language].of("score")[0].rows
    assert [line[-1].values[0] for line in lines] == [Decimal("56.25"), Decimal("30"), Decimal("86.25")]


def test_the_same_warehouse_gives_the_same_bytes(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    first, second = (reports.write_all(connection, tmp_path / name) for name in ("first", "second"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_warehouse_without_rows_has_pages(tmp_path: Path) -> None:
    with warehouse.writing(tmp_path / "empty.duckdb") as connection:
        fixture_lineage.lay_schema(connection)
        connection.execute(
            "insert into settings.build values (date '2025-11-22', date '2025-01-01', 'UTC', '新', 'New', '1')"
        )
        written = reports.write_all(connection, tmp_path)
    assert len(written) == 6
    for path in written:
        page = Page(path.read_text(encoding="utf-8"))
        assert not [
            row for table in page.tables for row in table.rows if table.section not in {"conformity", "deliveries"}
        ]
