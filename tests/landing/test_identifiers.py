"""Identifiers keep their zeros and lose their armour; what Excel destroyed refuses the file."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.landing import identifiers
from pipelines.readers import Refused


@pytest.mark.parametrize(
    ("text", "value", "decorated"),
    [
        ("0032010100000000101", "0032010100000000101", False),
        (" 0032 ", "0032", False),
        ("'0032", "0032", True),
        ("\t0032", "0032", True),
        ('="0032"', "0032", True),
        ("4900002074.0", "4900002074", True),
        ("1,234,567", "1234567", True),
        ("1E5", "1E5", False),
        ("天然气", "天然气", False),
        ("", None, False),
    ],
)
def test_identifiers(text, value, decorated):
    found = identifiers.judge(pa.array([text]), "电表编号")
    assert (found.values[0].as_py(), found.decorated[0].as_py()) == (value, decorated)


@pytest.mark.parametrize("text", ["3.20101E+18", "3E+18", "1.2e+07"])
def test_scientific_notation_refuses_the_file(text):
    with pytest.raises(Refused) as raised:
        identifiers.judge(pa.array(["1", text]), "电表编号")
    assert (raised.value.code, raised.value.values["found"]) == ("ID_SCIENTIFIC", text)


def test_which_columns_hold_identifiers():
    named = ["meter_id", "material_code", "document_number", "document_item"]
    assert all(identifiers.is_identifier(name) for name in named)
    assert not any(identifiers.is_identifier(name) for name in ("movement", "material_name", "unit"))
