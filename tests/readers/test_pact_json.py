"""Product footprints: which are PACT 3, what each row holds, and what JSON must not smuggle in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.readers import Refused
from tests.readers.reading import codes, document_of, numbered, only_table, refusal, rows_of

CARBON = {
    "declaredUnitOfMeasurement": "kilogram",
    "declaredUnitAmount": "1",
    "productMassPerDeclaredUnit": "1",
    "referencePeriodStart": "2024-01-01T00:00:00Z",
    "referencePeriodEnd": "2025-01-01T00:00:00Z",
    "geographyCountry": "CN",
    "pcfExcludingBiogenicUptake": "2.1500",
    "pcfIncludingBiogenicUptake": "2.1",
    "fossilGhgEmissions": "2.10",
    "fossilCarbonContent": "0",
    "primaryDataShare": "56.12",
    "packagingEmissionsIncluded": True,
}
FOOTPRINT: dict[str, Any] = {
    "id": "f3c04ba6-0000-4000-8000-000000000001",
    "specVersion": "3.0.3",
    "created": "2025-03-01T00:00:00Z",
    "status": "Active",
    "companyName": "某钢铁",
    "companyIds": ["urn:uuid:1", "urn:epc:2"],
    "productDescription": "热轧卷板",
    "productIds": ["urn:gtin:3"],
    "productNameCompany": "HRC",
    "pcf": CARBON,
    "extensions": [{"data": {"weight": 10}}],
}


def encoded(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def with_carbon(**changes: Any) -> dict[str, Any]:
    return FOOTPRINT | {"pcf": CARBON | changes}


@pytest.mark.parametrize(
    "content",
    [FOOTPRINT, [FOOTPRINT], {"data": [FOOTPRINT]}, {"data": FOOTPRINT}, {"type": "x", "data": {"pfs": [FOOTPRINT]}}],
    ids=["alone", "array", "list response", "get response", "event"],
)
def test_a_footprint_in_every_envelope(tmp_path: Path, content: Any) -> None:
    table = only_table(tmp_path, encoded(content), "a.json")
    header, row = rows_of(table)
    assert table.row_numbers.to_pylist() == [0, 1]
    record = dict(zip(header, row, strict=True))
    assert record == {
        **{name: FOOTPRINT[name] for name in ("id", "specVersion", "status", "companyName", "productDescription")},
        **{"companyIds": "urn:uuid:1; urn:epc:2", "productIds": "urn:gtin:3", "productNameCompany": "HRC"},
        **{"declaredUnitOfMeasurement": "kilogram", "declaredUnitAmount": "1", "geography": "CN"},
        **{"referencePeriodStart": "2024-01-01T00:00:00Z", "referencePeriodEnd": "2025-01-01T00:00:00Z"},
        **{"pcfExcludingBiogenicUptake": "2.1500", "pcfIncludingBiogenicUptake": "2.1", "fossilGhgEmissions": "2.10"},
        **{"primaryDataShare": "56.12"},
    }


def text_with(old: str, new: str) -> bytes:
    text = encoded({"data": [FOOTPRINT, FOOTPRINT]}).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ('"2.1500"', "2.1500", "PACT_NUMBER", "pcf.pcfExcludingBiogenicUptake"),
        ('"2.1500"', "NaN", "NUM_NOT_FINITE", "pcf.pcfExcludingBiogenicUptake"),
        ('"2.1500"', "-Infinity", "NUM_NOT_FINITE", "pcf.pcfExcludingBiogenicUptake"),
        ('"2.1500"', '"1", "pcfExcludingBiogenicUptake": "2"', "JSON_DUPLICATE_KEY", "pcf.pcfExcludingBiogenicUptake"),
        ('"companyName"', '"company"', "PACT_FIELD", "companyName"),
        ('"declaredUnitAmount"', '"amount"', "PACT_FIELD", "declaredUnitAmount"),
        ('"3.0.3"', '"2.2.0"', "PACT_VERSION", None),
    ],
)
def test_a_faulty_footprint_is_set_aside(tmp_path: Path, old: str, new: str, code: str, field: str | None) -> None:
    table = only_table(tmp_path, text_with(old, new), "a.json")
    (bad,) = table.bad_rows
    assert (bad.row_number, bad.code, bad.values.get("field")) == (1, code, field)
    assert list(numbered(table)) == [0, 2]


def test_what_may_be_absent_may_be_absent(tmp_path: Path) -> None:
    bare = {name: value for name, value in CARBON.items() if name not in ("geographyCountry", "primaryDataShare")}
    document = document_of(tmp_path, encoded(FOOTPRINT | {"pcf": bare}), "a.json")
    assert codes(document) == []


def test_version_2_is_refused_by_name(tmp_path: Path) -> None:
    old = FOOTPRINT | {"specVersion": "2.2.0", "pcf": {"declaredUnit": "kilogram", "unitaryProductAmount": 1}}
    refused = refusal(tmp_path, encoded({"data": [old]}), "a.json")
    assert (refused.code, refused.values) == ("PACT_VERSION", {"found": "2.2.0", "expected": "3.x.x"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"data": [', "JSON_SYNTAX"),
        (b"[" * 100_000, "JSON_SYNTAX"),
        (b'{"d": {"results": []}}', "PACT_SHAPE"),
        (b'{"data": []}', "PACT_SHAPE"),
        (b"[{}]", "PACT_SHAPE"),
    ],
)
def test_json_that_is_no_footprint(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(tmp_path, content, "a.json").code == code


@pytest.mark.parametrize("depth", range(50, 1500, 50))
def test_deep_nesting_never_escapes(tmp_path: Path, depth: int) -> None:
    """Somewhere in this range the parser, then the walk over what it parsed, runs out of stack."""
    nested = b"[" * depth + b"]" * depth
    content = encoded(FOOTPRINT | {"extensions": "@"}).replace(b'"@"', nested)
    try:
        assert codes(document_of(tmp_path, content, "a.json")) == []
    except Refused as refused:
        assert refused.code == "JSON_SYNTAX"
