"""What changed between two versions of a plan: rows that came and went, and the cells that differ."""

from __future__ import annotations

import pytest

from pipelines import plan
from tests.plan import folder


@pytest.fixture
def revised(tmp_path):
    """A plan revised on 2025-01-01: a wider range, a stream given up, a meter taken on."""
    tables = folder.good()
    electricity = tables["parameters"][0]
    tables["parameters"].append(electricity | {"plan_max": "3000", "valid_from": "2025-01-01"})
    electricity["valid_to"] = "2025-01-01"
    tables["streams"][1]["valid_to"] = "2024-06-01"
    meter = tables["meters"][0] | {"meter_id": "M-2", "point_id": "PT-2", "valid_from": "2025-03-01"}
    tables["meters"].append(meter)
    folder.write(tmp_path, tables)
    since = {"2023.1": ("2023-01-01", "2025-01-01"), "2025.1": ("2025-01-01", "")}
    blocks = [
        "[[versions]]\n"
        + folder.toml(folder.VERSION | {"version": name, "valid_from": start} | ({"valid_to": end} if end else {}))
        for name, (start, end) in since.items()
    ]
    (tmp_path / "plan.toml").write_text("\n".join(blocks), encoding="utf-8")
    return plan.load_folder(tmp_path)


def told(changes):
    return {(change.table, change.key, change.kind, change.field, change.before, change.after) for change in changes}


def test_a_revision_is_told_cell_by_cell(revised):
    assert told(plan.differences(revised, "2023.1", "2025.1")) == {
        ("parameters", "EL", "changed", "plan_max", "2000", "3000"),
        ("streams", "S-COAL", "removed", "", "", ""),
        ("meters", "M-2/active_import", "added", "", "", ""),
    }


def test_a_version_does_not_differ_from_itself(revised):
    assert plan.differences(revised, "2025.1", "2025.1") == []


def test_the_other_way_round_is_the_opposite(revised):
    back = told(plan.differences(revised, "2025.1", "2023.1"))
    assert ("streams", "S-COAL", "added", "", "", "") in back
    assert ("parameters", "EL", "changed", "plan_max", "3000", "2000") in back


def test_an_unknown_version_names_those_there_are(revised):
    with pytest.raises(plan.UnknownVersion, match=r"2024\.9.*2023\.1, 2025\.1"):
        plan.differences(revised, "2023.1", "2024.9")
