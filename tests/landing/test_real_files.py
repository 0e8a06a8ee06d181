"""Real files of real plants and meters, against golden numbers and another program's totals."""

from __future__ import annotations

import csv
import logging
import warnings
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pipelines import units
from tests.landing.writing import codes_by_row, landed_file, rows_of
from tests.shared_data import SHARED, needs_shared

STEEL = SHARED / "data" / "steel_gwangyang" / "Steel_industry_data.csv"
EIA = SHARED / "data" / "eia923_pudl_subset" / "derived" / "generation_fuel_eia923_2011_2020.csv"
NEM = SHARED / "data" / "nem12" / "examples"


@needs_shared
def test_the_steel_plants_year_is_whole():
    """35,040 quarter hours, 365 of them stamped midnight with the old date; sums from the data set's own description."""
    found = landed_file(STEEL)
    account = found.account
    assert (account.feed, account.outcome, account.codes) == ("steel_gwangyang", "ACCEPT", ())
    assert (account.rows_read, account.rows_loaded, account.records) == (35_040, 35_040, 730)
    sums: Counter[str] = Counter()
    for row in rows_of(found):
        assert len(row["values"]) == 96 and None not in row["values"]
        sums[row["channel"], row["unit"]] += sum(row["values"])
    assert sums == {("active_import", "kWh"): Decimal("959636.71"), ("reported_co2", "tCO2"): Decimal("403.81")}
    days = {row["local_date"] for row in rows_of(found)}
    assert days == {date(2018, 1, 1) + timedelta(days=n) for n in range(365)}


@needs_shared
def test_the_steel_plants_midnight_belongs_to_the_day_it_ends():
    """Against the file read by hand: its n-th row of a day is the n-th quarter hour of that day."""
    with STEEL.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    found = landed_file(STEEL)
    curves = {row["local_date"]: row["values"] for row in rows_of(found) if row["channel"] == "active_import"}
    for n in (0, 95, 96, 12 * 96 + 95, 35_039):
        assert curves[date(2018, 1, 1) + timedelta(days=n // 96)][n % 96] == Decimal(lines[n]["Usage_kWh"])


@needs_shared
def test_eia_923_keeps_what_burned_and_says_what_is_missing():
    """Sums and gaps counted by a plain reading of the same file."""
    with EIA.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    found = landed_file(EIA)
    burned = [line for line in lines if line["fuel_consumed_units"]]
    assert (len(lines), len(burned)) == (2367, 2284)
    assert (found.account.outcome, found.account.codes) == ("QUARANTINE_ROWS", ("NUM_BLANK",))
    assert (found.account.rows_loaded, found.account.rows_quarantined) == (2284, 83)
    blank = {number for number, line in enumerate(lines, 2) if not line["fuel_consumed_units"]}
    assert codes_by_row(found) == dict.fromkeys(blank, "NUM_BLANK")
    expected: Counter[str] = Counter()
    for line in burned:
        expected[line["fuel_type_code_pudl"]] += Decimal(line["fuel_consumed_units"])
    by_unit: Counter[str] = Counter()
    for row in rows_of(found):
        by_unit[row["unit"]] += row["quantity"]
    assert (
        by_unit["short_ton"] == expected["coal"]
        and by_unit["Mcf"] == expected["gas"]
        and by_unit["bbl"] == expected["oil"]
    )
    coal = next(row for row in rows_of(found) if row["unit"] == "short_ton" and row["quantity"])
    assert coal["heat_content_unit"] == "mmBtu/short_ton" and coal["heat_basis"] == "gcv"
    assert 15 < coal["heat_content"] < 25 and coal["period_end"] > coal["period_start"]


def nem_files() -> list:
    return sorted(file for file in NEM.rglob("*") if file.suffix.lower() in (".csv", ".zip")) if NEM.is_dir() else []


# A 200 record without a unit: another program takes the values, landing sets the row aside (the unit is mandatory).
WITHOUT_UNIT = {("C123", "V1")}


@needs_shared
@pytest.mark.parametrize("file", nem_files(), ids=lambda file: file.name)
def test_nem12_agrees_with_another_program(file):
    """Totals per NMI and data stream, as PyPI's nemreader finds them in every file of which it finds any."""
    found = landed_file(file)
    if found.account.feed != "nem12":
        assert found.account.feed == "nem13" or found.account.outcome == "REJECT_FILE"
        return
    sums: dict[tuple[str, str], Decimal] = {}
    for row in rows_of(found):
        unit = units.unit_of(row["unit"])
        key = (row["meter_id"], row["channel"])
        thousandths = Decimal(1) if unit.name in ("kWh", "kvarh", "kVAh") else Decimal("0.001")
        amount = sum((value for value in row["values"] if value is not None), Decimal(0))
        sums[key] = sums.get(key, Decimal(0)) + amount * thousandths
    theirs = totals_by_nemreader(file)
    aside = found.account.rows_quarantined
    assert set(sums) <= set(theirs) if aside else set(sums) == set(theirs) - WITHOUT_UNIT
    for key, total in sums.items():
        assert float(total) == pytest.approx(theirs[key], rel=1e-9, abs=1e-9), key


def totals_by_nemreader(file) -> dict[tuple[str, str], float]:
    """In kWh and kvarh."""
    from nemreader import NEMFile

    logging.getLogger("nemreader").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            readings = NEMFile(str(file), strict=False).nem_data().readings
        except ValueError:
            return {}
    return {
        (nmi, channel): sum(one.read_value for one in series) * (0.001 if (series[0].uom or "k")[0] in "WVwv" else 1)
        for nmi, channels in readings.items()
        for channel, series in channels.items()
    }
