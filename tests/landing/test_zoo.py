"""Every bad-input sample of the zoo gets the outcome, the rows, the code and the total its manifest asks for."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal

import pytest

from pipelines import archive, founding, landing
from pipelines.workspace import Workspace
from tests.shared_data import SHARED, needs_shared

ZOO = SHARED / "zoo"
# What the workspace must hold before the sample comes.
AFTER = {"d03_resaved_crlf.csv": "e01_utf8.csv", "d04_corrected.csv": "e01_utf8.csv"}


def samples() -> list[dict[str, str]]:
    manifest = ZOO / "manifest.csv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> Workspace:
    """A workspace that holds nothing but the starter feeds."""
    return founding.found(tmp_path_factory.mktemp("zoo") / "bare")


@pytest.fixture(scope="module")
def holding(tmp_path_factory) -> Workspace:
    """A workspace that has received and landed the clean sample."""
    workspace = founding.found(tmp_path_factory.mktemp("zoo") / "holding")
    shutil.copy(ZOO / "files" / "e01_utf8.csv", workspace.inbox)
    archive.take_in(workspace)
    landing.land_all(workspace, archive.deliveries(workspace))
    return workspace


def expected_total(sample: dict[str, str]) -> list[tuple[str, Decimal]] | None:
    """(unit, quantity) as the manifest writes it: '1001.25', '-1200 KG', '1011.25 after'; None where it says nothing."""
    text = sample["total_kwh"].removesuffix(" after")
    if not text:
        return None
    quantity, _, unit = text.partition(" ")
    return [(unit or "kWh", Decimal(quantity))] if Decimal(quantity) else []


@needs_shared
@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample["file"])
def test_sample(sample, bare, request):
    workspace = request.getfixturevalue("holding") if sample["file"] in AFTER else bare
    result = landing.inspect(workspace, ZOO / "files" / sample["file"])
    answer = json.loads(result.as_json(), parse_float=Decimal, parse_int=Decimal)
    assert answer["outcome"] == sample["expect"]
    assert answer["codes"] == ([sample["code"]] if sample["code"] else [])
    for key, column in (("loaded", "ok_rows"), ("quarantined", "bad_rows")):
        if sample[column]:
            assert answer["rows"][key] == int(sample[column])
    rows = answer["rows"]
    assert rows["read"] == rows["loaded"] + rows["quarantined"] + rows["skipped"]
    totals = [(total["unit"], total["quantity"]) for total in answer["totals"]]
    if expected_total(sample) is not None:
        assert totals == expected_total(sample)
    said = {message["code"] for message in answer["messages"]}
    assert set(answer["codes"]) <= said
    assert all(message["zh"] and message["en"] for message in answer["messages"])


@needs_shared
def test_the_whole_zoo_is_here():
    named = {sample["file"] for sample in samples()}
    assert named == {file.name for file in (ZOO / "files").iterdir()} and len(named) >= 40
