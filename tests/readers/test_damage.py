"""Damaged files of every format: refused or read, never a crash. What a sound file gives stands in the other tests."""

from __future__ import annotations

import contextlib
import io
import json
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.readers import BAD_ROWS, NOTICES, REFUSALS, Refused
from tests.readers import test_nem12, test_pact_json, xls_file
from tests.readers.reading import codes, document_of
from tests.readers.xlsx_file import with_sheet_xml


def xlsx() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_row(0, 0, ["电表", 1.5, True])
    return stream.getvalue()


def parquet() -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({"id": ["a", "b"], "kwh": [1.5, None]}), stream, write_page_checksum=True)
    return stream.getvalue()


def nem12() -> bytes:
    return test_nem12.file_of(test_nem12.STREAM, f"300,20250301,{test_nem12.VALUES},V,,,,", "400,1,48,A,,")


SOUND = {
    "csv": 'id,kwh\n1,"a,b"\n2,5\n'.encode("utf-8-sig"),
    "txt": b"----\n|a|b|\n----\n|1|2|\n----\n",
    "html": "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td></tr></table>".encode("utf-16"),
    "json": json.dumps({"data": [test_pact_json.FOOTPRINT]}).encode(),
    "csv of nem12": nem12(),
    "xlsx": xlsx(),
    "xls": xls_file.compound(xls_file.workbook_stream({"a": [["x", 1.5, xls_file.Error(7)]]}, merges=[(0, 1, 0, 0)])),
    "parquet": parquet(),
}


@st.composite
def damaged(draw: st.DrawFn, sound: bytes) -> bytes:
    """The file cut off, or with some bytes changed, or with a piece taken out."""
    data = bytearray(sound)
    for _ in range(draw(st.integers(1, 4))):
        position = draw(st.integers(0, max(len(data) - 1, 0)))
        kind = draw(st.sampled_from(["change", "cut", "take"]))
        if kind == "change" and data:
            data[position] = draw(st.integers(0, 255))
        elif kind == "cut":
            del data[position:]
        else:
            del data[position : position + draw(st.integers(1, 20))]
    return bytes(data)


@pytest.mark.parametrize("name", SOUND)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    content = data.draw(damaged(SOUND[name]))
    try:
        found = codes(document_of(tmp_path_factory.mktemp("damage"), content, f"a.{name.split()[0]}"))
    except Refused as refused:
        assert refused.code in REFUSALS
    else:
        assert set(found) <= {*BAD_ROWS, *NOTICES}


HOSTILE = {
    "digits and a letter": b"h,i\n" + b"1" * 100_000 + b"x,1\n",
    "dashes": b"|a|b|\n|1|2|\n" + b"-" * 100_000 + b"x\n|3|4|\n",
    "a number of many signs": b"h,i\n1" + b"-" * 100_000 + b"x,2\n",
    "comments": b"<!---->" * 1_000 + b"no table",
    "open comments": b"<table>" + b"<!-- " * 20_000,
    "brackets": b"[" * 100_000,
    "half a record": b"200," + b"," * 100_000 + b"\n",
    "a wide line": b"a" + b"," * 100_000 + b"\n" + b"1,2\n" * 1000,
    "quotes": b"h,i\n" + b'"' * 100_001 + b"\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_costs_no_more_than_its_length(tmp_path: Path, name: str) -> None:
    started = time.process_time()
    with contextlib.suppress(Refused):
        document_of(tmp_path, HOSTILE[name], "a.csv")
    assert time.process_time() - started < 5


def test_a_hostile_number_in_a_sheet_costs_no_more_than_its_length(tmp_path: Path) -> None:
    cell = f'<row r="1"><c r="A1"><v>{"1" * 100_000}x</v></c></row>'
    started = time.process_time()
    with contextlib.suppress(Refused):
        document_of(tmp_path, with_sheet_xml(cell), "a.xlsx")
    assert time.process_time() - started < 5
