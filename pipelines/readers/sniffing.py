"""Which format a file is in, by its first bytes, and the reader for it. Splits and decodes nothing itself."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import Path, PurePath

from pipelines.readers import Document, Notice, ReaderOptions, Refused, ole, parquet, zipped

MAX_BYTES = 2 << 30
_KNOWN = "csv, txt, xlsx, xls, html, parquet, nem12, json, zip"
_HEAD = 8192

# How files of no use here begin; their names only serve the message.
_FOREIGN = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xfd7zXZ", "xz"),
    (b"Rar!", "rar"),
    (b"SQLite format 3", "sqlite"),
    (b"MZ", "exe"),
    (b"{\\rtf", "rtf"),
)
_UNICODE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*+<(!doctype html|html|head|meta|body|table|style|div|title)\b", re.I | re.S)
_XML = re.compile(r"\s*<(\?xml|!DOCTYPE|[A-Za-z][\w:.-]*[\s>])")
_JSON = re.compile(r'\s*(\{\s*["}]|\[\s*[\[{\]])')
# A meter data file begins with its 100 record; without it, a 200 or 250 record with an energy unit still gives it away.
_NEM = re.compile(
    r"[\s,]*(100,\s*NEM1[23]\b|200,[^,\n]+(,[^,\n]*){5},[kmg]?(wh|varh|vah),\d+|250(,[^,\n]*){18},[kmg]?wh\b)", re.I
)

# The endings under which a kind of content is expected.
_ENDINGS = {
    "text": ("csv", "txt", "tsv", "tab", "dat", "prn", "asc"),
    "xlsx": ("xlsx", "xlsm", "xltx", "xltm"),
    "xls": ("xls", "xlt"),
    "html": ("html", "htm"),
    "parquet": ("parquet", "pq"),
    "nem12": ("csv", "txt", "dat", "nem12", "nem13"),
    "pact_json": ("json",),
    "zip": ("zip",),
}
_TELLING = {ending for endings in _ENDINGS.values() for ending in endings} | {"pdf", "png", "jpg", "docx", "doc", "xml"}


def read(path: Path, options: ReaderOptions, name: str) -> Document:
    """See readers.read."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Refused("FILE_TOO_LARGE", found=f"{size} B", expected=f"≤ {MAX_BYTES} B")
    data = path.read_bytes()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_zip(data, options, name)
    return _read_plain(data, options, name)


def kind_of(data: bytes) -> str:
    """'xls', 'parquet', 'html', 'pact_json', 'nem12' or 'text'; raises Refused FILE_EMPTY, FILE_TYPE, FILE_ENCRYPTED."""
    if not data:
        raise Refused("FILE_EMPTY")
    if data.startswith(ole.MAGIC):
        return _kind_of_ole(data)
    if data.startswith(parquet.MAGIC):
        return "parquet"
    foreign = next((kind for start, kind in _FOREIGN if data.startswith(start)), None)
    if foreign in ("bmp", "exe") and _is_text(data[:_HEAD]):
        foreign = None  # two letters that a text may begin with
    if foreign or not _is_text(data[:_HEAD]):
        raise Refused("FILE_TYPE", found=foreign or "binary", expected=_KNOWN)
    return _kind_of_text(_head_text(data))


def _kind_of_text(head: str) -> str:
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        raise Refused("FILE_TYPE", found="xml", expected=_KNOWN)
    if _JSON.match(head):
        return "pact_json"
    return "nem12" if _NEM.match(head) else "text"


def _kind_of_ole(data: bytes) -> str:
    compound = ole.CompoundFile(data)
    if "EncryptedPackage" in compound.names:
        raise Refused("FILE_ENCRYPTED", found="xlsx")
    return "xls"


def _is_text(head: bytes) -> bool:
    """Whether almost no byte is a control character; UTF-16 is known by its mark."""
    return head.startswith(_UNICODE_MARKS) or len(_CONTROL.findall(head)) <= len(head) / 20


def _head_text(data: bytes) -> str:
    """The first characters, good enough to recognise a format by: its marks are all ASCII."""
    head = data[:_HEAD]
    if head.startswith(_UNICODE_MARKS):
        return head.decode("utf-16", errors="ignore")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _read_plain(data: bytes, options: ReaderOptions, name: str) -> Document:
    from pipelines.readers import delimited, excel, html_tables, nem12, pact_json

    kind = kind_of(data)
    readers = {
        "xls": lambda: excel.read_xls(data, options),
        "parquet": lambda: parquet.read(data),
        "html": lambda: html_tables.read(data, options),
        "pact_json": lambda: pact_json.read(data),
        "nem12": lambda: nem12.read(data),
        "text": lambda: delimited.read(data, options),
    }
    return _named(readers[kind](), kind, name)


def _read_zip(data: bytes, options: ReaderOptions, name: str, outer: str = "") -> Document:
    """A workbook, or the one file inside a plain zip; `outer` is the zip around this one."""
    archive = zipped.opened(io.BytesIO(data))
    kind = _kind_of_package(archive)
    if kind == "xlsx":
        from pipelines.readers import excel

        return _named(excel.read_xlsx(data, archive, options), kind, name)
    if kind != "zip":
        raise Refused("FILE_TYPE", found=kind, expected=_KNOWN)
    if outer:
        raise Refused("ZIP_NESTED", member=name)
    member = zipped.single_member(archive)
    inside = zipped.content(archive, member.filename)
    member_name = PurePath(member.filename).name
    if inside.startswith(b"PK"):
        document = _read_zip(inside, options, member_name, outer=name)
    else:
        document = _read_plain(inside, options, member_name)
    return _named(document, kind, name)


def _kind_of_package(archive: zipfile.ZipFile) -> str:
    """'xlsx', 'zip', or the kind of Office document that is of no use here."""
    names = {member.lower() for member in archive.namelist()}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "mimetype" in names:
        return "opendocument"
    if "[content_types].xml" not in names:
        return "zip"
    return "docx" if any(member.startswith(("word/", "ppt/")) for member in names) else "xlsx"


def _named(document: Document, kind: str, name: str) -> Document:
    """`document` with the notice FILE_TYPE_MISMATCH when the file's name promises another format."""
    ending = PurePath(name).suffix.lstrip(".").lower()
    if ending in _TELLING and ending not in _ENDINGS[kind]:
        document.notices.insert(0, Notice("FILE_TYPE_MISMATCH", values={"found": kind, "expected": ending}))
    return document
