"""The arrows of the dbt project run one way: staging → readings → doors ⇄ admitted → accounting → exit door → marts."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from pipelines import models
from pipelines.workspace import Workspace

# What a model of each folder may stand on. The entry door judges readings and `readings.admitted` reads its verdicts.
MAY_READ = {
    "staging": {"sources"},
    "decisions": {"sources", "rules", "decisions"},
    "readings": {"sources", "rules", "staging", "decisions", "readings", "doors"},
    "checks": {"sources", "rules", "staging", "readings", "accounting", "checks"},
    "doors": {"sources", "rules", "readings", "accounting", "checks", "doors"},
    "improvement": {"sources", "rules", "readings", "doors", "improvement"},
    "accounting": {"sources", "rules", "staging", "readings", "accounting", "doors"},
    "restatements": {"sources", "rules", "readings", "accounting", "restatements"},
    "targets": {"sources", "rules", "decisions", "readings", "doors", "accounting", "performance", "targets"},
    "performance": {"sources", "rules", "decisions", "readings", "accounting", "performance"},
    "marts": {
        *("sources", "rules", "staging", "decisions", "readings", "checks", "doors", "improvement", "accounting"),
        *("restatements", "performance", "targets"),
        "marts",
    },
}
READS_ENTRY_VERDICTS = {"admitted"}


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    workspace = Workspace(tmp_path_factory.mktemp("parse"))
    workspace.dbt_target.mkdir()
    manifest = json.loads(Path(models.manifest(workspace)).read_text())
    return manifest["nodes"]


def folder(unique_id: str, nodes: dict[str, dict]) -> str:
    kind = unique_id.split(".")[0]
    if kind == "source":
        return "rules" if unique_id.split(".")[2] == "rules" else "sources"
    return nodes[unique_id]["fqn"][1]


def test_every_edge_is_allowed(nodes: dict[str, dict]) -> None:
    wrong = [
        f"{unique_id} → {parent}"
        for unique_id, node in nodes.items()
        if node["resource_type"] == "model"
        for parent in node["depends_on"]["nodes"]
        if folder(parent, nodes) not in MAY_READ[folder(unique_id, nodes)]
    ]
    assert not wrong


def test_only_admitted_reads_the_entry_verdicts(nodes: dict[str, dict]) -> None:
    readers = {
        node["name"]
        for node in nodes.values()
        if node["resource_type"] == "model" and node["fqn"][1] == "readings"
        for parent in node["depends_on"]["nodes"]
        if folder(parent, nodes) == "doors"
    }
    assert readers <= READS_ENTRY_VERDICTS


def test_staging_joins_nothing(nodes: dict[str, dict]) -> None:
    parents = {
        node["name"]: node["depends_on"]["nodes"]
        for node in nodes.values()
        if node["resource_type"] == "model" and node["fqn"][1] == "staging"
    }
    assert not {name: found for name, found in parents.items() if len(found) != 1}


def test_every_model_and_column_is_described(nodes: dict[str, dict]) -> None:
    silent = defaultdict(list)
    for node in nodes.values():
        if node["resource_type"] != "model":
            continue
        if not node["description"]:
            silent[node["name"]].append("(the model)")
        silent[node["name"]] += [name for name, column in node["columns"].items() if not column["description"]]
    assert not {name: found for name, found in silent.items() if found}


def test_marts_keep_their_contracts(nodes: dict[str, dict]) -> None:
    tables = [n for n in nodes.values() if n["resource_type"] == "model" and n["fqn"][1] == "marts"]
    assert tables
    loose = [
        n["name"] for n in tables if not n["config"]["contract"]["enforced"] and n["config"]["materialized"] == "table"
    ]
    assert not loose


def test_every_sound_rows_is_asked_without_its_own_node(nodes: dict[str, dict]) -> None:
    """A build leaves their nodes out: of a table it asks where the table is made, of a source in `sound_rules`.

    What dbt could say of a test beyond its `where` is not said there: always an error, of every row.
    """
    tests = [node for node in nodes.values() if (node.get("test_metadata") or {}).get("name") == "sound_rows"]
    assert len(tests) > 300
    plain = {"severity": "ERROR", "error_if": "!= 0", "fail_calc": "count(*)", "limit": None, "enabled": True}
    for test in tests:
        (on,) = test["depends_on"]["nodes"]
        of_a_source = on.startswith("source.") and test["attached_node"] is None
        of_a_table = test["attached_node"] == on and nodes[on]["config"]["materialized"] == "table"
        assert of_a_source or of_a_table, test["name"]
        assert plain.items() <= test["config"].items(), test["name"]
    assert any(node["name"] == "sound_rules" for node in nodes.values())
