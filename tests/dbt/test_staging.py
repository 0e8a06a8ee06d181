"""Which delivery counts: the newest of a business key, and the n-th occurrence where a layout repeats keys."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from pipelines import records
from pipelines.workspace import DBT_PROJECT_DIR
from tests.dbt.candidate import Candidate

STAGING = DBT_PROJECT_DIR / "models" / "staging"
PLURALS = {name: f"stg_{name}s" for name in records.RECORD_TYPES}


def listed(text: str, name: str) -> list[str]:
    """The names in `name=[…]` of a model."""
    found = re.search(rf"{name}=\[(.*?)\]", text, re.DOTALL)
    assert found, name
    return re.findall(r"'([^']+)'", found[1])


def test_every_record_type_is_staged_by_its_own_business_key() -> None:
    for record_type, model in PLURALS.items():
        text = (STAGING / f"{model}.sql").read_text(encoding="utf-8")
        if record_type == "load_profile":
            keys = re.findall(r"partition by ([a-z_, ]+) order by received_seq", text)
            assert [tuple(key.split(", ")) for key in keys] == [records.BUSINESS_KEYS[record_type]]
            continue
        assert tuple(listed(text, "key")) == records.BUSINESS_KEYS[record_type]
        own = [name for name, _ in records.COLUMNS[record_type]]
        assert sorted(listed(text, "key") + listed(text, "values")) == sorted(own), model
        assert ("is_repeatable=true" in text) == (record_type in records.REPEATABLE)


def test_nothing_is_dropped_and_nothing_joined(candidate: Candidate) -> None:
    for record_type, model in PLURALS.items():
        ((there, staged),) = candidate.ask(
            f"select (select count(*) from lake.{record_type}), (select count(*) from staging.{model})"
        )
        assert there == staged, record_type


def test_a_revised_day_names_the_delivery_that_superseded_it(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select local_date, received_seq, is_current, revision, is_superseded_by_seq, quantity
        from staging.stg_load_profiles where meter_id = 'M1' and local_date between '2025-01-10' and '2025-01-12'
        order by all""")
    tenth, eleventh, twelfth = (date(2025, 1, day) for day in (10, 11, 12))
    assert rows == [
        (tenth, 1, False, "original", 2, Decimal("9.6")),
        (tenth, 2, True, "revised", None, Decimal("19.2")),
        (eleventh, 1, False, "original", 2, Decimal("9.6")),
        (eleventh, 2, True, "same", None, Decimal("9.6")),
        (twelfth, 1, False, "original", 2, Decimal("9.6")),
        (twelfth, 2, False, "revised", 3, Decimal("19.2")),
        (twelfth, 3, True, "revised", None, Decimal("38.4")),
    ]


def test_equal_postings_are_two_and_a_later_file_replaces_them_one_by_one(candidate: Candidate) -> None:
    rows = candidate.ask("""
        select received_seq, occurrence, quantity, is_current, revision from staging.stg_stock_movements
        where material_code = 'OIL' and document_number = '1' order by all""")
    assert rows == [
        (1, 1, Decimal(-40), False, "original"),
        (1, 2, Decimal(-40), False, "original"),
        (2, 1, Decimal(-40), True, "same"),
        (2, 2, Decimal(-41), True, "revised"),
    ]


@pytest.mark.parametrize("layer", ["staging", "readings"])
def test_every_column_is_described_and_every_description_has_its_column(candidate: Candidate, layer: str) -> None:
    import yaml

    described = {
        model["name"]: {column["name"] for column in model["columns"]}
        for file in (DBT_PROJECT_DIR / "models" / layer).glob("*.yml")
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", [])
    }
    rows = candidate.ask(
        f"select table_name, column_name from information_schema.columns where table_schema = '{layer}'"
    )
    built: dict[str, set[str]] = {}
    for table, column in rows:
        built.setdefault(table, set()).add(column)
    assert described == built
    assert set(built) == {path.stem for path in (DBT_PROJECT_DIR / "models" / layer).glob("*.sql")}
