"""The content decides the format, and a zip is opened with care. What is inside each format stands in other tests."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.readers import REFUSALS, ReaderOptions
from tests.readers.reading import codes, document_of, refusal, rows_of

CSV = "表号,电量\nA,1\nB,2\n".encode()


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def small_xlsx() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_row(0, 0, ["a", "b"])
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "png"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (b"BM" + bytes(100), "bmp"),
        (bytes(range(256)) * 4, "binary"),
        ("a,b\n".encode("utf-16-le") * 10, "binary"),  # UTF-16 without its mark
        (b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>', "xml"),
        (zip_of({"word/document.xml": b"x", "[Content_Types].xml": b"x"}), "docx"),
        (zip_of({"xl/workbook.bin": b"x", "[Content_Types].xml": b"x"}), "xlsb"),
        (zip_of({"mimetype": b"x"}), "opendocument"),
    ],
)
def test_what_is_no_use_here_is_refused_by_its_kind(tmp_path: Path, content: bytes, found: str) -> None:
    refused = refusal(tmp_path, content, "a.csv")
    assert (refused.code, refused.values["found"]) == ("FILE_TYPE", found)


@pytest.mark.parametrize(
    ("content", "name", "kind", "notices"),
    [
        (CSV, "a.csv", "delimited", []),
        (CSV, "a.txt", "delimited", []),
        (CSV, "202503", "delimited", []),
        (CSV, "a.XLS", "delimited", ["FILE_TYPE_MISMATCH"]),
        (b"BM,1\nBM,2\n", "a.csv", "delimited", []),
        (b"[Data]\nTagname,TimeStamp\n", "a.csv", "delimited", []),
        (small_xlsx(), "a.xlsx", "excel", []),
        (small_xlsx(), "a.csv", "excel", ["FILE_TYPE_MISMATCH"]),
        (b"\n200,5,6\n300,7,8\n", "a.csv", "delimited", []),
        (zip_of({"a.csv": CSV}), "a.ZIP", "delimited", []),
        (zip_of({"in/a.csv": CSV}), "a.zip", "delimited", []),
        (zip_of({"a.csv": CSV}), "a.csv", "delimited", ["FILE_TYPE_MISMATCH"]),
        (zip_of({"a.csv": CSV, "__MACOSX/._a.csv": b"x"}), "a.zip", "delimited", []),
        (zip_of({"a.csv": small_xlsx()}), "a.zip", "excel", ["FILE_TYPE_MISMATCH"]),
    ],
)
def test_the_content_decides_and_the_name_only_warns(
    tmp_path: Path, content: bytes, name: str, kind: str, notices: list[str]
) -> None:
    document = document_of(tmp_path, content, name)
    assert document.kind == kind
    assert [notice.code for notice in document.notices if notice.code != "FILE_PARTIAL"] == notices


def link(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        member = zipfile.ZipInfo(name)
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    return stream.getvalue()


def locked() -> bytes:
    data = bytearray(zip_of({"a.csv": CSV}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zip_of({"a.csv": bytes(3_000_000)}), "ZIP_RATIO"),
        (zip_of({"a.csv": CSV, "b.csv": CSV}), "ZIP_MEMBERS"),
        (zip_of({}), "ZIP_MEMBERS"),
        (zip_of({"a.zip": zip_of({"a.csv": CSV})}), "ZIP_NESTED"),
        (zip_of({"../a.csv": CSV}), "ZIP_PATH"),
        (zip_of({"/etc/a.csv": CSV}), "ZIP_PATH"),
        (zip_of({"C:\\a.csv": CSV}), "ZIP_PATH"),
        (zip_of({"x/..\\a.csv": CSV}), "ZIP_PATH"),
        (link("a.csv"), "ZIP_PATH"),
        (locked(), "FILE_ENCRYPTED"),
        (zip_of({"a.csv": CSV})[:-10], "FILE_PARTIAL"),
        (zip_of({"a.csv": CSV}, zipfile.ZIP_STORED).replace(b"A,1", b"A,7"), "FILE_CORRUPT"),
        (zip_of({"a.csv": b""}), "FILE_EMPTY"),
    ],
)
def test_a_zip_is_opened_with_care(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(tmp_path, content, "a.zip").code == code


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    """The central directory says 1,000 bytes; a hundred million would come out."""
    data = bytearray(zip_of({"a.csv": bytes(100_000_000)}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 1000)
    tracemalloc.start()
    assert refusal(tmp_path, bytes(data), "a.zip").code == "FILE_CORRUPT"
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_a_workbook_inside_a_zip_is_read_through(tmp_path: Path) -> None:
    document = document_of(tmp_path, zip_of({"a.xlsx": small_xlsx()}), "a.zip")
    assert rows_of(document.tables[0]) == [["a", "b"]]
    assert codes(document) == []


def test_options_take_only_the_readers_share_of_a_feed() -> None:
    feed = {"encoding": "gbk", "delimiter": ";", "decimal": ",", "header_rows": 2, "final_newline": "optional"}
    assert ReaderOptions.of(feed) == ReaderOptions(encoding="gbk", delimiter=";")


def test_every_refusal_has_one_name() -> None:
    assert len(set(REFUSALS)) == len(REFUSALS)
