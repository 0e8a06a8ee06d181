"""The example's clean twin: the same plants and the same truth, and no fault in the files or in the plan."""

from __future__ import annotations

from pathlib import Path

from pipelines import example

# What happens in well-kept plants too: a meter goes over its top or is replaced, equal rows are legitimate.
NO_FAULT = {"meter_replaced", "roll_over", "identical_rows", "deprecated_footprint"}


def test_nobody_erred_and_the_plants_did_the_same() -> None:
    clean, faulty = example.truth(is_faulty=False), example.truth()
    assert {planted.kind for planted in clean.planted} == NO_FAULT
    assert {planted.kind for planted in faulty.planted} > NO_FAULT
    assert clean.monthly == {series: months for series, months in faulty.monthly.items() if series != "F-GEC"}


def test_no_certificate_lapses_or_is_claimed_twice(tmp_path: Path) -> None:
    example.write(tmp_path, is_faulty=False)
    plan = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "plan").glob("*.csv")}
    assert "ZQ-NJF-2019-0011,2024-07-01," in plan["calibrations.csv"]
    assert "F-GEC" not in plan["streams.csv"] + plan["parameters.csv"]
    assert "E-GEC" in plan["parameters.csv"]
