"""What sound_rows asks of a table is asked where a build makes the table: a throw-away project of unsound ones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import duckdb
import pytest

from pipelines.models import ASKED_ELSEWHERE
from pipelines.workspace import DBT_PROJECT_DIR, PROJECT_ROOT

HOUSE = (
    *("profiles.yml", "materializations/soundness.sql", "materializations/table.sql"),
    *("tests/generic/sound_rows.sql", "tests/sound_rules.sql"),
)
SETTINGS = """
name: tanku
version: "0.0.0"
config-version: 2
profile: tanku
model-paths: [models]
macro-paths: [macros, materializations]
test-paths: [tests]
models: {+materialized: table}
"""
MODELS = {
    "sound": "select 1 as id, 'a' as name union all select 2, 'b'",
    "doubled": "select 1 as id, 'a' as name union all select 1, 'b'",
    "doubled_null": "select cast(null as integer) as id, 'a' as name union all select null, 'b'",
    "unfilled": "select cast(null as integer) as id, 'a' as name",
    "outside": "select 1 as id, 'a' as name union all select 1, 'left out'",
    "inside": "select 1 as id, 'a' as name union all select 1, 'b'",
    "unasked": "select 1 as id, 'a' as name union all select 1, null",
    "second_fault": "select 1 as id, 'a' as name union all select 2, 'a'",
    "behind": "select * from {{ ref('doubled') }}",
}
ASKED = """
      - sound_rows:
          name: {name}_{number}
          arguments: {{key: [{key}], filled: [id, name]}}
          config: {{where: "name <> 'left out'"}}
"""

SOURCES = """
sources:
  - name: given
    tables:
      - name: fuels
        data_tests: [{sound_rows: {arguments: {key: [fuel]}}}]
      - name: units
        data_tests: [{sound_rows: {arguments: {key: [unit]}}}]
"""


def asked(name: str, *keys: str) -> str:
    tests = "".join(ASKED.format(name=name, number=number, key=key) for number, key in enumerate(keys))
    return f"  - name: {name}\n    data_tests:{tests}"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Status and message of each node of one build."""
    folder = tmp_path_factory.mktemp("unsound")
    for name in HOUSE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DBT_PROJECT_DIR / name, folder / name)
    (folder / "models").mkdir()
    for name, query in MODELS.items():
        (folder / "models" / f"{name}.sql").write_text(query)
    keys = {name: ["id"] for name in MODELS if name != "unasked"} | {"second_fault": ["id", "name"]}
    yaml = "version: 2\nmodels:\n" + "".join(asked(name, *listed) for name, listed in keys.items()) + SOURCES
    (folder / "models" / "_models.yml").write_text(yaml)
    (folder / "dbt_project.yml").write_text(SETTINGS)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        connection.execute("create schema given; create table given.fuels as select 'coal' as fuel")
        connection.execute("create table given.units as select unnest(['t', 'kg', 't']) as unit")
    command = [sys.executable, "-m", "dbt.cli.main", "--quiet", "--no-version-check", "build"]
    command += ["--exclude", *ASKED_ELSEWHERE, "--project-dir", folder, "--profiles-dir", folder]
    environment = os.environ | {"TANKU_CANDIDATE": str(folder / "warehouse.duckdb")}
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=environment, cwd=PROJECT_ROOT, check=False
    )
    results = folder / "target" / "run_results.json"
    assert results.is_file(), done.stdout + done.stderr
    nodes = json.loads(results.read_text(encoding="utf-8"))["results"]
    return {node["unique_id"].split(".")[2]: f"{node['status']} {node['message'] or ''}" for node in nodes}


@pytest.mark.parametrize("name", ["sound", "outside", "unasked"])
def test_a_sound_table_passes(outcome: dict[str, str], name: str) -> None:
    assert outcome[name].startswith("success"), outcome[name]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("doubled", "a key names several rows (2)"),
        ("doubled_null", "a key names several rows (2)"),
        ("unfilled", "a column is null (1)"),
        ("inside", "a key names several rows (2)"),
        ("second_fault", "a key names several rows (2)"),
    ],
)
def test_an_unsound_table_is_an_error_that_names_it(outcome: dict[str, str], name: str, fault: str) -> None:
    assert outcome[name].startswith("error"), outcome[name]
    assert f"main.{name}: {fault}" in outcome[name]


def test_nothing_is_built_on_an_unsound_table(outcome: dict[str, str]) -> None:
    assert outcome["behind"].startswith("skipped")


def test_no_test_had_a_node_of_its_own(outcome: dict[str, str]) -> None:
    assert set(outcome) == {*MODELS, "sound_rules"}


def test_sources_are_asked_together(outcome: dict[str, str]) -> None:
    assert outcome["sound_rules"].startswith("error"), outcome["sound_rules"]
    assert "given.units: a key names several rows (2)" in outcome["sound_rules"]
    assert "fuels" not in outcome["sound_rules"]
