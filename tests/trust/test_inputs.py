"""What a build is a pure function of, and what it is not: the fingerprint misses nothing and minds nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pipelines import archive, publishing
from pipelines.archive import journal
from pipelines.publishing import inputs
from pipelines.publishing.manifest import differences
from pipelines.workspace import Workspace
from tests.trust.building import build, drop

DAY = date(2026, 11, 22)


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
        ("code", "seeds/every_sector/rules.csv"),
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
