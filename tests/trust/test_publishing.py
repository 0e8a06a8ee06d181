"""Publishing: nothing that is not whole, closed and accounted for ever comes before readers."""

from __future__ import annotations

import hashlib
import threading
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import archive, publishing
from pipelines.archive import journal
from pipelines.durable import DiskFull
from pipelines.publishing.builds import published_id
from pipelines.publishing.manifest import BuildManifest
from pipelines.workspace import Workspace
from tests.trust.building import build, drop, versions_in, write_warehouse

DAY = date(2026, 11, 22)


def events(workspace: Workspace) -> list[str]:
    return [line["event"] for line in journal.read(workspace.journal)]


def test_a_build_is_published_whole_with_everything_named(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1"})
    (workspace.plan / "meters.csv").write_text("meter_id\n")
    archive.take_in(workspace)
    made = build(workspace, 7)
    folder = workspace.builds / made.build_id
    assert workspace.published.readlink() == Path("builds") / made.build_id
    assert versions_in(workspace.published_warehouse) == {(7, 10)}
    assert not workspace.candidate.exists()
    assert made == BuildManifest.read(folder) == publishing.published_build(workspace)
    assert {
        name: {
            "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
            "byte_count": (folder / name).stat().st_size,
        }
        for name in ("warehouse.duckdb", "reports/inventory.html")
    } == made.files
    assert made.inputs["plan"] == {"meters.csv": hashlib.sha256(b"meter_id\n").hexdigest()}
    assert made.inputs["deliveries"][0][:3] == [1, hashlib.sha256(b"1").hexdigest(), "a.csv"]
    assert made.marts_digests.keys() == {"first", "last"}
    published = journal.read(workspace.journal)[-1]
    assert published["event"] == "published"
    assert published["build_id"] == made.build_id
    assert published["manifest_sha256"] == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert publishing.verify_build(workspace, made.build_id) == []


def test_the_date_and_the_deliveries_are_read_off_the_warehouse(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1", "b.csv": "1"})
    archive.take_in(workspace)
    publishing.start_candidate(workspace, needed_bytes=0)
    deliveries = archive.delivery_table(workspace)
    with duckdb.connect(str(workspace.candidate_warehouse)) as connection:
        connection.execute("create schema settings; create schema archive; create schema marts")
        connection.execute("create table settings.build as select date '2026-11-22' as as_of")
        connection.execute("create table archive.deliveries as select * from deliveries")
    made = publishing.publish(workspace, {"note": "by hand"})
    assert deliveries.num_rows == 2
    assert made.as_of == "2026-11-22"
    assert made.build_info == {"note": "by hand"}
    assert made.fingerprint == publishing.input_fingerprint(workspace, DAY)


def test_a_delivery_retracted_while_the_build_runs_stops_it(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1"})
    archive.take_in(workspace)
    publishing.start_candidate(workspace, needed_bytes=0)
    archive.retract(workspace, "a.csv", "wrong")
    deliveries = archive.delivery_table(workspace)
    with duckdb.connect(str(workspace.candidate_warehouse)) as connection:
        connection.execute("create schema archive; create table archive.deliveries as select * from deliveries")
    assert deliveries.num_rows == 1
    with pytest.raises(publishing.InputsChanged, match="deliveries"):
        publishing.publish(workspace)


@pytest.mark.parametrize("part", ["plan/meters.csv", "feeds/new.toml", "tanku.toml"])
def test_an_input_changed_while_the_build_runs_stops_it(workspace: Workspace, part: str) -> None:
    before = build(workspace, 1)
    publishing.start_candidate(workspace, needed_bytes=0)
    write_warehouse(workspace.candidate_warehouse, 2)
    (workspace.root / part).write_text("changed")
    with pytest.raises(publishing.InputsChanged, match="/ inputs changed") as refused:
        publishing.publish(workspace)
    assert refused.value.changed[0].endswith(Path(part).name)
    assert publishing.published_build(workspace) == before
    assert build(workspace, 3).inputs != before.inputs


def test_code_changed_while_the_build_runs_is_told_and_found(workspace: Workspace, code: Path) -> None:
    publishing.start_candidate(workspace, needed_bytes=0)
    write_warehouse(workspace.candidate_warehouse, 1)
    (code / "dbt_project" / "models" / "model.sql").write_text("select 2")
    made = publishing.publish(workspace)
    assert made.changed_while_building == ["code/dbt_project/models/model.sql"]
    assert ["model.sql" in finding for finding in publishing.verify_build(workspace, made.build_id)] == [True]
    assert made.fingerprint != publishing.input_fingerprint(workspace, None), "the next build must run"
    assert publishing.verify_build(workspace, build(workspace, 2).build_id) == []


def test_a_warehouse_that_is_still_open_is_not_sealed(workspace: Workspace) -> None:
    before = build(workspace, 1)
    publishing.start_candidate(workspace, needed_bytes=0)
    write_warehouse(workspace.candidate_warehouse, 2)
    for read_only in (True, False):
        with duckdb.connect(str(workspace.candidate_warehouse), read_only=read_only) as connection:
            connection.execute("select 1")
            with pytest.raises(publishing.StillOpen, match="仍被打开"):
                publishing.publish(workspace)
    assert publishing.published_build(workspace) == before
    assert publishing.publish(workspace) == publishing.published_build(workspace) != before


def test_a_log_beside_the_warehouse_stops_it(workspace: Workspace) -> None:
    publishing.start_candidate(workspace, needed_bytes=0)
    write_warehouse(workspace.candidate_warehouse, 1)
    (workspace.candidate / "warehouse.duckdb.wal").write_text("not checkpointed")
    with pytest.raises(publishing.PublishingError, match="was not checkpointed"):
        publishing.publish(workspace)
    assert published_id(workspace) is None


def test_without_a_candidate_or_a_warehouse_nothing_is_published(workspace: Workspace) -> None:
    with pytest.raises(publishing.PublishingError, match="no candidate"):
        publishing.publish(workspace)
    workspace.candidate.mkdir()
    with pytest.raises(publishing.PublishingError, match="no candidate"):
        publishing.publish(workspace)
    publishing.start_candidate(workspace, needed_bytes=0)
    with pytest.raises(publishing.PublishingError, match="no warehouse"):
        publishing.publish(workspace)
    assert publishing.published_build(workspace) is None


def test_a_candidate_starts_empty(workspace: Workspace) -> None:
    (workspace.candidate / "reports").mkdir(parents=True)
    (workspace.candidate / "warehouse.duckdb.wal").write_text("left by a dead build")
    publishing.start_candidate(workspace, needed_bytes=0)
    assert [path.name for path in workspace.candidate.iterdir()] == [".inputs.json"]


def test_a_start_without_room_is_refused_naming_the_volume(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build(workspace, 1)
    with pytest.raises(DiskFull, match="disk full: volume /") as refused:
        publishing.start_candidate(workspace, needed_bytes=1 << 60)
    assert refused.value.volume.is_mount()
    assert refused.value.needed_bytes == 1 << 60
    assert publishing.published_build(workspace) == before
    monkeypatch.setattr(publishing, "LEAST_FREE_BYTES", 0)
    assert publishing.estimate(workspace) == 3 * before.byte_count


def test_a_pointer_moved_but_not_journalled_is_made_good(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    build(workspace, 1)
    monkeypatch.setattr(publishing, "_journal_pointer", lambda _: None)
    second = build(workspace, 2)
    monkeypatch.undo()
    assert events(workspace) == ["published"]
    publishing.start_candidate(workspace, needed_bytes=0)
    publishing.start_candidate(workspace, needed_bytes=0)
    assert [line["build_id"] for line in journal.read(workspace.journal)][1:] == [second.build_id]


def test_a_folder_in_the_pointers_place_is_refused(workspace: Workspace) -> None:
    workspace.published.mkdir()
    with pytest.raises(publishing.PublishingError, match="is not the pointer but a folder"):
        build(workspace, 1)


def test_readers_see_whole_builds_while_a_hundred_are_published(workspace: Workspace, tmp_path: Path) -> None:
    made_before = [tmp_path / f"{version}.duckdb" for version in range(5)]
    for version, file in enumerate(made_before):
        write_warehouse(file, version)
    build(workspace, 0)
    seen: list[set[tuple[int, int]]] = []
    failed: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.wait(0.005):
            try:
                seen.append(versions_in(workspace.published_warehouse))
            except BaseException as error:
                failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 101):
        build(workspace, number, made_before[number % 5])
    done.set()
    reader.join()
    assert not failed, failed[:3]
    assert all(len(versions) == 1 for versions in seen), "a reader saw two versions at once"
    assert len(seen) > 20
    assert {version for versions in seen for version, _ in versions} == set(range(5))
    assert len(publishing.builds(workspace)) == 101
