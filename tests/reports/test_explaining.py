"""A number walked home: its product multiplies out, its rows are the archive's own, and a changed archive is said so."""

from __future__ import annotations

import hashlib
import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from pipelines import explaining, warehouse
from pipelines.workspace import Workspace
from tests.reports import fixture_lineage
from tests.reports import fixture_warehouse as rows


@pytest.fixture(scope="module")
def walked(connection: duckdb.DuckDBPyConnection, enterprise: Workspace) -> dict:
    return json.loads(explaining.explain(connection, enterprise, **rows.EXPLAINED).as_json())


def test_the_product_multiplies_out_to_the_figure(walked: dict) -> None:
    product = Fraction(1)
    for term in walked["product"]["terms"]:
        product *= Fraction(term["value"])
    tonnes = (Decimal(product.numerator) / product.denominator).quantize(Decimal("0.000001"), ROUND_HALF_UP)
    assert Decimal(walked["figure"]["emissions_tco2e"]) == tonnes
    assert walked["product"]["agrees"] is True
    assert walked["product"]["written_out"] == (
        "13.057975 万Nm3 × 389.31 GJ/万Nm3 × 0.0153 t/GJ × 0.99 × 44/12 tCO2/t = 282.338074 tCO2e"
    )


def test_every_factor_has_its_source(walked: dict) -> None:
    factors = [term for term in walked["product"]["terms"] if "factor_id" in term]
    assert len(factors) == 3
    for factor in factors:
        assert factor["edition"] and factor["source_document"] and factor["source_locator"]
        assert factor["verification_status"] == "confirmed"


def test_the_rows_are_those_of_the_file(walked: dict) -> None:
    lines = rows.CSV_TEXT.splitlines()
    (parameter,) = walked["parameters"]
    assert len(parameter["sources"]) == 31
    for source in parameter["sources"]:
        (place,) = source["rows"]
        assert place["is_verified"]
        assert place["file_sha256"] == hashlib.sha256(rows.CSV_TEXT.encode()).hexdigest()
        (row,) = place["rows"]
        assert ",".join(row["cells"]) == lines[row["row"] - 1]
        assert row["headings"] == lines[0].split(",")
        (reading,) = source["readings"]
        assert Decimal(reading["quantity"]) * 10000 == Decimal(row["cells"][2]), "the row holds the reading's quantity"
    total = sum(Decimal(reading["quantity"]) for source in parameter["sources"] for reading in source["readings"])
    assert total == rows.GAS_SUM == Decimal(parameter["periods"][0]["quantity"])


def test_the_text_names_all_of_it(connection: duckdb.DuckDBPyConnection, enterprise: Workspace) -> None:
    text = explaining.explain(connection, enterprise, **rows.EXPLAINED).as_text()
    for wanted in ("282.338074", "GB/T 32151.34-2024", "附录 C 表 C.1", "已核实 confirmed", "天然气日用量_2025-03.csv"):
        assert wanted in text
    for line in rows.CSV_TEXT.splitlines()[1:]:
        assert line.replace(",", " | ") in text
    assert "列 columns: 表号 | 日期 | 用气量(Nm3)" in text
    assert text.count(hashlib.sha256(rows.CSV_TEXT.encode()).hexdigest()) == 1, "a file is named once, not once a row"


def test_parts_left_out_list_the_figures_that_fit(connection: duckdb.DuckDBPyConnection, enterprise: Workspace) -> None:
    found = explaining.explain(connection, enterprise, facility="F2", month="2025-03", regime="gbt32150")
    listed = json.loads(found.as_json())["figures"]
    assert [(figure["stream_id"], figure["status"]) for figure in listed] == [
        ("S2-DIESEL", "complete"),
        ("S2-ELEC", "incomplete"),
    ]
    assert "S2-ELEC" in found.as_text() and "不完整" in found.as_text()


def test_a_missing_figure_says_why(connection: duckdb.DuckDBPyConnection, enterprise: Workspace) -> None:
    found = explaining.explain(connection, enterprise, "F2", "S2-ELEC", "2025-03", "CO2", "gbt32150")
    assert found.content["figure"]["emissions_tco2e"] is None
    assert found.content["product"]["agrees"] is None
    text = found.as_text()
    assert "没有电量" in text and "no electricity came" in text and "没有读数" in text


def test_what_fits_nothing_is_told_what_there_is(connection: duckdb.DuckDBPyConnection, enterprise: Workspace) -> None:
    with pytest.raises(explaining.ExplainError, match="S1-GAS"):
        explaining.explain(connection, enterprise, stream="S9")
    with pytest.raises(explaining.ExplainError, match="2025-03"):
        explaining.explain(connection, enterprise, month="March")


@pytest.mark.parametrize("harm", ["altered", "removed"])
def test_an_archive_that_was_touched_is_named_and_not_shown(tmp_path: Path, harm: str) -> None:
    workspace = fixture_lineage.make_workspace(tmp_path / "works")
    (archived,) = [path for path in workspace.archive.rglob("*") if path.is_file()]
    if harm == "altered":
        archived.write_bytes(archived.read_bytes().replace(b"4107.25", b"4107.26"))
    else:
        archived.unlink()
    with warehouse.reading(workspace.published_warehouse) as connection:
        found = explaining.explain(connection, workspace, **rows.EXPLAINED)
    places = [place for source in found.content["parameters"][0]["sources"] for place in source["rows"]]
    assert not [place for place in places if place["is_verified"] or place["rows"]]
    assert "SHA-256 不符" in found.as_text() and "2025-03-01 | 41" not in found.as_text()


def test_a_figure_that_its_terms_do_not_give_is_said_so(tmp_path: Path) -> None:
    workspace = fixture_lineage.make_workspace(tmp_path / "works")
    with warehouse.writing(workspace.published_warehouse) as connection:
        connection.execute("update accounting.workings set digits = digits + 1 where term = 'carbon_content'")
        found = explaining.explain(connection, workspace, **rows.EXPLAINED)
    assert found.content["product"]["agrees"] is False
    assert "DOES NOT AGREE" in found.as_text()


def test_rows_of_other_meters_between_are_left_out(tmp_path: Path) -> None:
    workspace = fixture_lineage.make_workspace(tmp_path / "works")
    text = "表号,日期,用气量(Nm3)\nG-01,2025-03-01,10\nG-02,2025-03-01,11\nG-01,2025-03-02,12\n"
    sha = hashlib.sha256(text.encode()).hexdigest()
    (workspace.archive / sha[:2]).mkdir(exist_ok=True)
    (workspace.archive / sha[:2] / sha).write_text(text, encoding="utf-8")
    with warehouse.writing(workspace.published_warehouse) as connection:
        connection.execute("update readings.readings set file_sha256 = ?, row_first = 2, row_last = 4", [sha])
        found = explaining.explain(connection, workspace, **rows.EXPLAINED)
    (source,) = found.content["parameters"][0]["sources"]
    assert len(source["readings"]) == 31, "readings of the same rows stand together"
    assert [row["row"] for row in source["rows"][0]["rows"]] == [2, 4]


def test_a_register_interval_shows_both_its_ends(tmp_path: Path) -> None:
    workspace = fixture_lineage.make_workspace(tmp_path / "works")
    with warehouse.writing(workspace.published_warehouse) as connection:
        connection.execute("delete from readings.readings where reading_id <> 'R05'")
        connection.execute(
            "update readings.readings set start_file_sha256 = file_sha256, start_sheet = '', start_row = 2"
        )
        found = explaining.explain(connection, workspace, **rows.EXPLAINED)
    (source,) = found.content["parameters"][0]["sources"]
    assert [[row["row"] for row in place["rows"]] for place in source["rows"]] == [[2], [6]]
