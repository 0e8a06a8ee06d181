"""The example's plan: whole, consistent, and loose enough that clean data passes its limits."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines import example
from pipelines.example import Truth
from pipelines.plan import tables
from pipelines.workspace import Settings

CONTROLS = {
    "DQ01": ("entry", "E", "suite"),
    "DQ02": ("entry", "E", "suite"),
    "DQ03": ("entry", "E", "suite"),
    "DQ04": ("entry", "W", "suite"),
    "DQ05": ("entry", "W", "suite"),
    "DQ06": ("entry", "W", "suite"),
    "DQ07": ("entry", "W", "suite"),
    "DQ08": ("entry", "E", "suite"),
    "DQ09": ("entry", "E", "suite"),
    "DQ10": ("entry", "E", "suite"),
    "DQ11": ("entry", "W", "suite"),
    "DQ12": ("entry", "E", "suite"),
    "DQ13": ("entry", "W", "suite"),
    "DQ14": ("entry", "E", "suite"),
    "DQ15": ("exit", "E", "suite"),
    "DQ16": ("both", "E", "suite"),
    "DQ17": ("exit", "E", "suite"),
    "DQ18": ("both", "E", "suite"),
    "DQ19": ("exit", "E", "suite"),
    "DQ20": ("entry", "W", "suite"),
    "DQ21": ("exit", "W", "suite"),
    "DQ22": ("exit", "W", "suite"),
    "DQ23": ("entry", "E", "suite"),
    "DQ24": ("entry", "E", "suite"),
    "DQ25": ("entry", "E", "suite"),
    "DQ26": ("entry", "W", "suite"),
    "DQ27": ("entry", "W", "suite"),
    "DQ28": ("exit", "E", "suite"),
    "DQ29": ("entry", "E", "suite"),
    "DQ30": ("exit", "W", "manual"),
    "DQ31": ("entry", "I", "manual"),
    "DQ32": ("entry", "W", "suite"),
    "DQ33": ("entry", "W", "suite"),
    "DQ34": ("entry", "W", "suite"),
    "DQ35": ("entry", "W", "suite"),
    "DQ36": ("entry", "W", "suite"),
    "DQ50": ("entry", "W", "suite"),
    "DQ37": ("exit", "E", "suite"),
    "DQ38": ("entry", "W", "suite"),
    "DQ39": ("entry", "W", "suite"),
    "DQ40": ("entry", "W", "suite"),
    "DQ41": ("entry", "W", "suite"),
    "DQ42": ("entry", "W", "suite"),
    "DQ43": ("entry", "W", "suite"),
    "DQ44": ("entry", "W", "suite"),
}


@pytest.fixture(scope="module")
def plan(root: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for file in (root / "plan").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            found[file.stem] = list(csv.DictReader(lines))
    return found


def test_the_columns_are_those_of_the_contract_in_its_order(plan: dict) -> None:
    assert set(plan) == set(tables.TABLES) - {tables.VERSIONS}
    for table, rows in plan.items():
        declared = [field.name for field in tables.TABLES[table]]
        assert list(rows[0]) == [name for name in declared if name in rows[0]], table


def test_settings_are_read_and_the_versions_cover_the_account(root: Path) -> None:
    settings = Settings.read(root / "tanku.toml")
    assert settings.first_period == date(2023, 1, 1) and settings.as_of == date(2026, 2, 15)
    assert settings.regimes == ("gbt32150", "ghgp_location", "ghgp_market")
    assert "示例" in settings.name_zh and "example" in settings.name_en
    versions = tomllib.loads((root / "plan" / "plan.toml").read_text(encoding="utf-8"))["versions"]
    assert versions[0]["valid_from"] == settings.first_period
    assert all(before["valid_to"] == after["valid_from"] for before, after in pairwise(versions))
    assert "valid_to" not in versions[-1]
    assert all(len({v["author"], v["reviewer"], v["approver"]}) == 3 for v in versions)
    assert all(v["made_on"] < v["valid_from"] for v in versions)


def test_the_workshop_enters_with_a_plan_version_of_its_own(root: Path, plan: dict) -> None:
    (workshop,) = (f for f in plan["facilities"] if f["facility_id"] == "NJ-W")
    rows = [workshop, *(row for table in ("streams", "meters") for row in plan[table] if row["facility_id"] == "NJ-W")]
    rows += [p for p in plan["parameters"] if p["stream_id"].startswith("W-")]
    assert len(rows) == 1 + 2 + 2 + 2 and {row["valid_from"] for row in rows} == {"2024-07-01"}
    versions = tomllib.loads((root / "plan" / "plan.toml").read_text(encoding="utf-8"))["versions"]
    assert [v["version"] for v in versions if v["valid_from"] == date(2024, 7, 1)] == ["2024.2"]


def test_the_private_line_has_two_ends_that_name_each_other(plan: dict) -> None:
    ends = {s["stream_id"]: s for s in plan["streams"] if s["counterpart_stream_id"]}
    assert {name: end["counterpart_stream_id"] for name, end in ends.items()} == {"F-CHPX": "E-CHP", "E-CHP": "F-CHPX"}
    assert {end["facility_id"] for end in ends.values()} == {"NJ-F", "NJ-E"}
    assert (ends["F-CHPX"]["origin"], ends["F-CHPX"]["fuel"]) == ("own_generated", "bituminous_coal")
    assert ends["E-CHP"]["origin"] == "transferred_in"


def test_every_stream_of_the_account_has_one_accounted_activity(plan: dict) -> None:
    accounted = Counter(
        p["stream_id"]
        for p in plan["parameters"]
        if p["role"] == "account" and p["kind"] in ("activity_data", "production")
    )
    compared = ("weather", "reported_energy")
    assert accounted == Counter(s["stream_id"] for s in plan["streams"] if s["stream_type"] not in compared)


def test_only_petrol_and_what_a_paper_proves_have_no_rule_for_a_gap(plan: dict) -> None:
    """A certificate or a settlement that did not come proves nothing: no rule may stand in for it."""
    unruled = [p["parameter_id"] for p in plan["parameters"] if p["role"] == "account" and not p["missing_rule"]]
    proven = [p["parameter_id"] for p in plan["parameters"] if p["record_type"] == "energy_attribute"]
    assert unruled == [*(name for name in proven if name != "E-EL-GEC"), "E-PETROL-AD"]


def test_cross_checks_name_a_second_source_and_a_tolerance(plan: dict) -> None:
    checks = {p["parameter_id"]: p for p in plan["parameters"] if p["cross_check_parameter_id"]}
    assert {p["cross_check_parameter_id"] for p in checks.values()} == {
        p["parameter_id"] for p in plan["parameters"] if p["role"] == "cross_check"
    }
    assert all(Decimal("0.01") <= Decimal(p["cross_check_tolerance"]) <= Decimal("0.02") for p in checks.values())


def test_controls_are_the_agreed_ones_with_texts_in_both_languages(plan: dict) -> None:
    found = {c["control_id"]: (c["door"], c["severity"], c["enforced_by"]) for c in plan["controls"]}
    assert found == CONTROLS
    roles = {role["role_id"] for role in plan["roles"]}
    for control in plan["controls"]:
        assert control["clause"] and control["owner_role"] in roles
        assert all(
            control[f"{text}_{language}"] for text in ("name", "treatment", "message") for language in ("zh", "en")
        )


def test_credit_codes_are_invented_and_carry_their_check_digit(plan: dict) -> None:
    """GB 32100: 18 characters, weights 3^n mod 31."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for facility in plan["facilities"]:
        code = facility["credit_code"]
        total = sum(alphabet.index(char) * pow(3, n, 31) for n, char in enumerate(code[:17]))
        assert len(code) == 18 and "EXAMPL" in code and alphabet[(31 - total % 31) % 31] == code[17]
    outside = [f for f in plan["facilities"] if f["is_in_boundary"] == "false"]
    assert len(outside) == 1 and outside[0]["boundary_reason"] and Decimal(outside[0]["estimated_tco2e"]) > 0
    assert {f["consolidation_share"] for f in plan["facilities"]} == {"1", "0.8"}


def test_every_meter_is_in_calibration_but_for_the_planted_lapse(plan: dict, truth: Truth) -> None:
    lapsed = set()
    for meter in plan["meters"]:
        dates = sorted(
            (date.fromisoformat(c["calibrated_on"]), date.fromisoformat(c["due_on"]))
            for c in plan["calibrations"]
            if c["meter_id"] == meter["meter_id"]
        )
        needed_from = max(date(2023, 1, 1), date.fromisoformat(meter["valid_from"]))
        needed_to = min(date(2026, 2, 15), date.fromisoformat(meter["valid_to"] or "9999-12-31"))
        assert dates[0][0] <= needed_from and dates[-1][1] >= needed_to
        lapsed |= {(meter["meter_id"], a[1], b[0]) for a, b in pairwise(dates) if a[1] < b[0]}
    assert lapsed == {("ZQ-NJF-2019-0011", date(2024, 7, 1), date(2024, 9, 1))}
    assert truth.faults("calibration_lapsed")[0].rows == (8,)


@pytest.mark.parametrize("seed", [example.SEED, 1, 2])
def test_clean_data_lies_within_the_limits_of_the_plan(plan: dict, seed: int) -> None:
    monthly = example.truth(seed).monthly
    for parameter in plan["parameters"]:
        name = parameter["parameter_id"].removesuffix("-AD")
        if parameter["plan_min"] and name in monthly:
            low, high = Decimal(parameter["plan_min"]), Decimal(parameter["plan_max"])
            assert low <= min(monthly[name].values()) and max(monthly[name].values()) <= high, (seed, name)


@pytest.mark.parametrize("seed", [1, 2])
def test_other_seeds_keep_the_story(seed: int) -> None:
    """The roll-over comes near the top of the register, and only the planted bill is off, whatever the seed."""
    known = example.truth(seed)
    assert [p.months for p in known.faults("roll_over")] == [("2023-12",)]
    billed = {(b.account_id, b.start): b.quantity / 1000 for b in known.bills}
    for month, energy in known.monthly["F-EL"].items():
        gap = abs(billed["3299100100017", date.fromisoformat(f"{month}-01")] / energy - 1)
        assert (gap > Decimal("0.01")) == (month == "2025-07")


def test_the_loader_of_the_plan_takes_it(root: Path) -> None:
    loader = pytest.importorskip("pipelines.plan")
    from pipelines.workspace import Workspace

    loaded = loader.load(Workspace.at(root))
    assert loaded.version == "2025.1"
    assert loaded.tables["parameters"].num_rows == len(example.plan.rows("parameters")) > 40
