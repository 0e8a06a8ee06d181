"""Meter-days: wide curves and single intervals, missing points, summer time, midnights, conflicts."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.landing.writing import (
    CURVE,
    INTERVAL,
    changed,
    codes_by_row,
    csv_of,
    landed,
    rows_of,
    skipped_by_row,
    total,
)

BERLIN = ("interval_minutes = 15", 'zone = "Europe/Berlin"\ninterval_minutes = 15')


def curve(meter: str, day: str, *points: str, kind: str = "1") -> list[str]:
    """A row of 96 points of 4 kW, the first ones replaced."""
    return [meter, day, kind, *points, *["4"] * (96 - len(points))]


def test_mean_power_becomes_energy(tmp_path):
    found = landed(tmp_path, csv_of(CURVE, curve("M", "2025-03-01"), curve("M", "20250301", kind="5")))
    imported, exported = rows_of(found)
    assert imported["values"] == [Decimal(1)] * 96 and imported["unit"] == "kWh"
    assert (imported["channel"], exported["channel"]) == ("active_import", "active_export")
    assert imported["flags"] is None and imported["interval_minutes"] == 15


def test_a_missing_point_is_a_missing_value_and_a_wrong_one_a_wrong_row(tmp_path):
    rows = [
        curve("M", "2025-03-01", ""),
        curve("M", "2025-03-02", "-9999", "NULL"),
        curve("M", "2025-03-03", "Bad Input"),
        curve("M", "2025-03-04", *[""] * 96),
        curve("M", "2025-03-05", "4", "400."),
        curve("M", "2025-03-06", "-1"),
        curve("M", "2025-03-07", "1.234567"),
        curve("M", "2025-03-08", "1.23456"),
        curve("M", "2025-03-09", "1,234.5"),
        curve("M", "2025-03-10", "1.5MW"),
    ]
    found = landed(tmp_path, csv_of(CURVE, *rows))
    assert codes_by_row(found) == {
        4: "NUM_SYNTAX",
        5: "NUM_BLANK",
        6: "NUM_SYNTAX",
        7: "NUM_NEGATIVE",
        8: "NUM_PRECISION",
    }
    assert [row.field for row in found.ledger.quarantined] == ["P1", "P1", "P2", "P1", "P1"]
    days = {row["local_date"].day: row for row in rows_of(found)}
    assert days[1]["values"][:2] == [None, 1]
    assert days[2]["values"][:3] == [None, None, 1] and days[2]["flags"][:3] == ["-9999", "NULL", None]
    assert [days[n]["values"][0] for n in (8, 9, 10)] == [Decimal("0.30864"), Decimal("308.625"), Decimal(375)]
    assert (found.account.values_read, found.account.values_missing) == (5 * 96, 3)


def test_a_curve_with_decimal_commas(tmp_path):
    text = csv_of(CURVE, curve("M", "2025-03-01", "1,5", "1.234")).replace(",", ";").replace('"1;5"', "1,5")
    found = landed(tmp_path, text)
    assert rows_of(found)[0]["values"][:3] == [Decimal("0.375"), Decimal("308.5"), 1]


def test_flags_of_the_wrong_length_are_left_out_and_said(tmp_path):
    header = ["ASSET_NO", "DATA_DATE", "DATA_TYPE", "DATA_POINT_FLAG", *CURVE[3:]]
    rows = [[*curve("M", f"2025-03-0{n}")[:3], flag, *["4"] * 96] for n, flag in ((1, "01" * 48), (2, "1" * 90))]
    found = landed(tmp_path, csv_of(header, *rows))
    first, second = rows_of(found)
    assert first["flags"] == ["0", "1"] * 48 and second["flags"] is None
    assert found.account.codes == ("FLAG_LENGTH",)


def test_curves_of_one_key(tmp_path):
    rows = [
        curve("M", "2025-03-01"),
        curve("M", "2025-03-01"),
        curve("N", "2025-03-01"),
        curve("N", "2025-03-01", "5"),
        curve("N", "2025-03-02"),
    ]
    found = landed(tmp_path, csv_of(CURVE, *rows))
    assert skipped_by_row(found) == {3: "ROW_DUPLICATE"}
    assert codes_by_row(found) == {4: "KEY_CONFLICT", 5: "KEY_CONFLICT"}
    assert found.account.rows_loaded == 2


def test_many_curves_add_up_to_the_digit(tmp_path):
    """1,500 clean rows and some odd ones, against the same sum in plain Decimals."""
    draw = random.Random(20250301)
    rows, expected = [], Decimal(0)
    for n in range(1_500):
        points = [f"{draw.randrange(10**6) / 10 ** draw.randrange(5):.4f}".rstrip("0").rstrip(".") for _ in range(96)]
        expected += sum(map(Decimal, points))
        if n % 50 == 0:
            points[n % 96] = f" {points[n % 96]} kW"
        rows.append([f"M{n % 7}", (datetime(2020, 1, 1) + timedelta(days=n)).date().isoformat(), "1", *points])
    found = landed(tmp_path, csv_of(CURVE, *rows))
    assert (found.account.outcome, found.account.rows_loaded) == ("ACCEPT", 1_500)
    assert total(found) == expected / 4


def day_stamps(day: datetime, zone: ZoneInfo, is_end: bool) -> list[datetime]:
    """The wall clock at the beginning or end of every quarter hour of a local day, walked in UTC."""
    instant, end = (moment.replace(tzinfo=zone).astimezone(UTC) for moment in (day, day + timedelta(days=1)))
    stamps = []
    while instant < end:
        at = instant + timedelta(minutes=15) if is_end else instant
        stamps.append(at.astimezone(zone).replace(tzinfo=None))
        instant += timedelta(minutes=15)
    return stamps


@pytest.mark.parametrize(("day", "count"), [("2025-03-30", 92), ("2025-10-26", 100), ("2025-07-01", 96)])
@pytest.mark.parametrize("label", ["interval_begin", "interval_end"])
def test_days_on_which_the_clocks_change(tmp_path, day, count, label):
    feed = changed(tmp_path, "interval_consumption", BERLIN, ('label = "interval_begin"', f'label = "{label}"'))
    zone = ZoneInfo("Europe/Berlin")
    stamps = day_stamps(datetime.fromisoformat(day), zone, label == "interval_end")
    rows = [["M", f"{stamp:%Y-%m-%d %H:%M}", str(n)] for n, stamp in enumerate(stamps)]
    found = landed(tmp_path, csv_of(INTERVAL, *rows), known=[feed])
    assert found.account.outcome == "ACCEPT", [message.en for message in found.ledger.messages]
    (record,) = rows_of(found)
    assert record["local_date"].isoformat() == day
    assert record["values"] == [Decimal(n) for n in range(count)]


def test_a_wide_curve_of_a_short_day_keeps_its_own_points(tmp_path):
    feed = changed(tmp_path, "state_grid_curve", BERLIN)
    rows = [
        curve("M", "2025-03-30", *["4"] * 92, *[""] * 4),
        curve("N", "2025-03-30"),
        curve("M", "2025-10-26"),
        curve("M", "2025-07-01"),
    ]
    found = landed(tmp_path, csv_of(CURVE, *rows), known=[feed])
    assert {(r["meter_id"], r["local_date"].month): len(r["values"]) for r in rows_of(found)} == {
        ("M", 3): 92,
        ("M", 7): 96,
    }
    assert codes_by_row(found) == {3: "INTERVAL_COUNT", 4: "INTERVAL_COUNT"}


def test_times_that_do_not_exist_or_are_off_the_grid(tmp_path):
    feed = changed(tmp_path, "interval_consumption", BERLIN)
    rows = [["M", "2025-03-30 02:15", "1"], ["M", "2025-03-30 03:00", "1"], ["M", "2025-03-30 03:07", "1"]]
    found = landed(tmp_path, csv_of(INTERVAL, *rows), known=[feed])
    assert codes_by_row(found) == {2: "TS_NONEXISTENT", 4: "TS_OFF_GRID"}
    assert rows_of(found)[0]["values"][8] == 1


def test_the_end_of_a_day_in_three_ways(tmp_path):
    """24:00, 0:00 of the next day, and 0:00 with the old date name the same quarter hour."""
    for label, midnight in (
        ("interval_end", "2025-03-01 24:00"),
        ("interval_end", "2025-03-02 00:00"),
        ("interval_end_midnight_old_date", "2025-03-01 00:00"),
        ("interval_end_midnight_old_date", "2025-03-02 00:00"),
    ):
        feed = changed(tmp_path, "interval_consumption", ('label = "interval_begin"', f'label = "{label}"'))
        rows = [
            ["M", "2025-03-01 23:30", "1"],
            ["M", "2025-03-01 23:45", "2"],
            ["M", midnight, "3"],
            ["M", "2025-03-02 0:15", "4"],
        ]
        found = landed(tmp_path, csv_of(INTERVAL, *rows), known=[feed])
        first, second = rows_of(found)
        assert first["values"][93:] == [1, 2, 3] and second["values"][0] == 4, (label, midnight)


def test_a_midnight_with_the_old_date_is_not_taken_for_the_day_before(tmp_path):
    feed = changed(tmp_path, "interval_consumption", ('label = "interval_begin"', 'label = "interval_end"'))
    rows = [["M", "2025-03-01 23:45", "2"], ["M", "2025-03-01 00:00", "3"]]
    found = landed(tmp_path, csv_of(INTERVAL, *rows), known=[feed])
    assert codes_by_row(found) == {3: "TS_MIDNIGHT_OLD_DATE"}


def test_the_same_interval_twice(tmp_path):
    rows = [
        ["M", "2025-03-01 00:00", "1"],
        ["M", "2025-03-01 00:15", "2"],
        ["M", "2025-03-01 00:15", "2.0"],
        ["M", "2025-03-01 00:30", "3"],
        ["M", "2025-03-01 00:30", "4"],
        ["M", "2025-02-28 24:00", "9"],
    ]
    found = landed(tmp_path, csv_of(INTERVAL, *rows))
    assert skipped_by_row(found) == {4: "ROW_DUPLICATE"}
    assert codes_by_row(found) == {2: "KEY_CONFLICT", 5: "KEY_CONFLICT", 6: "KEY_CONFLICT", 7: "KEY_CONFLICT"}
    (record,) = rows_of(found)
    assert record["values"][:3] == [None, 2, None] and (record["row_first"], record["row_last"]) == (3, 3)


def test_power_every_five_minutes_is_not_rounded(tmp_path):
    points = '{ prefix = "P", first = 1, last = 288 }'
    feed = changed(
        tmp_path,
        "state_grid_curve",
        ('{ prefix = "P", first = 1, last = 96 }', points),
        ("interval_minutes = 15", "interval_minutes = 5"),
    )
    header = [*CURVE[:3], *(f"P{n}" for n in range(1, 289))]
    found = landed(tmp_path, csv_of(header, ["M", "2025-03-01", "1", *["1"] * 288]), known=[feed])
    (record,) = rows_of(found)
    assert record["unit"] == "kWmin" and sum(record["values"]) == 24 * 60


def test_one_meter_day_in_two_units_is_set_aside(tmp_path):
    unit = ('[unit]\nconstant = "kWh"', '[unit]\ncolumn = ["单位"]')
    feed = changed(tmp_path, "interval_consumption", unit, ('values = ["电量(kWh)"]', 'values = ["电量"]'))
    header = ["电表编号", "时间", "电量", "单位"]
    rows = [
        ["M", "2025-03-01 00:00", "1", "kWh"],
        ["M", "2025-03-01 00:15", "1", "MWh"],
        ["N", "2025-03-01 00:15", "1", "度"],
    ]
    found = landed(tmp_path, csv_of(header, *rows), known=[feed])
    assert codes_by_row(found) == {2: "UNIT_MIXED", 3: "UNIT_MIXED"}
    assert [(row["meter_id"], row["unit"]) for row in rows_of(found)] == [("N", "kWh")]


def test_nem12_null_data_is_missing_whatever_number_stands_there(tmp_path):
    values = ",".join(["1.5"] * 48)
    text = (
        "100,NEM12,200301011534,MDP1,Retailer1\n"
        "200,NEM1201009,E1,1,E1,N1,01009,kWh,30,20030601\n"
        f"300,20030301,{values},A,,,20030310121004,20030310182204\n"
        f"300,20030302,{values},N,,,20030310121004,20030310182204\n"
        f"300,20030303,{values},V,,,20030310121004,20030310182204\n"
        "400,1,2,N,,\n400,3,48,S14,32,\n"
        "900\n"
    )
    found = landed(tmp_path, text)
    whole, null, varied = rows_of(found)
    assert found.account.feed == "nem12" and whole["values"] == [Decimal("1.5")] * 48
    assert null["values"] == [None] * 48 and null["flags"] == ["N"] * 48
    assert varied["values"] == [None, None] + [Decimal("1.5")] * 46 and varied["flags"][:3] == ["N", "N", "S14"]
    assert [row["row_first"] for row in (whole, null, varied)] == [3, 4, 5]
    assert found.account.values_missing == 50


def test_a_feed_that_allows_negative_points_still_knows_the_placeholder(tmp_path):
    feed = changed(tmp_path, "state_grid_curve", ("[time]", '[sign]\nnegative = "allow"\n[time]'))
    found = landed(tmp_path, csv_of(CURVE, curve("M", "2025-03-01", "-4", "-9999", "-0.5")), known=[feed])
    (record,) = rows_of(found)
    assert record["values"][:4] == [-1, None, Decimal("-0.125"), 1]
    assert record["flags"][1] == "-9999"
