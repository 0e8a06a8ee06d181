"""The truth agrees with the files when they are read again by simple, independent code."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from pipelines.example import Truth
from tests.example import rereading

FOUNDRY_MAIN, ELECTRONICS_MAIN = "3299010000000000100017", "3299020000000000200013"
WORKSHOP_MAIN = "3299030000000000300019"
CLOSED = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13)] + ["2026-01"]


@pytest.mark.parametrize(
    ("stream_id", "meter", "data_type"),
    [("F-EL", FOUNDRY_MAIN, "1"), ("F-PVX", FOUNDRY_MAIN, "5"), ("E-EL", ELECTRONICS_MAIN, "1")],
)
def test_curves_hold_the_true_energy_less_the_planted_gaps(
    inbox: Path, truth: Truth, stream_id: str, meter: str, data_type: str
) -> None:
    months = rereading.curve_months(inbox, meter, data_type)
    assert {month: months[month] for month in CLOSED} == {m: truth.readable(stream_id, m) for m in CLOSED}
    assert list(truth.monthly[stream_id]) == CLOSED


@pytest.mark.parametrize(
    ("stream_id", "meters", "per_unit"),
    [
        ("F-NG", ("RQ-NJF-2016-0457", "RQ-NJF-2024-0032"), 1),
        ("F-STEAM", ("ZQ-NJF-2019-0011",), 1),
        ("F-HX", ("RL-NJF-2021-0006",), 1),
        ("F-STX", ("ZQ-NJF-2020-0023",), 1),
        ("F-COND", ("NJ-NJF-2020-0024",), 1),
        ("F-COAL-HP", ("RL-NJF-2020-0031",), 1),
        ("F-COAL-HS", ("RL-NJF-2020-0032",), 1),
        ("F-PV-GEN", ("GF-NJF-2021-0001",), 1000),
        ("F-CHPX", ("DN-NJF-2022-0300",), 1000),
        ("E-CHP", ("DN-NJE-2022-0301",), 1000),
        ("E-TEN", ("DN-NJE-2020-0410",), 1000),
    ],
)
def test_registers_advance_by_the_true_quantity(
    inbox: Path, truth: Truth, stream_id: str, meters: tuple[str, ...], per_unit: int
) -> None:
    months = rereading.register_months(inbox, *meters)
    assert {month: quantity / per_unit for month, quantity in months.items()} == truth.monthly[stream_id]


def test_the_workshop_is_true_from_the_day_it_was_bought(inbox: Path, truth: Truth) -> None:
    """What its meters told of June 2024 is in the files and in no truth."""
    since = [month for month in CLOSED if month >= "2024-07"]
    power, gas = rereading.curve_months(inbox, WORKSHOP_MAIN, "1"), rereading.register_months(inbox, "RQ-NJW-2019-0077")
    assert power["2024-06"] > 0 < gas["2024-06"]
    assert {month: power[month] for month in since} == truth.monthly["W-EL"]
    assert {month: gas[month] for month in since} == truth.monthly["W-NG"]


def test_solar_power_used_on_site_is_what_was_generated_less_what_was_fed_in(inbox: Path, truth: Truth) -> None:
    """The feed-in as the grid company's curves tell it; a month of an outage has the truth of what they lack."""
    generated = rereading.register_months(inbox, "GF-NJF-2021-0001")
    fed_in = rereading.curve_months(inbox, FOUNDRY_MAIN, "5")
    stated = {}
    for file in inbox.glob("*光伏自用电量*.csv"):
        for plant, carrier, month, quantity, unit in rereading.delimited(file)[1:]:
            assert (plant, carrier, unit) == ("NJ-F", "光伏发电", "kWh")
            stated[month] = Decimal(quantity) / 1000
    assert stated == truth.monthly["F-PV"] and min(stated.values()) > 0
    for month in CLOSED:
        lost = truth.monthly["F-PVX"][month] - fed_in[month]
        assert stated[month] == generated[month] / 1000 - fed_in[month] - lost
    assert {month for month in CLOSED if fed_in[month] != truth.monthly["F-PVX"][month]} == {"2023-08"}


def test_the_private_line_loses_about_a_hundredth(truth: Truth) -> None:
    sent, received = truth.monthly["F-CHPX"], truth.monthly["E-CHP"]
    assert all(Decimal("0.009") < 1 - received[month] / sent[month] < Decimal("0.013") for month in CLOSED)


def typed_in(inbox: Path) -> dict[tuple[str, str], dict[str, tuple[Decimal, str]]]:
    """(material, property) → month → value and unit, from the fill-in workbooks."""
    found: dict[tuple[str, str], dict[str, tuple[Decimal, str]]] = defaultdict(dict)
    for file in inbox.glob("*化验与品质填报*.xlsx"):
        for row in rereading.sheets(file)["数据 data"][1:]:
            found[row[1], row[3]][row[6].strftime("%Y-%m")] = (rereading.number(row[4]), row[5])
    return found


def test_the_steam_is_superheated_and_its_enthalpy_is_that_of_the_steam_table(inbox: Path, truth: Truth) -> None:
    """1.2 MPa: saturated at 187.96 °C (2783.8 kJ/kg); 250 °C 2935.6, 300 °C 3046.3 kJ/kg (IAPWS-IF97)."""
    found = typed_in(inbox)
    assert set(found["ZQ-GR", "pressure"].values()) == {(Decimal("1.2"), "MPa")}
    for month, (warmth, unit) in found["ZQ-GR", "temperature"].items():
        assert 188 < warmth < 300 and unit == "℃"
        table = Decimal("2935.6") + (warmth - 250) * Decimal("110.7") / 50
        enthalpy, unit = found["ZQ-GR", "enthalpy"][month]
        assert abs(enthalpy - table) <= Decimal("0.05") and unit == "kJ/kg"
        assert enthalpy == truth.monthly["F-STX-H"][month] > Decimal("2783.8")
    assert [month for month, _ in sorted(found["ZQ-GR", "enthalpy"].items())] == CLOSED


def test_condensate_and_blended_diesel_are_as_written_down(inbox: Path, truth: Truth) -> None:
    found = typed_in(inbox)
    assert {m: v for m, (v, _) in found["NS-HS", "temperature"].items()} == truth.monthly["F-COND-T"]
    assert {m: v for m, (v, _) in found["01.02.0001", "biomass_share"].items()} == truth.monthly["F-DIESEL-BIO"]
    assert list(truth.monthly["F-DIESEL-BIO"]) == [month for month in CLOSED if month >= "2025-01"]
    assert all(Decimal("0.047") < share < Decimal("0.053") for share in truth.monthly["F-DIESEL-BIO"].values())


def test_green_power_is_settled_month_by_month(inbox: Path, truth: Truth) -> None:
    settled = {}
    for file in sorted(inbox.glob("*绿电交易结算单*.csv")):
        for number, kind, account, start, last, energy, unit, _issuer, _status in rereading.delimited(file)[1:]:
            assert (kind, account, unit) == ("绿电", "3299200200013", "MWh")
            assert number == f"LD-EXAMPLE-{start[:7]}" and start[:7] == last[:7] and start.endswith("-01")
            assert rereading.day(last) + timedelta(1) == (rereading.day(start) + timedelta(31)).replace(day=1)
            settled[start[:7]] = Decimal(energy)
    assert settled == truth.monthly["E-GREEN"] and list(settled) == [month for month in CLOSED if month >= "2024-01"]
    assert all(energy < truth.monthly["E-EL"][month] for month, energy in settled.items())


def test_the_reading_that_was_missed_hides_a_month_in_the_next_and_nothing_else(inbox: Path, truth: Truth) -> None:
    found, expected = rereading.register_months(inbox, "RQ-NJE-2018-0120"), dict(truth.monthly["E-NG"])
    expected["2024-03"] += expected.pop("2024-04")
    assert found == expected


def test_kingdee_and_sap_together_hold_the_true_use_of_the_foundry(inbox: Path, truth: Truth) -> None:
    used: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in rereading.kingdee(inbox):
        used[line[1], line[0]] += rereading.number(line[6])
    for row in rereading.movements(inbox):
        if row[1] in ("201", "202", "261", "262"):
            used[row[4], row[0].strftime("%Y-%m")] -= rereading.number(row[7])
    for stream_id, code in (("F-COAL", "01.01.0001"), ("F-COKE", "01.01.0002"), ("F-DIESEL", "01.02.0001")):
        assert {month: used[code, month] for month in CLOSED} == truth.monthly[stream_id]


def test_every_kingdee_line_balances_opens_where_the_last_closed_and_adds_up_to_the_total(inbox: Path) -> None:
    closing: dict[str, Decimal] = {}
    for line in rereading.kingdee(inbox):
        opening, received, used, closed = map(rereading.number, line[4:8])
        assert opening + received - used == closed >= 0
        assert closing.get(line[1], opening) == opening
        closing[line[1]] = closed
    for file in inbox.glob("*物料收发汇总表*.csv"):
        rows = rereading.delimited(file)
        lines, total = [row for row in rows if row[0].endswith("月")], next(row for row in rows if row[0] == "合计")
        for column in range(4, 8):
            assert sum(rereading.number(line[column]) for line in lines) == rereading.number(total[column])


def test_sap_signs_its_movements_and_repeats_equal_rows(inbox: Path, truth: Truth) -> None:
    rows = rereading.movements(inbox)
    assert {row[1] for row in rows} == {"101", "102", "201", "202", "261", "262", "701"}
    assert all((row[7] > 0) == (row[1] in ("101", "202", "262", "701")) for row in rows)
    surplus = len(rows) - len(set(rows))
    assert surplus == sum(len(planted.rows) for planted in truth.faults("identical_rows")) == 13


def test_yonyou_holds_the_true_use_once_the_correction_has_come(inbox: Path, truth: Truth) -> None:
    lines = rereading.yonyou(inbox)
    for stream_id, code in (("E-PETROL", "YL-0002"), ("E-DIESEL", "YL-0001")):
        used = {month: rereading.number(line[8]) / 1000 for (month, found), line in lines.items() if found == code}
        missing = {"2024-08"} if stream_id == "E-PETROL" else set()
        assert used == {m: truth.monthly[stream_id][m] for m in CLOSED if m not in missing}
    for line in lines.values():
        opening, received, used, closed = (rereading.number(line[column]) for column in (4, 6, 8, 10))
        assert opening + received - used == closed >= 0


def test_bills_are_as_the_truth_says_and_heat_is_billed_without_a_gap(inbox: Path, truth: Truth) -> None:
    found = {(account, start): (end, quantity, unit) for account, start, end, quantity, unit in rereading.bills(inbox)}
    assert found == {(b.account_id, b.start): (b.end - timedelta(1), b.quantity, b.unit) for b in truth.bills}
    heat = sorted((start, end) for account, start, end, *_ in rereading.bills(inbox) if account == "RL-88-01180")
    assert heat[0][0] == date(2022, 12, 26) and heat[-1][1] == date(2026, 1, 25)
    assert all(after[0] == before[1] + timedelta(1) for before, after in pairwise(heat))


def by_day(inbox: Path, account: str) -> dict[str, Decimal]:
    """A bill's quantity spread evenly over its days, added up by month."""
    months: dict[str, Decimal] = defaultdict(Decimal)
    for found, start, end, quantity, _unit in rereading.bills(inbox):
        if found == account:
            count = (end - start).days + 1
            for offset in range(count):
                months[(start + timedelta(offset)).strftime("%Y-%m")] += quantity / count
    return months


def test_only_the_planted_bill_is_off_the_meter(inbox: Path, truth: Truth) -> None:
    """A month whose own readings are whole; within the plan's tolerance once bills are spread over their days."""
    off = set()
    for stream_id, account, scale, tolerance in (
        ("F-EL", "3299100100017", 1000, "0.01"),
        ("E-EL", "3299200200013", 1000, "0.02"),
        ("E-NG", "RQ-88-20071", 1, "0.02"),
    ):
        billed = by_day(inbox, account)
        for month in CLOSED[:-1]:
            if abs(billed[month] / scale / truth.monthly[stream_id][month] - 1) > Decimal(tolerance):
                off.add((stream_id, month))
    assert off == {("F-EL", "2025-07")} == {(p.stream_id, *p.months) for p in truth.faults("bill_off")}


def test_heat_spread_over_days_stays_near_the_true_month(inbox: Path, truth: Truth) -> None:
    billed = by_day(inbox, "RL-88-01180")
    for month in CLOSED[:-1]:
        assert abs(billed[month] / truth.monthly["E-HEAT"][month] - 1) < Decimal("0.25")
    assert all(billed[month] != truth.monthly["E-HEAT"][month] for month in CLOSED[:-1])


def test_output_is_true_but_for_the_month_typed_negative(inbox: Path, truth: Truth) -> None:
    found = {}
    for file in inbox.glob("*产量月报*.csv"):
        for _plant, product, _name, month, amount, _unit in rereading.delimited(file)[1:]:
            found[product, month] = Decimal(amount)
    assert found.pop(("CP-200", "2024-05")) == -truth.monthly["E-OUT"]["2024-05"]
    expected = {("CP-100", m): q for m, q in truth.monthly["F-OUT"].items()}
    expected |= {("CP-200", m): q for m, q in truth.monthly["E-OUT"].items() if m != "2024-05"}
    assert found == expected


def test_assays_are_tested_after_sampling_and_hold_the_true_quality(inbox: Path, truth: Truth) -> None:
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for file in inbox.glob("*煤焦检测报告*.xlsx"):
        for row in rereading.sheets(file)["检测结果"][1:]:
            name = {"01.01.0001": "F-COAL", "01.01.0002": "F-COKE"}[row[1]]
            assert row[3] < row[4] <= row[3] + timedelta(40)
            for suffix, cell in zip(("NCV", "C", "MT"), row[5:8], strict=True):
                found[f"{name}-{suffix}"][row[3].strftime("%Y-%m")] = rereading.number(cell)
    assert len(found) == 6
    for series, months in found.items():
        assert months == truth.monthly[series]


def test_fuels_bought_are_the_fuels_received_in_the_ledgers(inbox: Path, truth: Truth) -> None:
    bought: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for file in inbox.glob("*采购入库明细*.csv"):
        for row in rereading.delimited(file)[1:]:
            if row[4].startswith("01."):
                bought[row[4], row[6][:7]] += Decimal(row[7])
    received: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in rereading.kingdee(inbox):
        received[line[1], line[0]] += rereading.number(line[5])
    for row in rereading.movements(inbox):
        if row[1] in ("101", "102") and row[4].startswith("01."):
            received[row[4], row[0].strftime("%Y-%m")] += rereading.number(row[7])
    assert bought == received
    coal = {month: bought["01.01.0001", month] for month in CLOSED}
    assert coal == truth.monthly["F-COAL-BUY"] and min(coal.values()) > 0


def test_footprints_are_whole_and_chain(inbox: Path) -> None:
    prints = [json.loads(file.read_bytes()) for file in sorted(inbox.glob("*PACT*.json"))]
    for footprint in prints:
        pcf = footprint["pcf"]
        uptake = Decimal(pcf["pcfIncludingBiogenicUptake"]) - Decimal(pcf["pcfExcludingBiogenicUptake"])
        assert uptake == Decimal(pcf["biogenicCO2Uptake"]) <= 0
        assert str(UUID(footprint["id"])) == footprint["id"]
    newer, older = prints[-2:]
    assert newer["precedingPfIds"] == [older["id"]] and older["status"] == "Deprecated"
    assert [p["id"] for p in prints].count(older["id"]) == 2
    assert len({p["companyName"] for p in prints}) == 4
