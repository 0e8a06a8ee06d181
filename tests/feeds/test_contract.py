"""A feed contract that is wrong is refused with the file, the key and what belongs there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import feeds
from pipelines.workspace import STARTER_FEEDS_DIR

GOOD = """
record_type = "load_profile"
format = "delimited"
[columns]
meter_id = ["电表编号"]
local_date = ["日期"]
values = ["电量(kWh)"]
[constants]
channel = "active_import"
[unit]
constant = "kWh"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "meter.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_plain_contract_is_understood(tmp_path):
    feed = feeds.read(written(tmp_path, GOOD))
    assert (feed.name, feed.record_type, feed.format) == ("meter", "load_profile", "delimited")
    assert feed.signature() == [("电表编号",), ("日期",), ("电量(kWh)",)]
    assert feed.unit.constant is not None and feed.unit.constant.name == "kWh"
    assert feed.time.interval_minutes == 1440


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('record_type = "load_profile"', 'record_type = "load_curve"', "record_type"),
        ('format = "delimited"', 'format = "csv"', "format"),
        ('format = "delimited"', 'format = "delimited"\nformt = 1', "formt"),
        ('meter_id = ["电表编号"]', 'meter = ["电表编号"]', "columns.meter"),
        ('meter_id = ["电表编号"]', "meter_id = [1]", "columns.meter_id"),
        ('meter_id = ["电表编号"]', "", "columns.meter_id"),
        ('meter_id = ["电表编号"]', 'meter_id = { joint = ["a"] }', "columns.meter_id.joint"),
        ('meter_id = ["电表编号"]', 'meter_id = { title = "(" }', "columns.meter_id.title"),
        ('channel = "active_import"', "channel = 1", "constants.channel"),
        ('constant = "kWh"', 'constant = "kWhh"', "unit.constant"),
        ('constant = "kWh"', 'constant = "kWh"\nkind = "power"', "unit.constant"),
        ('constant = "kWh"', 'constant = "t"', "unit"),
        ('constant = "kWh"', "", "unit"),
        ('constant = "kWh"', 'constant = "kWh"\n[time]\ninterval_minutes = 7', "time.interval_minutes"),
        ('constant = "kWh"', 'constant = "kWh"\n[time]\nzone = "Asia/Nanjing"', "time.zone"),
        ('constant = "kWh"', 'constant = "kWh"\n[time]\norder = "ydm"', "time.order"),
        ('constant = "kWh"', 'constant = "kWh"\n[reader]\nheader_rows = 3', "reader.header_rows"),
        ('constant = "kWh"', 'constant = "kWh"\n[sign]\nnegative = "maybe"', "sign.negative"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, before, after, key):
    assert before in GOOD
    file = written(tmp_path, GOOD.replace(before, after))
    with pytest.raises(feeds.FeedError) as raised:
        feeds.read(file)
    assert raised.value.key == key
    assert str(file) in str(raised.value) and key in str(raised.value)
    assert " / " in str(raised.value)


def test_text_that_is_no_toml_names_the_file(tmp_path):
    with pytest.raises(feeds.FeedError, match=r"meter\.toml"):
        feeds.read(written(tmp_path, "record_type ="))


def test_points_must_make_a_day(tmp_path):
    wide = GOOD.replace('values = ["电量(kWh)"]', 'values = { prefix = "P", first = 1, last = 95 }')
    with pytest.raises(feeds.FeedError) as raised:
        feeds.read(written(tmp_path, wide + "[time]\ninterval_minutes = 15\n"))
    assert raised.value.key == "columns.values"


def test_a_units_heading_must_convert_exactly(tmp_path):
    fine = GOOD.replace('"电量(kWh)"', '"电量(MWh)"')
    assert feeds.read(written(tmp_path, fine)).unit.constant.name == "kWh"
    inexact = GOOD.replace('"电量(kWh)"', '"热量(MJ)"')
    with pytest.raises(feeds.FeedError) as raised:
        feeds.read(written(tmp_path, inexact))
    assert raised.value.key == "unit"


def test_the_digest_is_of_the_bytes(tmp_path):
    first = feeds.read(written(tmp_path, GOOD)).digest
    assert feeds.read(written(tmp_path, GOOD)).digest == first
    assert feeds.read(written(tmp_path, GOOD + "\n# a remark")).digest != first


def test_every_starter_feed_is_sound_and_described_in_two_languages():
    starters = feeds.in_folder(STARTER_FEEDS_DIR)
    assert len(starters) >= 35
    for feed in starters:
        assert feed.description_zh and feed.description_en, feed.name
