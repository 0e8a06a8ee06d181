"""Product footprints as PACT 3 exchanges them (JSON) → one Table, a row a footprint. Judges their form, not their sums.

Source: PACT Technical Specifications 3.0.3, ProductFootprint and CarbonFootprint: every number is a string there, so that
no digit is lost on the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pipelines.readers import BadRow, Document, Refused, decoding, tables

PRODUCT_COLUMNS = (
    *("id", "specVersion", "status", "companyName", "companyIds", "productIds", "productNameCompany"),
    "productDescription",
)
CARBON_COLUMNS = (
    *("declaredUnitOfMeasurement", "declaredUnitAmount", "referencePeriodStart", "referencePeriodEnd", "geography"),
    *("pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake", "fossilGhgEmissions", "primaryDataShare"),
)
OPTIONAL = frozenset({"geography", "primaryDataShare"})
MAX_BYTES = 256 << 20
_GEOGRAPHIES = ("geographyCountrySubdivision", "geographyCountry", "geographyRegionOrSubregion")
_VERSION = re.compile(r"3\.\d+\.\d+(-\d{8})?")


class _Number(str):
    """A JSON number, its digits as written."""


class _NotFinite(str):
    """NaN or Infinity: what Python and others write, and no JSON allows."""


class _Object(dict):
    """A JSON object that remembers which keys stood in it more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.repeated = sorted({key for key in keys if keys.count(key) > 1}) if len(self) < len(keys) else []


def read(data: bytes) -> Document:
    """The footprints of a file: one alone, an array, or {"data": …}; a row's number is its place among them.

    Raises Refused JSON_SYNTAX, PACT_SHAPE (no footprint inside), PACT_VERSION (none of version 3).
    """
    if len(data) > MAX_BYTES:
        raise Refused("FILE_TOO_LARGE", found=f"{len(data)} B", expected=f"≤ {MAX_BYTES} B")
    try:
        return _document(_parsed(decoding.to_utf8(data).decode("utf-8")))
    except RecursionError as error:
        raise Refused("JSON_SYNTAX", found="nested too deeply", row="") from error


def _document(content: Any) -> Document:
    footprints = _footprints(content)
    versions = {_version(footprint) for footprint in footprints}
    if not any(_VERSION.fullmatch(version) for version in versions):
        raise Refused("PACT_VERSION", found=", ".join(sorted(versions)), expected="3.x.x")
    rows, numbers, bad_rows = [], [], []
    for number, footprint in enumerate(footprints, start=1):
        fault = _fault(footprint)
        if fault:
            code, values = fault
            bad_rows.append(BadRow(number, code, json.dumps(footprint, ensure_ascii=False), values))
        else:
            rows.append(_row(footprint))
            numbers.append(number)
    table = tables.table_with_header([*PRODUCT_COLUMNS, *CARBON_COLUMNS], rows, numbers)
    table.bad_rows = bad_rows
    return Document("pact_json", [table])


def _parsed(text: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_Object, parse_int=_Number, parse_float=_Number, parse_constant=_NotFinite
        )
    except json.JSONDecodeError as error:
        raise Refused("JSON_SYNTAX", found=error.msg, row=error.lineno) from error


def _footprints(content: Any) -> list[_Object]:
    """The footprint objects in whichever envelope they came: an event's {"data": {"pfs": […]}} too."""
    while isinstance(content, _Object) and not _looks_like_footprint(content):
        content = content.get("data", content.get("pfs"))
    listed = content if isinstance(content, list) else [content]
    if not listed or not all(isinstance(item, _Object) and _looks_like_footprint(item) for item in listed):
        raise Refused("PACT_SHAPE", found=type(content).__name__, expected="ProductFootprint")
    return listed


def _looks_like_footprint(item: _Object) -> bool:
    return "pcf" in item or "specVersion" in item


def _version(footprint: _Object) -> str:
    return str(footprint.get("specVersion", "?"))


def _fault(footprint: _Object) -> tuple[str, dict[str, str]] | None:
    """The first thing wrong with a footprint: its reason code and what the message names."""
    if not _VERSION.fullmatch(_version(footprint)):
        return "PACT_VERSION", {"found": _version(footprint), "expected": "3.x.x"}
    for field, value in _walk(footprint, ""):
        if isinstance(value, _Object) and value.repeated:
            return "JSON_DUPLICATE_KEY", {"field": f"{field}.{value.repeated[0]}".lstrip(".")}
        if isinstance(value, _NotFinite):
            return "NUM_NOT_FINITE", {"field": field, "found": value}
        if isinstance(value, _Number) and field.startswith("pcf."):
            return "PACT_NUMBER", {"field": field, "found": value, "expected": f'"{value}"'}
    missing = next((name for name, value in _values(footprint).items() if not value and name not in OPTIONAL), None)
    return ("PACT_FIELD", {"field": missing}) if missing else None


def _walk(value: Any, field: str) -> Iterator[tuple[str, Any]]:
    """Every value below `value` with its dotted name."""
    yield field, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from _walk(item, f"{field}.{key}".lstrip("."))


def _row(footprint: _Object) -> list[str | None]:
    return list(_values(footprint).values())


def _values(footprint: _Object) -> dict[str, str | None]:
    """The columns of a footprint, by name."""
    found = footprint.get("pcf")
    carbon = found if isinstance(found, dict) else {}
    geography = next((carbon[name] for name in _GEOGRAPHIES if carbon.get(name)), None)
    flat = {name: footprint.get(name) for name in PRODUCT_COLUMNS}
    flat |= {name: carbon.get(name) for name in CARBON_COLUMNS}
    return {name: _text(value) for name, value in (flat | {"geography": geography}).items()}


def _text(value: Any) -> str | None:
    """A value as text; the identifiers of a list one after the other."""
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return None if value is None else str(value)
