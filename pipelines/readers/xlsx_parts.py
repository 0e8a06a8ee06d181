"""The parts of an .xlsx that are not sheets: the list of sheets, shared texts, date formats. Reads no cell."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from pipelines.readers import Refused, zipped
from pipelines.readers.excel_text import format_kind, unescaped

_PREFIXED = re.compile(rb"</\w+:")
_PACKAGE_RELATIONS = "_rels/.rels"
Attributes = dict[str, str]


@dataclass(frozen=True)
class SheetPart:
    """name: as on its tab. path: its part in the zip. hidden: hidden or very hidden."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True)
class Workbook:
    """sheets: worksheets in tab order. date_system: 1900 or 1904. texts: the shared strings. kinds: for each cell style
    'date', 'datetime', 'time', 'elapsed' or '' (see excel_text)."""

    sheets: tuple[SheetPart, ...]
    date_system: int
    texts: tuple[str, ...]
    kinds: tuple[str, ...]


def parse(data: bytes, part: str, start: Callable[[str, Attributes], Any], end: Any = None, text: Any = None) -> None:
    """Walk the XML `data`; handlers get local names. Raises Refused XML_DTD or FILE_CORRUPT. No entity is expanded."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    is_plain = not _PREFIXED.search(data)
    parser.StartElementHandler = (
        start if is_plain else lambda name, attributes: start(name.rpartition(":")[2], attributes)
    )
    if end:
        parser.EndElementHandler = end if is_plain else lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise Refused("XML_DTD", member=part)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused("FILE_CORRUPT", found=f"{part}: {error}") from error


def workbook(archive: zipfile.ZipFile) -> Workbook:
    """What the sheets of `archive` need to be read. Raises Refused XL_NO_SHEET when it holds no worksheet."""
    path = _main_part(archive)
    relations = _relations(archive, path)
    sheets, date_system = _sheets(archive, path, relations)
    if not sheets:
        raise Refused("XL_NO_SHEET", found="", expected="*")
    return Workbook(
        sheets=sheets,
        date_system=date_system,
        texts=_shared_texts(archive, _part_of_kind(relations, "sharedStrings")),
        kinds=_style_kinds(archive, _part_of_kind(relations, "styles")),
    )


def part_bytes(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part's bytes; names are compared without case, as Office does."""
    by_name = {name.lower(): name for name in archive.namelist()}
    name = by_name.get(part.lower())
    return zipped.content(archive, name) if name else b""


def _main_part(archive: zipfile.ZipFile) -> str:
    relations = _relations_in(archive, _PACKAGE_RELATIONS, "")
    path = _part_of_kind(relations, "officeDocument")
    if not path:
        raise Refused("FILE_CORRUPT", found="no workbook part")
    return path


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    return _relations_in(archive, posixpath.join(folder, "_rels", f"{name}.rels"), folder)


def _relations_in(archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """Relationship id → (last word of its type, path of the part). The words are the same in Strict OOXML."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

    data = part_bytes(archive, part)
    if data:
        parse(data, part, start)
    return found


def _part_of_kind(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((path for found, path in relations.values() if found == kind), "")


def _sheets(
    archive: zipfile.ZipFile, path: str, relations: dict[str, tuple[str, str]]
) -> tuple[tuple[SheetPart, ...], int]:
    sheets: list[SheetPart] = []
    systems = [1900]

    def start(name: str, attributes: Attributes) -> None:
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true", "on"):
            systems.append(1904)
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            kind, part = relations.get(key, ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(SheetPart(attributes.get("name", ""), part, hidden))

    parse(part_bytes(archive, path), path, start)
    return tuple(sheets), systems[-1]


def _shared_texts(archive: zipfile.ZipFile, path: str) -> tuple[str, ...]:
    data = part_bytes(archive, path) if path else b""
    return TextItems("si").read(data, path) if data else ()


class TextItems:
    """The plain text of rich text items: runs joined, phonetic guides (rPh) left out."""

    def __init__(self, item: str) -> None:
        self._item = item
        self._texts: list[str] = []
        self._pieces: list[str] = []
        self._in_text = False
        self._in_guide = False

    def read(self, data: bytes, part: str) -> tuple[str, ...]:
        """All items of the part, in order."""
        parse(data, part, self._start, self._end, self._text)
        return tuple(self._texts)

    def _start(self, name: str, _: Attributes) -> None:
        if name == self._item:
            self._pieces = []
        self._in_guide = self._in_guide or name == "rPh"
        self._in_text = name == "t" and not self._in_guide

    def _text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        if name == "rPh":
            self._in_guide = False
        elif name == self._item:
            self._texts.append(unescaped("".join(self._pieces)))
        self._in_text = False


def _style_kinds(archive: zipfile.ZipFile, path: str) -> tuple[str, ...]:
    """For each entry of cellXfs, what its number format shows."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            codes[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs"):
            inside.append(name)
        elif name == "xf" and inside and inside[-1] == "cellXfs":
            formats.append(int(attributes.get("numFmtId", 0)))

    data = part_bytes(archive, path) if path else b""
    if data:
        parse(data, path, start)
    return tuple(format_kind(number, codes.get(number)) for number in formats)
