"""Publishing: nothing that is not whole, closed and accounted for ever comes before readers."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import archive, inputs, journal, publishing
from pipelines.builds import published_id
from pipelines.durable import DiskFull
from pipelines.locking import BuildLock
from pipelines.manifest import BuildManifest, differences
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


def test_builds_are_ordered_by_the_journal_not_by_the_clock(workspace: Workspace) -> None:
    made = [build(workspace, version).build_id for version in range(4)]
    assert len(set(made)) == 4
    assert [one.build_id for one in publishing.builds(workspace)] == made
    assert publishing.published_build(workspace).build_id == made[-1]


def test_prune_keeps_the_published_the_closed_and_the_newest(workspace: Workspace) -> None:
    made = [build(workspace, version).build_id for version in range(6)]
    journal.append(workspace.journal, "closed", build_id=made[1], period="2026-01")
    journal.append(workspace.journal, "closed", build_id=made[2], period="2026-02")
    journal.append(workspace.journal, "reopened", build_id=made[2], period="2026-02")
    publishing.start_candidate(workspace, needed_bytes=0)
    going = [made[0], made[2], made[3]]
    assert publishing.prune(workspace, 2, dry_run=True) == [*going, "candidate"]
    assert [one.build_id for one in publishing.builds(workspace)] == made
    with BuildLock(workspace.lock):
        assert publishing.prune(workspace, 2) == going
        assert workspace.candidate.is_dir(), "a running build's candidate must stay"
    assert publishing.prune(workspace, 2) == ["candidate"]
    assert [one.build_id for one in publishing.builds(workspace)] == [made[1], *made[4:]]
    assert [line["build_id"] for line in journal.read(workspace.journal) if line["event"] == "pruned"] == going
    assert publishing.prune(workspace, 0) == [made[4]]
    assert published_id(workspace) == made[5]
    assert sorted(path.name for path in workspace.builds.iterdir()) == [made[1], made[5]]


DAMAGE = {
    "a bit of the warehouse": lambda folder: flip(folder / "warehouse.duckdb"),
    "a bit of a report": lambda folder: flip(folder / "reports" / "inventory.html"),
    "a figure in the manifest": lambda folder: rewrite(folder / "manifest.json", '"byte_count": ', '"byte_count": 1'),
    "a manifest that is no manifest": lambda folder: rewrite(folder / "manifest.json", "{", ""),
    "a file gone": lambda folder: (folder / "reports" / "inventory.html").unlink(),
    "a log beside the warehouse": lambda folder: (folder / "warehouse.duckdb.wal").write_text(""),
    "another build in its place": lambda folder: swap_with_first(folder),
}


def flip(file: Path) -> None:
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def rewrite(file: Path, old: str, new: str) -> None:
    file.chmod(0o644)
    file.write_text(file.read_text().replace(old, new))


def swap_with_first(folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(min(folder.parent.iterdir()), folder)


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_whatever_happens_to_a_published_build_is_found(workspace: Workspace, damage: object) -> None:
    first, second = build(workspace, 1), build(workspace, 2)
    damage(workspace.builds / second.build_id)
    findings = publishing.verify_build(workspace, second.build_id)
    assert findings
    assert all(" / " in finding for finding in findings)
    assert publishing.verify_build(workspace, first.build_id) == []
    assert build(workspace, 3), "a damaged build must not stop the next one"


def test_a_journal_rewritten_whole_disagrees_with_the_builds(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1"})
    archive.take_in(workspace)
    made = build(workspace, 1)
    lines = journal.read(workspace.journal)
    workspace.journal.unlink()
    journal.head_file(workspace.journal).unlink()
    for line in lines:
        fields = {name: value for name, value in line.items() if name not in journal.RESERVED}
        journal.append(workspace.journal, line["event"], **fields)
    assert journal.verify(workspace.journal).lines == len(lines)
    assert any("journal line 1" in finding for finding in publishing.verify_build(workspace, made.build_id))


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


# What a build is a function of, and what it is not.


def test_the_same_workspace_has_the_same_fingerprint(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1"})
    archive.take_in(workspace)
    first = publishing.input_fingerprint(workspace, DAY)
    made = build(workspace, 1)
    build(workspace, 2)
    publishing.prune(workspace, 1)
    drop(workspace, {"not yet taken.csv": "1"})
    (workspace.plan / "~$meters.xlsx").write_text("a lock file of a spreadsheet program")
    (workspace.plan / ".DS_Store").write_text("")
    (inputs.DBT_PROJECT_DIR / "target").mkdir()
    (inputs.DBT_PROJECT_DIR / "target" / "compiled.sql").write_text("")
    assert publishing.input_fingerprint(workspace, DAY) == first
    assert made.fingerprint == inputs.input_fingerprint(workspace, None)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("workspace", "tanku.toml"),
        ("workspace", "plan/meters.csv"),
        ("workspace", "feeds/new.toml"),
        ("code", "pipelines/readers/new.py"),
        ("code", "dbt_project/models/model.sql"),
        ("code", "dbt_project/models/model.yml"),
        ("code", "dbt_project/models/doors/door.py"),
        ("code", "seeds/common/rules.csv"),
        ("code", "expectations/suite.yml"),
        ("code", "requirements.lock"),
    ],
)
def test_every_file_that_a_build_reads_counts(workspace: Workspace, code: Path, folder: str, name: str) -> None:
    before = inputs.collect(workspace, DAY)
    file = (workspace.root if folder == "workspace" else code) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("changed")
    after = inputs.collect(workspace, DAY)
    assert inputs.fingerprint(after) != inputs.fingerprint(before)
    assert len(changed := differences(before, after)) == 1
    assert changed[0].endswith(Path(name).name)


def test_every_decision_counts_and_a_reversed_one_counts_no_more(workspace: Workspace) -> None:
    drop(workspace, {"a.csv": "1", "b.csv": "2"})
    archive.take_in(workspace)
    before = publishing.input_fingerprint(workspace, DAY)
    archive.retract(workspace, "a.csv", "wrong")
    retracted = publishing.input_fingerprint(workspace, DAY)
    archive.restore(workspace, "a.csv", "right")
    assert publishing.input_fingerprint(workspace, DAY) == before != retracted
    journal.append(workspace.journal, "approved", plan_version="2")
    approved = publishing.input_fingerprint(workspace, DAY)
    drop(workspace, {"c.csv": "3"})
    archive.take_in(workspace)
    seen = {before, retracted, approved, publishing.input_fingerprint(workspace, DAY)}
    assert len(seen | {publishing.input_fingerprint(workspace, date(2026, 11, 23))}) == 5


def test_the_order_of_receipt_counts(workspace: Workspace, tmp_path: Path) -> None:
    other = Workspace(tmp_path / "other")
    shutil.copytree(workspace.root, other.root)
    for place, names in ((workspace, ("1.csv", "2.csv")), (other, ("2.csv", "1.csv"))):
        for name in names:
            drop(place, {name: name})
            archive.take_in(place)
    assert publishing.input_fingerprint(workspace, DAY) != publishing.input_fingerprint(other, DAY)


def test_asking_whether_anything_changed_starts_no_engine(workspace: Workspace) -> None:
    program = "import sys, pathlib, json\nfrom pipelines import archive, publishing\n"
    program += "from pipelines.workspace import Workspace\n"
    program += "here = Workspace(pathlib.Path(sys.argv[1]))\n"
    program += "archive.waiting(here), publishing.published_build(here), publishing.input_fingerprint(here, None)\n"
    program += "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", program, workspace.root], capture_output=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert not loaded & {"dagster", "dbt", "great_expectations", "duckdb", "pyarrow", "pandas", "polars"}
