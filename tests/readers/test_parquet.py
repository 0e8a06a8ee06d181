"""Parquet: every stored value as exact text, and files that are cut off or damaged."""

from __future__ import annotations

import datetime as dt
import io
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers.reading import numbered, only_table, refusal, rows_of


def parquet_of(columns: dict[str, pa.Array], **options: Any) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, **options)
    return stream.getvalue()


def test_column_names_are_a_header_of_row_zero_and_types_stand_beside(tmp_path: Path) -> None:
    data = parquet_of({"id": pa.array(["0032", ""]), "kwh": pa.array([100.5, None])})
    table = only_table(tmp_path, data, "a.parquet")
    assert numbered(table) == {0: ["id", "kwh"], 1: ["0032", "100.5"], 2: [None, None]}
    assert table.types == ("string", "double")


SECOND = dt.datetime(2025, 3, 1, 0, 15)


@pytest.mark.parametrize(
    ("array", "text"),
    [
        (pa.array([300.0, 0.1, 1e16]), ["300", "0.1", "1e+16"]),
        (pa.array([1.1], pa.float32()), ["1.1"]),
        (pa.array([math.nan, math.inf]), ["nan", "inf"]),
        (pa.array([Decimal("1.50"), Decimal("-0.01")]), ["1.50", "-0.01"]),
        (pa.array([3201010000000010101], pa.int64()), ["3201010000000010101"]),
        (pa.array([True, None]), ["true", None]),
        (pa.array([dt.date(2025, 3, 1)]), ["2025-03-01"]),
        (pa.array([SECOND, SECOND.replace(microsecond=500000)]), ["2025-03-01 00:15:00", "2025-03-01 00:15:00.500000"]),
        (pa.array([SECOND], pa.timestamp("ms", "UTC")), ["2025-03-01 00:15:00+00:00"]),
        (pa.array([SECOND], pa.timestamp("us", "Asia/Shanghai")), ["2025-03-01 08:15:00+08:00"]),
        (pa.array(["煤", "煤"]).dictionary_encode(), ["煤", "煤"]),
        (pa.array([b"\xe7\x85\xa4"], pa.binary()), ["煤"]),
        (pa.array(["x"], pa.large_string()), ["x"]),
    ],
    ids=str,
)
def test_a_stored_value_is_its_exact_text(tmp_path: Path, array: pa.Array, text: list[str | None]) -> None:
    table = only_table(tmp_path, parquet_of({"c": array}), "a.parquet")
    assert [row[0] for row in rows_of(table)[1:]] == text


@settings(deadline=None, max_examples=50)
@given(values=st.lists(st.floats(allow_nan=False), min_size=1, max_size=20))
def test_doubles_come_back_from_their_text(tmp_path_factory: pytest.TempPathFactory, values: list[float]) -> None:
    table = only_table(tmp_path_factory.mktemp("pq"), parquet_of({"c": pa.array(values)}), "a.parquet")
    assert [float(row[0] or "") for row in rows_of(table)[1:]] == values


def test_a_nested_column_is_left_out_and_named(tmp_path: Path) -> None:
    data = parquet_of({"id": pa.array(["a"]), "kwh": pa.array([[1.0, 2.0]])})
    table = only_table(tmp_path, data, "a.parquet")
    assert numbered(table) == {0: ["id"], 1: ["a"]}
    assert [(notice.code, notice.field) for notice in table.notices] == [("COL_TYPE_UNSUPPORTED", "kwh")]


def test_a_file_cut_off_is_refused(tmp_path: Path) -> None:
    data = parquet_of({"c": pa.array(["x"] * 100)})
    assert refusal(tmp_path, data[:-20], "a.parquet").code == "FILE_PARTIAL"
    assert refusal(tmp_path, b"PAR1" + b"\0" * 100 + b"PAR1", "a.parquet").code == "FILE_CORRUPT"


def test_a_page_that_fails_its_checksum_is_refused(tmp_path: Path) -> None:
    data = parquet_of({"c": pa.array([float(n) for n in range(1000)])}, write_page_checksum=True, compression="none")
    for position in range(200, 4000, 400):
        broken = data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :]
        assert refusal(tmp_path, broken, "a.parquet").code == "FILE_CORRUPT"
