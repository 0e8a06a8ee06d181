"""The lake keeps what was landed by content, notices damage, and lands again when anything it depends on changes."""

from __future__ import annotations

import hashlib
import shutil
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from pipelines import archive, founding, landing, records
from pipelines.landing import lake, one_file
from pipelines.workspace import Workspace
from tests.landing.writing import CURVE, DAILY, csv_of

GOOD = csv_of(DAILY, ["M1", "2025-03-01", "100.5"], ["M1", "2025-03-02", "200.25"], ["合计", None, "300.75"])
BAD = csv_of(DAILY, ["M1", "2025-03-03", "N/A"], ["M1", "2025-03-04", "7"])


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    founded = founding.found(tmp_path / "enterprise")
    received(founded, good=GOOD, bad=BAD, other="a,b\n1,2\n")
    return founded


def received(workspace: Workspace, **texts: str) -> list[archive.Delivery]:
    for name, text in texts.items():
        (workspace.inbox / f"{name}.csv").write_text(text, encoding="utf-8")
        archive.take_in(workspace)
    return archive.deliveries(workspace)


@pytest.fixture
def landings(monkeypatch) -> list[str]:
    """The names of the files that are really landed, in order."""
    seen: list[str] = []
    for name in ("of_document", "refused"):
        real = getattr(one_file, name)

        def counted(file, *rest, real=real):
            seen.append(file.name)
            return real(file, *rest)

        monkeypatch.setattr(one_file, name, counted)
    return seen


def test_accounts_come_back_the_same_without_reading_again(workspace, landings):
    deliveries = archive.deliveries(workspace)
    first = landing.land_all(workspace, deliveries)
    assert sorted(landings) == sorted(["good.csv", "bad.csv", "other.csv"])
    assert landing.land_all(workspace, deliveries) == first
    assert len(landings) == 3
    assert [(one.outcome, one.rows_read, one.rows_loaded) for one in first] == [
        ("ACCEPT_WARN", 3, 2),
        ("QUARANTINE_ROWS", 2, 1),
        ("REJECT_FILE", 0, 0),
    ]


def test_what_lies_in_the_lake(workspace):
    deliveries = archive.deliveries(workspace)
    landing.land_all(workspace, deliveries)
    files = landing.lake_files(workspace, deliveries)
    assert {name: len(found) for name, found in files.items()} == {
        "load_profile": 2,
        **dict.fromkeys(("quarantined_row", "skipped_row", "file_account", "file_message"), 3),
    }
    schemas = {"load_profile": records.schema_of("load_profile"), "quarantined_row": records.QUARANTINED_ROW}
    schemas |= {
        "skipped_row": records.SKIPPED_ROW,
        "file_account": records.FILE_ACCOUNT,
        "file_message": records.FILE_MESSAGE,
    }
    for name, found in files.items():
        for file in found:
            read = pq.read_schema(file)
            assert read.names == schemas[name].names
            plain = [field.type for field in read if "list" not in str(field.type)]
            assert plain == [field.type for field in schemas[name] if "list" not in str(field.type)]
    rows = pq.read_table(files["load_profile"][0]).to_pylist()
    assert [row["values"] for row in rows] == [[Decimal("100.5")], [Decimal("200.25")]]
    lineage = [
        (row["file_sha256"], row["row_first"], row["row_last"], row["received_seq"], row["feed"]) for row in rows
    ]
    sha = hashlib.sha256(GOOD.encode()).hexdigest()
    assert lineage == [(sha, 2, 2, 1, "daily_consumption"), (sha, 3, 3, 1, "daily_consumption")]
    (aside,) = pq.read_table(files["quarantined_row"][1]).to_pylist()
    assert (aside["row_number"], aside["code"], aside["found"]) == (2, "NUM_SENTINEL", "N/A")
    assert aside["row_text"] == "M1 | 2025-03-03 | N/A"


def test_the_hash_list_is_what_sha256sum_reads(workspace):
    landing.land_all(workspace, archive.deliveries(workspace))
    for listed in (workspace.lake / "file_account").glob("*.sha256"):
        for line in listed.read_text(encoding="utf-8").splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256((workspace.lake / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("table", ["load_profile", "quarantined_row", "file_account"])
def test_a_flipped_bit_is_noticed_and_mended(workspace, landings, table):
    deliveries = archive.deliveries(workspace)
    first = landing.land_all(workspace, deliveries)
    file = landing.lake_files(workspace, deliveries)[table][0]
    whole = file.read_bytes()
    harmed = bytearray(whole)
    harmed[len(harmed) // 3] ^= 1
    file.write_bytes(harmed)
    assert landing.land_all(workspace, deliveries) == first
    assert sorted(landings) == sorted(["good.csv", "bad.csv", "other.csv", "good.csv"])
    assert file.read_bytes() == whole


def test_a_missing_file_or_list_is_landed_again(workspace, landings):
    deliveries = archive.deliveries(workspace)
    landing.land_all(workspace, deliveries)
    landing.lake_files(workspace, deliveries)["load_profile"][0].unlink()
    next((workspace.lake / "file_account").glob("*.sha256")).write_text("nonsense")
    landing.land_all(workspace, deliveries)
    assert len(landings) >= 4
    shutil.rmtree(workspace.lake)
    workspace.lake.mkdir()
    assert len(landing.lake_files(workspace, deliveries)["load_profile"]) == 2


def test_a_changed_feed_lands_its_files_again(workspace, landings):
    deliveries = archive.deliveries(workspace)
    landing.land_all(workspace, deliveries)
    before = landing.lake_files(workspace, deliveries)["load_profile"]
    feed = workspace.feeds / "daily_consumption.toml"
    feed.write_text(feed.read_text(encoding="utf-8").replace("active_import", "total"), encoding="utf-8")
    landing.land_all(workspace, deliveries)
    assert sorted(landings[3:]) == ["bad.csv", "good.csv", "other.csv"]
    after = landing.lake_files(workspace, deliveries)["load_profile"]
    assert set(before).isdisjoint(after)
    assert {row["channel"] for row in pq.read_table(after[0]).to_pylist()} == {"total"}


def test_a_new_feed_takes_up_what_nobody_claimed(workspace, landings):
    deliveries = archive.deliveries(workspace)
    assert landing.land_all(workspace, deliveries)[2].codes == ("HDR_UNKNOWN",)
    feed = (workspace.feeds / "weather.toml").read_text(encoding="utf-8").replace("站点", "a").replace("平均气温", "b")
    (workspace.feeds / "ab.toml").write_text(feed.replace("日期", "c"), encoding="utf-8")
    received(workspace, another="a,c,b\nS,2025-03-01,7\n")
    landings.clear()
    accounts = landing.land_all(workspace, archive.deliveries(workspace))
    assert [account.outcome for account in accounts[2:]] == ["REJECT_FILE", "ACCEPT"]
    assert sorted(landings) == ["another.csv", "other.csv"], "what the new feed does not touch is only claimed again"


def test_another_version_of_landing_lands_everything_again(workspace, landings, monkeypatch):
    deliveries = archive.deliveries(workspace)
    landing.land_all(workspace, deliveries)
    monkeypatch.setattr(lake, "LANDING_VERSION", "next")
    landing.land_all(workspace, deliveries)
    assert len(landings) == 6


def test_curves_are_stored_to_the_digit(workspace):
    row = ["M", "2025-03-01", "1", *(f"{n}.0004" for n in range(96))]
    deliveries = received(workspace, curve=csv_of(CURVE, row))
    landing.land_all(workspace, deliveries)
    file = landing.lake_files(workspace, deliveries)["load_profile"][-1]
    (stored,) = pq.read_table(file).to_pylist()
    assert stored["values"] == [Decimal(f"{n}.0004") / 4 for n in range(96)]
    assert pq.read_schema(file).field("values").type.value_type == records.INTERVAL_VALUE


def test_progress_is_told(workspace):
    told: list[str] = []
    landing.land_all(workspace, archive.deliveries(workspace), told.append)
    # files land side by side: which of them is done first is nobody's promise
    assert len(told) == 3 and "1/3" in told[0] and any("good.csv" in line for line in told)
