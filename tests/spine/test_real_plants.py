"""The whole way on real files: a steel plant's 15-minute meter, and monthly fuel of American power plants."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

import duckdb
import pytest

from pipelines import founding
from pipelines.workspace import Workspace
from tests import plan_writing
from tests.conftest import tanku
from tests.shared_data import SHARED, needs_shared

STEEL = SHARED / "data" / "steel_gwangyang" / "Steel_industry_data.csv"
FUEL = SHARED / "data" / "eia923_pudl_subset" / "derived" / "generation_fuel_eia923_2011_2020.csv"
BOTH = ["gbt32150", "ghgp_location"]


def ask(workspace: Workspace, query: str) -> list[tuple]:
    with duckdb.connect(str(workspace.published_warehouse), read_only=True) as warehouse:
        return warehouse.execute(query).fetchall()


@pytest.fixture(scope="module")
def steel(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    first = date(2018, 1, 1)
    workspace = founding.found(tmp_path_factory.mktemp("steel") / "plant")
    plan_writing.write_settings(workspace, "Gwangyang", BOTH, first, date(2019, 1, 1), "Asia/Seoul")
    channel = {"valid_from": first, "frequency": "day"}
    plan_writing.fill(
        workspace,
        facilities=[plan_writing.facility("KR-STEEL", "KR", first)],
        streams=[plan_writing.stream("EL", "KR-STEEL", "purchased_electricity", "electricity", first)],
        meters=[
            {
                "meter_id": "steel-gwangyang",
                "point_id": "MAIN",
                "name_zh": "总表",
                "name_en": "Main meter",
                "facility_id": "KR-STEEL",
                "commodity": "electricity",
                "channel": name,
                "unit": unit,
                "multiplier": 1,
                "interval_minutes": 15,
                "valid_from": first,
            }
            for name, unit in (("active_import", "kWh"), ("reported_co2", "tCO2"))
        ],
        parameters=[
            plan_writing.parameter("EL", "load_profile", "MAIN", "kWh", measure="active_import", **channel),
            plan_writing.parameter(
                "EL",
                "load_profile",
                "MAIN",
                "tCO2",
                parameter_id="EL-CO2",
                measure="reported_co2",
                kind="reported_emissions",
                **channel | {"role": "record"},
            ),
        ],
    )
    shutil.copy(STEEL, workspace.inbox)
    tanku("build", "-w", workspace.root)
    return workspace


@needs_shared
def test_the_steel_meter_is_whole(steel: Workspace) -> None:
    assert ask(steel, "select sum(quantity) from readings.readings where unit = 'kWh'") == [(Decimal("959636.71"),)]
    # two channels of 96 values each, on every day of the year
    complete = "select count(*) from marts.fct_meter_completeness where values_present = 192 and values_expected = 192"
    assert ask(steel, f"{complete} and local_date between '2018-01-01' and '2018-12-31'") == [(365,)]
    # interval ends lie between 00:15 and 24:00: the last interval of the year starts at 23:45
    values = "from marts.load_profile_values where channel = 'active_import'"
    assert ask(steel, f"select count(*), count(distinct interval_start), max(interval_start)::varchar {values}") == [
        (35040, 35040, "2018-12-31 23:45:00")
    ]
    with STEEL.open(encoding="utf-8-sig") as file:
        midnight = [row["Usage_kWh"] for row in csv.DictReader(file) if row["date"].startswith("1/2/2018 0:00")]
    # month-first parsing would put the first of February on the second of January
    assert ask(steel, f"select quantity {values} and interval_start = '2018-02-01 23:45'") == [(Decimal(midnight[0]),)]


@needs_shared
def test_the_plants_own_co2_stands_beside_the_recomputed(steel: Workspace) -> None:
    with STEEL.open(encoding="utf-8-sig") as file:
        rows = [(Decimal(row["Usage_kWh"]), Decimal(row["CO2(tCO2)"])) for row in csv.DictReader(file)]
    ratio = median(co2 / kwh for kwh, co2 in rows if kwh > 20)
    assert round(ratio * 1000, 4) == Decimal("0.4589")
    stated, recomputed = ask(
        steel,
        """select stated, recomputed from marts.fct_reconciliations
           where kind = 'reported_emissions' and period_start = '2018-01-01' and period_end = '2019-01-01'""",
    )[0]
    assert stated == Decimal("403.81") == sum(co2 for _, co2 in rows)
    assert abs(recomputed - ratio * sum(kwh for kwh, _ in rows)) < Decimal("0.01")
    assert Decimal("0.07") < 1 - stated / recomputed < Decimal("0.09")
    flagged = "select bool_or(is_flagged) from marts.fct_reconciliations where kind = 'reported_emissions'"
    assert ask(steel, flagged) == [(True,)]


@needs_shared
def test_no_chinese_factor_meets_the_korean_plant(steel: Workspace) -> None:
    rows = ask(steel, "select distinct regime, status, emissions_tco2e from marts.fct_inventory")
    assert {row[1:] for row in rows} == {("error", None)}
    reasons = ask(steel, "select distinct reason_en from marts.fct_inventory")
    assert all("KR" in reason for (reason,) in reasons)


@pytest.fixture(scope="module")
def fuel_rows() -> list[dict[str, str]]:
    with FUEL.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def plants(tmp_path_factory: pytest.TempPathFactory, fuel_rows: list[dict[str, str]]) -> Workspace:
    first = date(2011, 1, 1)
    workspace = founding.found(tmp_path_factory.mktemp("eia") / "plants")
    plan_writing.write_settings(workspace, "EIA-923", BOTH, first, date(2021, 1, 1), "America/Chicago")
    units = {"coal": ("short_ton", "bituminous_coal"), "gas": ("Mcf", "natural_gas"), "oil": ("bbl", "diesel")}
    keys = sorted({(row["plant_id_eia"], _fuel_code(row), row["fuel_type_code_pudl"]) for row in fuel_rows})
    burning = [key for key in keys if key[2] in units]
    plan_writing.fill(
        workspace,
        facilities=[plan_writing.facility(plant, "US", first) for plant in sorted({key[0] for key in keys})],
        streams=[
            plan_writing.stream(f"{plant}-{code}", plant, "stationary_combustion", units[kind][1], first)
            for plant, code, kind in burning
        ],
        parameters=[
            plan_writing.parameter(
                f"{plant}-{code}", "fuel_consumption", f"{plant}/{code}", units[kind][0], valid_from=first
            )
            for plant, code, kind in burning
        ],
    )
    shutil.copy(FUEL, Path(workspace.inbox))
    tanku("build", "-w", workspace.root)
    return workspace


def _fuel_code(row: dict[str, str]) -> str:
    return "/".join(part for part in (row["energy_source_code"], row["prime_mover_code"]) if part)


@needs_shared
def test_the_rows_that_disagree_with_themselves_are_flagged(plants: Workspace, fuel_rows: list[dict[str, str]]) -> None:
    apart = 0
    for row in fuel_rows:
        if not row["fuel_consumed_mmbtu"] or not row["fuel_consumed_units"] or not row["fuel_mmbtu_per_unit"]:
            continue
        stated = Decimal(row["fuel_consumed_mmbtu"])
        product = Decimal(row["fuel_consumed_units"]) * Decimal(row["fuel_mmbtu_per_unit"])
        apart += product > 0 and abs(stated - product) > Decimal("0.01") * product
    assert apart == 23
    flagged = "select count(*) from marts.fct_reconciliations where kind = 'fuel_energy' and is_flagged"
    assert ask(plants, flagged) == [(apart,)]


@needs_shared
def test_no_row_of_the_fuel_file_is_lost(plants: Workspace, fuel_rows: list[dict[str, str]]) -> None:
    accounts = "select rows_read, rows_loaded + rows_quarantined + rows_skipped from marts.fct_deliveries"
    read, kept = ask(plants, accounts)[0]
    assert read == kept
    assert read in (len(fuel_rows), len(fuel_rows) + 1)
