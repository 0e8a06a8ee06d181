"""NEM12 and NEM13: the totals of public sample files as another program reads them, and what must not pass."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.readers import Document, ReaderOptions, Refused, Table, read
from tests.readers.reading import codes, document_of, numbered, refusal, rows_of
from tests.shared_data import SHARED, needs_shared

EXAMPLES = SHARED / "data" / "nem12" / "examples"
FILES = sorted(path for path in EXAMPLES.rglob("*") if path.is_file())
VALID = [path for path in FILES if "invalid" not in path.parts]
INVALID = [path for path in FILES if "invalid" in path.parts]

# The one public sample with a broken record: a 300 wrapped over three lines. nemreader leaves it out, as is done here.
BROKEN = "NEM12#Scenario10#ETSAMDP#NEMMCO.zip"

Totals = dict[tuple[str, str], Decimal]


def records(table: Table) -> Iterator[dict[str, str | None]]:
    header, *rows = rows_of(table)
    for row in rows:
        yield dict(zip([str(name) for name in header], row, strict=True))


def totals(document: Document) -> Totals:
    """Sum of what each meter's channel measured, in the file's own unit."""
    found: Totals = {}
    for table in document.tables:
        for record in records(table):
            key = (record["nmi"] or "", record["suffix"] or "")
            names = (
                ["quantity"]
                if "quantity" in record
                else [name for name in record if name[0] == "v" and name[1:].isdigit()]
            )
            found[key] = found.get(key, Decimal(0)) + sum(Decimal(record[name] or 0) for name in names)
    return found


def totals_of_nemreader(path: Path) -> Totals:
    """The same sums by the public package: it converts no unit either."""
    from nemreader import NEMFile

    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            readings = NEMFile(str(path)).nem_data().readings
    finally:
        logging.disable(logging.NOTSET)
    return {
        (nmi, suffix): sum((Decimal(str(reading.read_value or 0)) for reading in found), Decimal(0))
        for nmi, channels in readings.items()
        for suffix, found in channels.items()
    }


@needs_shared
def test_the_public_samples_are_all_here() -> None:
    assert (len(VALID), len(INVALID)) == (169, 11)


@needs_shared
@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_the_totals_of_a_valid_file_are_those_of_nemreader(path: Path) -> None:
    document = read(path, ReaderOptions(), path.name)
    assert totals(document) == totals_of_nemreader(path)
    assert codes(document) == (["NEM_INTERVAL_COUNT", *["NEM_RECORD"] * 4] if path.name == BROKEN else [])


@needs_shared
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "unzipped/Example_NEM12_actual_interval.csv",
            {("VABD000163", "E1"): "53.328", ("VABD000163", "Q1"): "106.656"},
        ),
        ("unzipped/Example_NEM12_multiple_quality.csv", {("CCCC123456", "E1"): "896.990"}),
        ("unzipped/Example_NEM13_consumption_data.csv", {("VABC005890", "11"): "1312.1"}),
    ],
)
def test_totals_printed_elsewhere(name: str, expected: dict[tuple[str, str], str]) -> None:
    document = read(EXAMPLES / name, ReaderOptions(), name)
    assert totals(document) == {key: Decimal(value) for key, value in expected.items()}


EXPECTED_OF_INVALID = {
    "Example_NEM12_15min_200_30min_300.csv": "NEM_INTERVAL_COUNT",
    "Example_NEM12_15min_200_30min_400.csv": "NEM_QUALITY",
    "Example_NEM12_30min_200_15min_300.csv": "NEM_INTERVAL_COUNT",
    "Example_NEM12_30min_200_15min_400.csv": "NEM_INTERVAL_COUNT",
    "Example_NEM12_empty.csv": "NEM_NO_DATA",
    "Example_NEM12_incomplete_interval.csv": "NEM_INTERVAL_COUNT",
    "Example_NEM12_missing_header.csv": "NEM_NO_HEADER",
    "Example_NEM12_powercor.csv": "NEM_NO_HEADER",
    "Example_NEM12_powercor.csv.zip": "NEM_NO_HEADER",
    "Example_NEM12_powercor_missing_fields.csv": "NEM_NO_HEADER",
    "Example_empty_file.csv": "FILE_EMPTY",
}


@needs_shared
@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_what_is_invalid_does_not_pass(path: Path) -> None:
    try:
        found = codes(read(path, ReaderOptions(), path.name))
    except Refused as refused:
        found = [refused.code]
    assert found == [EXPECTED_OF_INVALID[path.name]]


# --- generated --------------------------------------------------------------------------------------------------


def file_of(*records: str) -> bytes:
    return "\n".join(["100,NEM12,202503020000,MDP,RET", *records, "900", ""]).encode()


STREAM = "200,NMI1,E1B1,E1,E1,N1,SERIAL,kWh,30,"
VALUES = ",".join(f".{n:02d}" for n in range(48))


def test_a_day_carries_its_qualities_value_by_value(tmp_path: Path) -> None:
    day = f"300,20250301,{VALUES},V,,,20250302000000,"
    events = ["400,1,20,F14,76,Power outage", "400,21,24,A,,", "400,25,48,S14,1,"]
    (table,) = document_of(tmp_path, file_of(STREAM, day, *events, "500,O,S01,20250301000000,1")).tables
    header, row = rows_of(table)
    record = dict(zip(map(str, header), row, strict=True))
    assert [record[name] for name in ("nmi", "suffix", "serial", "unit", "interval_minutes", "date")] == [
        *("NMI1", "E1", "SERIAL", "kWh", "30", "2025-03-01")
    ]
    assert (record["v1"], record["v48"], record["reason"]) == (".00", ".47", "76 Power outage; 1")
    assert [record[f"q{n}"] for n in (1, 20, 21, 24, 25, 48)] == ["F14", "F14", "A", "A", "S14", "S14"]
    assert table.row_numbers.to_pylist() == [0, 3]


def test_streams_of_different_intervals_share_a_table(tmp_path: Path) -> None:
    fine = "200,NMI1,E1B1,B1,B1,N1,SERIAL,,5,"
    many = "300,20250301," + ",".join(["1"] * 288) + ",A,,,,"
    (table,) = document_of(tmp_path, file_of(STREAM, f"300,20250301,{VALUES},A,,,,", fine, many)).tables
    first, second = records(table)
    assert (first["v48"], first["v49"], first["q49"], second["v288"], second["unit"]) == (".47", None, None, "1", None)


def test_a_blank_value_is_missing_and_not_zero(tmp_path: Path) -> None:
    day = "300,20250301," + ",".join(["1", "", *["1"] * 46]) + ",N,,,,"
    (table,) = document_of(tmp_path, file_of(STREAM, day)).tables
    (record,) = records(table)
    assert (record["v2"], record["q2"]) == (None, "N")


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("300,20250301,1,2,3,A,,,,", "NEM_INTERVAL_COUNT"),
        (f"300,20250301,{VALUES},9,A,,,,", "NEM_INTERVAL_COUNT"),
        (f"300,20250301,{VALUES},X,,,,", "NEM_QUALITY"),
        (f"300,20250301,{VALUES},F,,,,", "NEM_QUALITY"),
        (f"300,20250301,{VALUES},V,,,,", "NEM_QUALITY"),
        (f"300,20250301,{VALUES},V,,,,\n400,1,20,A,,\n400,22,48,A,,", "NEM_QUALITY"),
        (f"300,20250301,{VALUES},V,,,,\n400,1,48,V,,", "NEM_QUALITY"),
        (f"300,20250230,{VALUES},A,,,,", "NEM_RECORD"),
        ("777,x", "NEM_RECORD"),
        (f"200,NMI1,E1,E1,E1,N1,S,kWh,seven,\n300,20250301,{VALUES},A,,,,", "NEM_RECORD"),
    ],
)
def test_a_record_that_does_not_fit_is_set_aside(tmp_path: Path, record: str, code: str) -> None:
    document = document_of(tmp_path, file_of(STREAM, record, STREAM, f"300,20250302,{VALUES},A,,,,"))
    assert set(codes(document)) == {code}
    assert [entry["date"] for entry in records(document.tables[0])] == ["2025-03-02"]


def test_a_file_without_its_end_is_cut_off(tmp_path: Path) -> None:
    cut = file_of(STREAM, f"300,20250301,{VALUES},A,,,,").removesuffix(b"900\n")
    assert refusal(tmp_path, cut).code == "NEM_NO_TRAILER"


def test_several_files_in_one_are_read_through(tmp_path: Path) -> None:
    one = file_of(STREAM, f"300,20250301,{VALUES},A,,,,")
    document = document_of(tmp_path, one + one.replace(b"20250301", b"20250302"))
    assert [entry["date"] for entry in records(document.tables[0])] == ["2025-03-01", "2025-03-02"]
    assert codes(document_of(tmp_path, one + f"{STREAM}\n900\n".encode())) == ["NEM_RECORD"]


def test_register_reads_are_a_table_of_their_own(tmp_path: Path) -> None:
    register = "250,NMI1,11,1,11,11,METER,E,000950,20040108103055,A,,,0010015,20040408000000,E64,77,,65,kWh,20040408, ,"
    data = f"100,NEM13,200401101030,MDA1,Ret1\n{register}\n550,N,,E,\n250,NMI2,11\n900\n".encode()
    document = document_of(tmp_path, data)
    (table,) = document.tables
    (record,) = records(table)
    assert record == {
        **{"nmi": "NMI1", "suffix": "11", "serial": "METER", "direction": "E", "reason": "77"},
        **{"previous_register": "000950", "previous_date": "2004-01-08 10:30:55", "previous_quality": "A"},
        **{"current_register": "0010015", "current_date": "2004-04-08 00:00:00", "quality": "E64"},
        **{"quantity": "65", "unit": "kWh"},
    }
    assert list(numbered(table)) == [0, 2]
    assert [(bad.code, bad.row_number) for bad in table.bad_rows] == [("NEM_RECORD", 4)]
