"""Exports give back what the warehouse holds, and no spreadsheet finds a formula in them."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines import exporting, warehouse
from pipelines.exporting import descriptions, workbook
from tests.reports import fixture_warehouse as rows

ARMED = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "''+1",
    "'plain",
    "plain",
    "",
    "a,b",
    'say "x"',
    "两行\n=2",
    "'",
]
MARTS = [
    "fct_inventory",
    "fct_totals",
    "fct_quarantine",
    "fct_verdicts",
    "fct_deliveries",
    "load_profile_values",
    "dim_facilities",
]


@pytest.fixture
def texts(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """A warehouse whose one mart holds text of every dangerous kind, and numbers of every size."""
    with warehouse.writing(tmp_path / "texts.duckdb") as connection:
        connection.execute("create schema marts; create schema settings")
        connection.execute("create table settings.build as select date '2025-11-22' as as_of")
        connection.execute(
            "create table marts.texts (row_id varchar, text varchar, amount decimal(38,6), whole bigint, day date,"
            " read_at timestamp, codes varchar[], is_so boolean)"
        )
        for number, text in enumerate(ARMED):
            values = [
                f"00{number}",
                text,
                Decimal("-1.5"),
                -number,
                date(2025, 3, 1),
                datetime(2025, 3, 1, 12),
                ["=a", "b"],
                True,
            ]
            connection.execute("insert into marts.texts values (?, ?, ?, ?, ?, ?, ?, ?)", values)
        connection.execute("insert into marts.texts (row_id, amount, whole, day) values ('big', ?, ?, date '1899-12-31')",
                           [Decimal("12345678901234567890.123456"), 2**53 + 1])  # fmt: skip
        yield connection


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def disarmed(text: str) -> str:
    """What the reader of an export does to have the text back: one apostrophe less where one was put."""
    return text[1:] if re.match(r"''*[=+\-@\t\r]", text) else text


def test_csv_text_is_disarmed_and_comes_back(texts: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    exporting.export(texts, "texts", "csv", tmp_path / "texts.csv")
    assert (tmp_path / "texts.csv").read_bytes().startswith(b"\xef\xbb\xbfrow_id,text,amount")
    read = {row["row_id"]: row for row in read_csv(tmp_path / "texts.csv")}
    for number, text in enumerate(ARMED):
        row = read[f"00{number}"]
        assert row["text"][:1] not in {"=", "+", "-", "@", "\t", "\r"}
        assert disarmed(row["text"]) == text
        assert (row["amount"], row["whole"]) == ("-1.500000", str(-number)), "negative numbers stay numbers"
        assert row["day"] == "2025-03-01"
    assert read["big"]["amount"] == "12345678901234567890.123456"
    assert read["big"]["text"] == ""


def test_parquet_keeps_types_and_digits(texts: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    exporting.export(texts, "texts", "parquet", tmp_path / "texts.parquet")
    stored = texts.execute("select * from marts.texts order by all").fetchall()
    assert texts.execute(f"select * from '{tmp_path / 'texts.parquet'}'").fetchall() == stored


def test_a_workbook_holds_text_as_text_and_dates_as_dates(texts: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    exporting.export(texts, "texts", "xlsx", tmp_path / "texts.xlsx")
    book = openpyxl.load_workbook(tmp_path / "texts.xlsx")
    assert book.sheetnames == ["texts", "列说明 columns"]
    heading, *body = book["texts"].iter_rows()
    position = {cell.value: index for index, cell in enumerate(heading)}
    assert not [cell for row in body for cell in row if cell.data_type == "f"]
    read = {row[0].value: row for row in body}
    assert read["003"][position["text"]].value == "@SUM(A1)"
    assert all(row[0].data_type == "s" for row in body), "ids keep their zeros"
    assert read["001"][position["day"]].value == datetime(2025, 3, 1)
    assert read["001"][position["amount"]].value == -1.5
    assert read["001"][position["is_so"]].value is True
    big = read["big"]
    assert big[position["amount"]].value == "12345678901234567890.123456", "more digits than Excel has: text"
    assert big[position["whole"]].value == str(2**53 + 1)
    assert big[position["day"]].value == "1899-12-31"
    assert big[position["text"]].value is None


def test_a_workbook_refuses_what_it_cannot_hold(
    texts: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", len(ARMED))
    with pytest.raises(exporting.ExportError, match="--csv"):
        exporting.export(texts, "texts", "xlsx", tmp_path / "many.xlsx")
    monkeypatch.undo()
    texts.execute("insert into marts.texts (text) values (repeat('长', 32768))")
    with pytest.raises(exporting.ExportError, match="Excel"):
        exporting.export(texts, "texts", "xlsx", tmp_path / "long.xlsx")
    assert not list(tmp_path.glob("*.xlsx")) and not list(tmp_path.glob(".*partial")), "nothing half-written is left"


def test_the_limit_is_a_million_rows() -> None:
    assert workbook.MOST_ROWS == 1_000_000


@pytest.mark.parametrize("mart", MARTS)
def test_every_format_holds_every_row(connection: duckdb.DuckDBPyConnection, tmp_path: Path, mart: str) -> None:
    for name in exporting.FORMATS:
        exporting.export(connection, mart, name, tmp_path / f"{mart}.{name}")
    count = connection.execute(f"select count(*) from marts.{mart}").fetchone()[0]
    assert len(read_csv(tmp_path / f"{mart}.csv")) == count > 0
    assert openpyxl.load_workbook(tmp_path / f"{mart}.xlsx").worksheets[0].max_row == count + 1
    parquet = f"select count(*) from '{tmp_path / f'{mart}.parquet'}'"
    assert connection.execute(parquet).fetchone()[0] == count


def test_exported_totals_are_the_exact_sums(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    exporting.export(connection, "fct_inventory", "csv", tmp_path / "inventory.csv")
    read = read_csv(tmp_path / "inventory.csv")
    total = sum(Decimal(row["emissions_tco2e"]) for row in read if row["emissions_tco2e"])
    assert total == sum(row[12] for row in rows.inventory_rows() if row[12] is not None)
    assert [row["emissions_tco2e"] for row in read if row["status"] == "incomplete"] == ["", ""]


def test_two_exports_are_the_same_bytes(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for name in exporting.FORMATS:
        for turn in ("a", "b"):
            exporting.export(connection, "fct_totals", name, tmp_path / f"{turn}.{name}")
        assert (tmp_path / f"a.{name}").read_bytes() == (tmp_path / f"b.{name}").read_bytes()


def test_what_is_not_there_is_refused_by_name(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(exporting.ExportError, match="fct_inventory"):
        exporting.export(connection, 'fct_totals"; drop table x; --', "csv", tmp_path / "x.csv")
    with pytest.raises(exporting.ExportError, match="parquet"):
        exporting.export(connection, "fct_totals", "pdf", tmp_path / "x.pdf")
    assert not list(tmp_path.iterdir())


def test_the_second_sheet_says_what_every_column_means(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    exporting.export(connection, "fct_inventory", "xlsx", tmp_path / "inventory.xlsx")
    rows, columns = openpyxl.load_workbook(tmp_path / "inventory.xlsx").worksheets
    said = [[cell.value for cell in row] for row in columns.iter_rows(min_row=2)]
    assert [row[0] for row in said] == [cell.value for cell in rows[1]]
    assert next(row for row in said if row[0] == "regime")[1:3] == ["核算制度", "Accounting regime."]
    assert all(row[1] or row[2] for row in said)


def test_a_description_parts_into_its_languages() -> None:
    assert descriptions.parted("Tonnes CO2e (排放量), signed.") == ("排放量", "Tonnes CO2e, signed.")
    assert descriptions.parted("热值基准 net, gross (高位) or ''.") == ("热值基准", "net, gross (高位) or ''.")
    assert descriptions.parted("排放量（吨） Tonnes, signed.") == ("排放量（吨）", "Tonnes, signed.")
    assert descriptions.parted("Plain.") == ("", "Plain.")
