"""Real and prepared files beside the project: each can be read, or is refused for the reason its manifest gives."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.readers import Document, ReaderOptions, Refused, read
from tests.readers.reading import codes, numbered, rows_of
from tests.shared_data import SHARED, needs_shared

ZOO = SHARED / "zoo"
FILES = sorted((ZOO / "files").glob("*"))

# What the readers themselves must see; the other codes of the manifest are about meaning, and landing's.
SEEN_BY_READERS = {
    "e07_nul.csv": ["ENC_NUL"],
    "s08_unquoted_comma.csv": ["ROW_RAGGED"],
    "s16_partial_write.csv": ["FILE_PARTIAL"],
    "z02_bomb.zip": ["ZIP_RATIO"],
    "z06_not_csv.csv": ["FILE_TYPE"],
    "x03_hidden_row.xlsx": ["XL_HIDDEN_ROW"],
    "x05_formula_no_cache.xlsx": ["XL_FORMULA_NO_VALUE"],
    "x10_far_cell.xlsx": ["XL_FAR_CELL"],
    "x13_html.xls": ["FILE_TYPE_MISMATCH"],
    "x14_tsv.xls": ["FILE_TYPE_MISMATCH"],
}


def read_named(path: Path) -> Document:
    return read(path, ReaderOptions(), path.name)


def manifest() -> dict[str, dict[str, str]]:
    with (ZOO / "manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["file"]: row for row in csv.DictReader(stream)}


@needs_shared
def test_what_the_readers_must_see_stands_in_the_manifest() -> None:
    told = manifest()
    assert set(told) == {path.name for path in FILES}
    assert all(told[name]["code"] == codes_of[0] for name, codes_of in SEEN_BY_READERS.items())


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_zoo_file_is_read_or_refused_as_its_manifest_implies(path: Path) -> None:
    told = manifest()[path.name]
    try:
        document = read_named(path)
        found = codes(document)
    except Refused as refused:
        assert told["expect"] == "REJECT_FILE"
        found, document = [refused.code], None
    assert found == SEEN_BY_READERS.get(path.name, [])
    if document and told["ok_rows"] and told["expect"] in ("ACCEPT", "QUARANTINE_ROWS"):
        (table,) = document.tables
        assert table.cells.num_rows - 1 + len(table.bad_rows) == int(told["ok_rows"]) + int(told["bad_rows"])


# the same four readings, in every dress
READINGS = [
    ["0032010100000000101", "100.5"],
    ["0032010100000000101", "200.25"],
    ["0032010100000000119", "300"],
    ["0032010100000000119", "400.5"],
]
DRESSES = [
    *("e01_utf8.csv", "e02_utf8_bom.csv", "e03_gbk.csv", "d03_resaved_crlf.csv", "s18_semicolon_comma.csv"),
    *("x09_1904.xlsx", "x10_far_cell.xlsx", "x03_hidden_row.xlsx", "x13_html.xls", "x14_tsv.xls"),
    *("q01_ok.parquet", "q03_type_changed.parquet"),
]


@needs_shared
@pytest.mark.parametrize("name", DRESSES)
def test_the_same_table_in_every_dress_gives_the_same_cells(name: str) -> None:
    (table,) = read_named(ZOO / "files" / name).tables
    header, *rows = rows_of(table)
    assert [[row[0], (row[2] or "").replace(",", ".")] for row in rows] == READINGS
    assert len(header) == 3


@needs_shared
def test_a_year_of_a_steel_plant() -> None:
    """35,040 quarter hours; the sum is the one its publisher's README gives."""
    (table,) = read_named(SHARED / "data" / "steel_gwangyang" / "Steel_industry_data.csv").tables
    rows = numbered(table)
    assert table.cells.shape == (35_041, 11) and not table.bad_rows
    assert rows[1][:2] == ["date", "Usage_kWh"]
    assert rows[2][0] == "1/1/2018 0:15"
    assert sum(Decimal(row[1] or "") for number, row in rows.items() if number > 1) == Decimal("959636.71")


@needs_shared
@pytest.mark.parametrize("path", sorted(SHARED.glob("data/eia923_pudl_subset/**/*.csv")), ids=lambda path: path.name)
def test_annual_fuel_tables_are_read_as_the_csv_module_reads_them(path: Path) -> None:
    (table,) = read_named(path).tables
    with path.open(encoding="utf-8-sig", newline="") as stream:
        expected = [[value or None for value in row] for row in csv.reader(stream)]
    assert rows_of(table) == expected
    assert not table.bad_rows


@needs_shared
@pytest.mark.parametrize("path", sorted(SHARED.glob("data/green_button/**/*.xml")), ids=lambda path: path.name)
def test_a_format_without_a_reader_is_refused(path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_named(path)
    assert caught.value.code == "FILE_TYPE"
