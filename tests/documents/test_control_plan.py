"""The printed plan holds the plan's own rows, section by section, in both languages and as a workbook."""

from __future__ import annotations

import csv
from html.parser import HTMLParser

import openpyxl
import pytest

from pipelines import documents, plan, rules, warehouse
from pipelines.plan import tables
from tests.example.conftest import root  # noqa: F401 - the example's folder, as a fixture
from tests.reports.fixture_lineage import lay_marts

BUILD = """
    create schema settings; create schema accounting;
    create table settings.build as select '示例' as name_zh, 'Example' as name_en, date '2026-02-15' as as_of,
        date '2023-01-01' as first_period, 'Asia/Shanghai' as time_zone, 'x' as plan_version;
    create table accounting.treated_streams (stream_id varchar, regime varchar, treatment varchar);
    insert into accounting.treated_streams values ('F-COAL', 'gbt32150', 'counted');
"""


@pytest.fixture(scope="module")
def printed(root, tmp_path_factory):  # noqa: F811 - the fixture above
    """The example's plan printed: the newest version, and the first one."""
    folder = tmp_path_factory.mktemp("printed")
    laid = plan.load_folder(root / "plan")
    with warehouse.writing(folder / "w.duckdb") as connection:
        connection.execute(BUILD)
        rules.lay_down(connection)
        for name in tables.TABLES:
            warehouse.write_table(connection, "plan", name, laid.tables[name])
        lay_marts(connection)
        documents.write_plan(connection, folder / "newest")
        documents.write_plan(connection, folder / "again")
        documents.write_plan(connection, folder / "first", "2023.1")
        with pytest.raises(plan.UnknownVersion, match=r"1999.*2023\.1"):
            documents.write_plan(connection, folder / "none", "1999")
    return folder


class Text(HTMLParser):
    """All text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(file) -> str:
    reader = Text()
    reader.feed(file.read_text(encoding="utf-8"))
    return " ".join(" ".join(reader.words).split())


def rows(root, name):  # noqa: F811
    with (root / "plan" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_of_the_plan_in_force_is_printed(printed, root, language):  # noqa: F811
    text = page(printed / "newest" / f"control_plan.{language}.html")
    for name, key in [("facilities", "facility_id"), ("streams", "stream_id"), ("parameters", "parameter_id")]:
        for row in rows(root, name):
            if row["valid_to"] == "" or row["valid_to"] > "2025-01-01":
                assert row[key] in text
    for row in rows(root, "controls"):
        assert row["control_id"] in text and row[f"name_{language}"] in text
    for row in rows(root, "roles"):
        assert row["person"] in text


def test_a_past_version_prints_what_held_then(printed, root):  # noqa: F811
    text = page(printed / "first" / "control_plan.zh.html")
    later = [row["parameter_id"] for row in rows(root, "parameters") if row["valid_from"] >= "2025-01-01"]
    earlier = {row["parameter_id"] for row in rows(root, "parameters") if row["valid_from"] < "2024-07-01"}
    assert later and not [name for name in later if name not in earlier and f" {name} " in f" {text} "]
    assert "RQ-NJF-2016-0457" in text, "the old gas meter was in use then"


def test_the_workbook_has_the_six_sections_in_order(printed, root):  # noqa: F811
    book = openpyxl.load_workbook(printed / "newest" / "control_plan.xlsx")
    assert [sheet.title[0] for sheet in book] == list("abcdef")
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert {row["parameter_id"] for row in rows(root, "parameters") if not row["valid_to"]} <= cells


def test_the_same_plan_prints_the_same_bytes(printed):
    for name in ("control_plan.zh.html", "control_plan.en.html", "control_plan.xlsx"):
        assert (printed / "newest" / name).read_bytes() == (printed / "again" / name).read_bytes()
