"""`inspect`: what would become of a file, for machines and people, beside what the workspace holds."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from pipelines import archive, founding, landing
from pipelines.workspace import Workspace
from tests.landing.writing import DAILY, INTERVAL, csv_of

FIRST = csv_of(DAILY, ["M1", "2025-03-01", "100.5"], ["M1", "2025-03-02", "200.25"])
MB51 = ["Posting Date", "Movement Type", "Plant", "Material", "Qty in Un. of Entry", "Unit of Entry"]


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    founded = founding.found(tmp_path / "enterprise")
    received(founded, "first.csv", FIRST)
    return founded


def received(workspace: Workspace, name: str, text: str) -> None:
    (workspace.inbox / name).write_text(text, encoding="utf-8")
    archive.take_in(workspace)


def inspected(workspace: Workspace | None, folder, text: str, name: str = "again.csv") -> dict:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return json.loads(landing.inspect(workspace, file).as_json(), parse_float=Decimal)


def test_the_answer_for_machines(tmp_path):
    answer = inspected(None, tmp_path, FIRST)
    assert answer["rows"] == {"read": 2, "loaded": 2, "quarantined": 0, "skipped": 0}
    assert (answer["feed"], answer["record_type"], answer["outcome"]) == ("daily_consumption", "load_profile", "ACCEPT")
    assert answer["totals"] == [{"unit": "kWh", "quantity": Decimal("300.75")}]
    assert set(answer) == {"file", "sha256", "feed", "record_type", "outcome", "codes", "rows", "totals", "messages"}


def test_digits_beyond_a_double_survive(tmp_path):
    text = csv_of(["能源品种", "月份", "消耗量", "单位"], ["天然气", "2025-03", "123456789012345.123456789012", "Nm3"])
    assert inspected(None, tmp_path, text)["totals"][0]["quantity"] == Decimal("123456789012345.123456789012")


def test_the_answer_for_people(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(FIRST.replace("200.25", "N/A"), encoding="utf-8")
    text = landing.inspect(None, file).as_text()
    for part in (
        "QUARANTINE_ROWS",
        "部分行隔离",
        "some rows set aside",
        "daily_consumption",
        "100.5 kWh",
        "第 3 行",
        "row 3",
    ):
        assert part in text


def test_one_dimension_in_two_units_is_summed_in_its_base(tmp_path):
    header = ["能源品种", "月份", "消耗量", "单位"]
    rows = [
        ["天然气", "2025-03", "12.5", "万Nm3"],
        ["天然气", "2025-04", "125000", "Nm3"],
        ["柴油", "2025-03", "2", "吨"],
    ]
    assert inspected(None, tmp_path, csv_of(header, *rows))["totals"] == [
        {"unit": "Nm3", "quantity": 250000},
        {"unit": "吨", "quantity": 2},
    ]


def test_balances_are_not_added_to_movements(tmp_path):
    header = ["期间", "物料编码", "计量单位", "期初结存数量", "本期收入数量", "本期发出数量", "期末结存数量"]
    text = csv_of(header, ["2025-03", "C", "吨", "100", "20", "50", "70"])
    assert inspected(None, tmp_path, text)["totals"] == [{"unit": "吨", "quantity": -30}]


def test_the_same_bytes(workspace, tmp_path):
    answer = inspected(workspace, tmp_path, FIRST)
    assert (answer["codes"], answer["outcome"]) == (["FILE_DUPLICATE"], "ACCEPT_WARN")
    assert answer["rows"] == {"read": 2, "loaded": 0, "quarantined": 0, "skipped": 2} and answer["totals"] == []


def test_the_same_rows_in_other_bytes(workspace, tmp_path):
    answer = inspected(
        workspace, tmp_path, csv_of(DAILY[::-1], ["200.250", "20250302", "M1"], ["100.5", "2025/3/1", "M1"])
    )
    assert (answer["codes"], answer["rows"]["loaded"], answer["totals"]) == (["ROWS_ALREADY_LOADED"], 0, [])


def test_one_value_revised(workspace, tmp_path):
    answer = inspected(workspace, tmp_path, FIRST.replace("100.5", "110.5"))
    assert (answer["codes"], answer["rows"]["loaded"]) == (["VALUE_REVISED"], 2)
    assert answer["totals"] == [{"unit": "kWh", "quantity": Decimal("310.75")}]
    assert "M1 active_import 2025-03-01" in answer["messages"][0]["en"]


def test_an_overlap_is_said_but_is_no_warning(workspace, tmp_path):
    answer = inspected(workspace, tmp_path, FIRST + "M1,2025-03-03,1\n")
    assert (answer["codes"], answer["outcome"], answer["rows"]["loaded"]) == ([], "ACCEPT", 3)
    assert [message["code"] for message in answer["messages"]] == ["ROWS_OVERLAP"]


def test_the_newest_delivery_of_a_key_is_what_is_held(workspace, tmp_path):
    received(workspace, "second.csv", FIRST.replace("100.5", "110.5"))
    assert inspected(workspace, tmp_path, FIRST.replace(",100.5", ",100.50"))["codes"] == ["VALUE_REVISED"]
    assert inspected(workspace, tmp_path, FIRST.replace(",100.5", ",110.50"))["codes"] == ["ROWS_ALREADY_LOADED"]


def test_what_was_retracted_is_not_held(workspace, tmp_path):
    archive.retract(workspace, "first.csv", "sent by mistake")
    assert inspected(workspace, tmp_path, FIRST)["codes"] == []


def test_equal_rows_of_an_erp_list_are_counted(workspace, tmp_path):
    row = ["2025-03-01", "261", "P1", "10", "-5", "KG"]
    received(workspace, "mb51.csv", csv_of(MB51, row, row))
    twice = csv_of(MB51, row, row).replace("-5", "-5.0")
    assert inspected(workspace, tmp_path, twice)["codes"] == ["ROWS_ALREADY_LOADED"]
    answer = inspected(workspace, tmp_path, csv_of(MB51, row, row, row))
    assert (answer["codes"], answer["messages"][0]["code"]) == ([], "ROWS_OVERLAP")


def test_equal_rows_are_counted_within_a_file_not_across_files(workspace, tmp_path):
    row = ["2025-03-01", "261", "P1", "10", "-5", "KG"]
    received(workspace, "one.csv", csv_of(MB51, row))
    received(workspace, "other.csv", csv_of([*MB51, "Text"], [*row, "again"]))
    answer = inspected(workspace, tmp_path, csv_of(MB51, row, row))
    assert (answer["codes"], answer["messages"][0]["code"]) == ([], "ROWS_OVERLAP")


def test_a_part_of_a_day_is_not_the_day(workspace, tmp_path):
    received(workspace, "day.csv", csv_of(INTERVAL, ["M2", "2025-03-01 00:00", "1"], ["M2", "2025-03-01 00:15", "2"]))
    answer = inspected(workspace, tmp_path, csv_of(INTERVAL, ["M2", "2025-03-01 00:00", "1"]))
    assert answer["codes"] == ["VALUE_REVISED"]


def test_a_feed_may_be_tried_alone(tmp_path):
    starter = founding.STARTER_FEEDS_DIR / "daily_consumption.toml"
    feed = tmp_path / "tried.toml"
    feed.write_text(starter.read_text(encoding="utf-8").replace("日期", "抄表日"), encoding="utf-8")
    file = tmp_path / "a.csv"
    file.write_text(FIRST.replace("日期", "抄表日"), encoding="utf-8")
    assert landing.inspect(None, file).outcome == "REJECT_FILE"
    assert landing.inspect(None, file, feed).account.feed == "tried"


def test_registers_go_forward_backward_and_round(tmp_path):
    header = ["表计编号", "抄表时间", "示数", "倍率", "位数", "单位"]
    rows = [["A", "2025-03-01", "999990.5", "200", "6", "GJ"], ["A", "2025-04-01", "10.5", "200", "6", "GJ"]]
    answer = inspected(None, tmp_path, csv_of(header, *rows))
    assert (answer["codes"], answer["totals"]) == (["REG_ROLLOVER"], [{"unit": "GJ", "quantity": 4000}])
    back = [["A", "2025-03-01", "5000", "1", "6", "GJ"], ["A", "2025-04-01", "4990", "1", "6", "GJ"]]
    answer = inspected(None, tmp_path, csv_of(header, *back))
    assert (answer["codes"], answer["totals"]) == (["REG_BACKWARDS"], [])


def test_a_meter_the_plan_does_not_know_is_named(workspace, tmp_path, monkeypatch):
    from pipelines.landing import inspecting

    meters = inspecting.plan_schema("meters").empty_table().to_pylist()
    known = inspecting.plan_schema("meters")
    row = dict.fromkeys(known.names) | {"meter_id": "M1"}
    monkeypatch.setattr(
        inspecting, "_planned_meters", lambda _: inspecting.pa.Table.from_pylist([*meters, row], schema=known)
    )
    answer = inspected(None, tmp_path, FIRST + "M9,2025-03-01,1\n")
    assert answer["codes"] == [] and answer["outcome"] == "ACCEPT"
    assert [(message["code"], "M9" in message["zh"]) for message in answer["messages"]] == [("METER_UNPLANNED", True)]


def test_many_equal_messages_are_cut(tmp_path):
    rows = [["M1", f"2025-03-{day:02d}", "N/A"] for day in range(1, 31)]
    messages = inspected(None, tmp_path, csv_of(DAILY, *rows))["messages"]
    assert len(messages) == 21 and "10" in messages[-1]["en"]
