"""What the doors may import, and when; and what they offer to whoever shows controls as asset checks."""

from __future__ import annotations

import re
import subprocess
import sys

import pyarrow as pa

from pipelines import doors
from pipelines.plan import Plan
from pipelines.workspace import PROJECT_ROOT


def test_only_the_doors_import_great_expectations() -> None:
    sources = (PROJECT_ROOT / "pipelines").rglob("*.py")
    users = [
        path.relative_to(PROJECT_ROOT).as_posix()
        for path in sources
        if re.search(r"^\s*(import|from) great_expectations", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(users) == ["pipelines/doors/__init__.py", "pipelines/doors/own_expectations.py"]
    models = (PROJECT_ROOT / "dbt_project").rglob("*.py")
    assert not [path.name for path in models if "great_expectations" in path.read_text(encoding="utf-8")]


def test_importing_the_doors_does_not_import_great_expectations() -> None:
    code = "import sys, pipelines.doors; sys.exit(any(n.startswith('great_expectations') for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_control_of_the_plan_is_offered_as_a_check() -> None:
    rows = [
        {"control_id": "DQ10", "severity": "E", "name_zh": "数据完整", "name_en": "Data complete"},
        {"control_id": "DQ30", "severity": "W", "name_zh": "内部审核抽样", "name_en": "Sampling"},
    ]
    checks = doors.verdict_checks(Plan({"controls": pa.Table.from_pylist(rows)}))
    assert checks == [
        doors.CheckSpec("DQ10", "E", "数据完整", "Data complete"),
        doors.CheckSpec("DQ30", "W", "内部审核抽样", "Sampling"),
    ]
