"""Every fault the truth names stands in the file and row it names; nothing else is wrong with the files."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from pipelines.example import Planted, Truth
from tests.example import rereading

FOUNDRY_MAIN, FOUNDRY_MELTING = "3299010000000000100017", "3299010000000000100025"
ELECTRONICS_MAIN, ELECTRONICS_SMT = "3299020000000000200013", "3299020000000000200021"
WORKSHOP_MAIN = "3299030000000000300019"
PLANNED = [
    (FOUNDRY_MAIN, "1"),
    (FOUNDRY_MAIN, "5"),
    (FOUNDRY_MELTING, "1"),
    (ELECTRONICS_MAIN, "1"),
    (ELECTRONICS_SMT, "1"),
]
DAYS = [(date(2023, 1, 1) + timedelta(n)).isoformat() for n in range((date(2026, 2, 15) - date(2023, 1, 1)).days)]


def row(inbox: Path, planted: Planted, number: int) -> list:
    """The row a fault points at, as a person counts rows."""
    file = inbox / planted.file
    rows = rereading.sheets(file)[planted.sheet] if file.suffix == ".xlsx" else rereading.delimited(file)
    return list(rows[number - 1])


def test_every_kind_of_mess_is_there(truth: Truth) -> None:
    kinds = [planted.kind for planted in truth.planted]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "blank_points": 2,
        "missing_day": 1,
        "outage": 2,
        "missing_month": 1,
        "missing_reading": 1,
        "meter_replaced": 1,
        "roll_over": 1,
        "revised": 1,
        "duplicate_file": 1,
        "overlap": 1,
        "calibration_lapsed": 1,
        "bill_off": 1,
        "quarantined_row": 2,
        "unknown_meter": 1,
        "identical_rows": 3,
        "unread_file": 1,
        "deprecated_footprint": 1,
        "before_acquisition": 1,
        "certificate_twice": 2,
    }


def test_every_fault_points_at_a_file_of_the_workspace(root: Path, truth: Truth) -> None:
    for planted in truth.planted:
        found = root / planted.file if planted.file.startswith("plan/") else root / "inbox" / planted.file
        assert found.is_file(), planted


def test_the_data_rows_of_every_file_are_counted(inbox: Path, truth: Truth) -> None:
    counted = {}
    for file in inbox.iterdir():
        if file.suffix == ".json":
            counted[file.name] = 1
        elif file.suffix == ".csv":
            rows = [row for row in rereading.delimited(file) if not re.match("合计|制表|单位名称|物料收发", row[0])]
            counted[file.name] = len(rows) - 1
        else:
            forms = {"收发存汇总": 4, "调查问卷": None}
            above = forms.get(next((k for k in forms if k in file.name), ""), 1)
            pages = rereading.sheets(file).values() if above is not None else []
            counted[file.name] = sum(sum(line[0] != "合计" for line in page[above:]) for page in pages)
    assert counted == truth.data_rows


def test_meter_days_are_missing_and_points_blank_only_where_planted(inbox: Path, truth: Truth) -> None:
    found = rereading.curves(inbox)
    missing = {(*register, day) for register in PLANNED for day in DAYS if (*register, day) not in found}
    outage = {(FOUNDRY_MAIN, kind, f"2023-08-{day:02d}") for kind in "15" for day in range(5, 10)}
    assert missing == outage | {(ELECTRONICS_MAIN, "1", "2023-06-18")}
    blank = {key: [n for n, point in enumerate(points, 1) if point is None] for key, points in found.items()}
    assert {key: points for key, points in blank.items() if points} == {
        (FOUNDRY_MAIN, "1", "2023-03-15"): [30, 31, 32, 33],
        (ELECTRONICS_MAIN, "1", "2023-11-02"): [61, 62],
    }
    assert all(len(points) == 96 for points in found.values())
    hours = {(p.kind, p.stream_id): p.hours_missing for p in truth.planted if p.hours_missing}
    assert hours["outage", "F-EL"] == hours["outage", "F-PVX"] == 120
    assert hours["missing_day", "E-EL"] == 24
    assert (hours["blank_points", "F-EL"], hours["blank_points", "E-EL"]) == (1, Decimal("0.5"))
    for planted in truth.faults("blank_points"):
        assert "" in row(inbox, planted, planted.rows[0])


def test_only_the_charging_piles_are_a_meter_without_a_plan(inbox: Path, truth: Truth) -> None:
    unknown = {key[0] for key in rereading.curves(inbox)} - {WORKSHOP_MAIN, *(meter for meter, _ in PLANNED)}
    (planted,) = truth.faults("unknown_meter")
    assert unknown == {planted.note} == {row(inbox, planted, number)[0] for number in planted.rows}
    assert len(planted.rows) == 91


def test_the_workshop_has_every_day_since_it_was_bought_and_one_month_before(inbox: Path, truth: Truth) -> None:
    found = [day for meter, _, day in rereading.curves(inbox) if meter == WORKSHOP_MAIN]
    assert sorted(found) == [day for day in DAYS if day >= "2024-06-01"]
    (planted,) = truth.faults("before_acquisition")
    assert [row(inbox, planted, number)[1] for number in planted.rows] == [f"2024-06-{day:02d}" for day in range(1, 31)]


def test_one_certificate_is_claimed_by_two_sites(inbox: Path, root: Path, truth: Truth) -> None:
    plan = rereading.delimited(root / "plan" / "parameters.csv")
    named = {line[0]: line[6] for line in plan if line[5] == "energy_attribute" and line[9] == "account"}
    for planted in truth.faults("certificate_twice"):
        (number,) = {row(inbox, planted, row_number)[0] for row_number in planted.rows}
        claimed = named[f"{planted.stream_id}-AD"]
        assert number == planted.note and (number == claimed or number.startswith(claimed.removesuffix("*")))
        assert planted.months == ("2024-08",)
    assert {planted.stream_id[0] for planted in truth.faults("certificate_twice")} == {"E", "F"}


def test_the_file_sent_twice_and_the_month_sent_twice(inbox: Path, truth: Truth) -> None:
    (twice,) = truth.faults("duplicate_file")
    assert (inbox / twice.file).read_bytes() == (inbox / twice.note).read_bytes()
    contents = [file.read_bytes() for file in inbox.iterdir()]
    assert len(contents) - len(set(contents)) == 1
    (overlap,) = truth.faults("overlap")
    before = rereading.delimited(inbox / "2024-Q2_NJ-E_用电负荷曲线_202401.csv")
    again = [row(inbox, overlap, number) for number in overlap.rows]
    assert len(again) == 60 and {line[1][:7] for line in again} == {"2024-06"}
    assert all(line in before for line in again)


def test_one_quantity_changes_in_the_correction(inbox: Path, truth: Truth) -> None:
    (planted,) = truth.faults("revised")
    first = rereading.sheets(inbox / "2025-Q4_NJ-E_收发存汇总表_2025.xlsx")[planted.sheet]
    old = {(line[0], line[1]): line for line in first[4:]}
    corrected = rereading.sheets(inbox / planted.file)[planted.sheet][4:-1]
    changed = [
        (line[0], line[1], column, rereading.number(old[line[0], line[1]][column]) - rereading.number(line[column]))
        for line in corrected
        for column in (4, 6, 8, 10)
        if line[column] != old[line[0], line[1]][column]
    ]
    assert changed == [("2025-09", "YL-0002", 8, Decimal(900))]
    assert row(inbox, planted, planted.rows[0])[:2] == ["2025-09", "YL-0002"]
    assert planted.file > "2025-Q4_NJ-E_收发存汇总表_2025.xlsx"


def test_petrol_of_one_month_never_came(inbox: Path, truth: Truth) -> None:
    (planted,) = truth.faults("missing_month")
    assert ("2024-08", "YL-0002") not in rereading.yonyou(inbox)
    assert ("2024-08", "YL-0001") in rereading.yonyou(inbox)
    assert planted.quantity_missing == truth.monthly["E-PETROL"]["2024-08"] > 0
    assert planted.hours_missing == 31 * 24


def test_registers_show_the_replacement_and_the_roll_over(inbox: Path, truth: Truth) -> None:
    (replaced,) = truth.faults("meter_replaced")
    out, into = (row(inbox, replaced, number) for number in replaced.rows)
    assert (out[5], into[5], out[1]) == ("拆表", "装表", into[1])
    assert (out[3], into[3]) == ("10", "1")
    (rolled,) = truth.faults("roll_over")
    before, after = (row(inbox, rolled, rolled.rows[0] + step) for step in (-1, 0))
    assert Decimal(before[2]) > 900_000 > 100_000 > Decimal(after[2])
    assert rolled.months == ("2023-12",)
    (missed,) = truth.faults("missing_reading")
    at = [reading[1].date() for reading in rereading.register_readings(inbox) if reading[0] == "RQ-NJE-2018-0120"]
    expected = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(38)]
    assert [day for day in expected if day not in at] == [date(2024, 4, 1)]
    assert missed.months == ("2024-03", "2024-04")


def test_two_rows_cannot_be_read_as_quantities(inbox: Path, truth: Truth) -> None:
    found = {planted.code: row(inbox, planted, planted.rows[0]) for planted in truth.faults("quarantined_row")}
    assert found["NUM_NEGATIVE"][1:4] == ["CP-200", "车身控制器", "2024-05"] and found["NUM_NEGATIVE"][4].startswith(
        "-"
    )
    assert not re.fullmatch(r"\d+(\.\d+)?", found["NUM_SYNTAX"][7])
    quantities = [line[7] for file in inbox.glob("*采购入库明细*") for line in rereading.delimited(file)[1:]]
    assert [text for text in quantities if not re.fullmatch(r"\d+(\.\d+)?", text)] == [found["NUM_SYNTAX"][7]]


def test_the_planted_bill_is_three_per_cent_up(inbox: Path, truth: Truth) -> None:
    (planted,) = truth.faults("bill_off")
    billed = Decimal(row(inbox, planted, planted.rows[0])[4]) / 1000
    assert abs(billed / truth.monthly["F-EL"]["2025-07"] - Decimal("1.03")) < Decimal("0.00001")


def test_2025_has_every_reading_of_the_account(truth: Truth) -> None:
    """The newest closed year can be reported: its faults cost no quantity."""
    touched = {month for planted in truth.planted if planted.quantity_missing for month in planted.months}
    assert touched == {"2023-03", "2023-06", "2023-08", "2023-11", "2024-05", "2024-08"}
    (lapsed,) = truth.faults("calibration_lapsed")
    assert (lapsed.stream_id, lapsed.months) == ("F-STEAM", ("2024-07", "2024-08"))
