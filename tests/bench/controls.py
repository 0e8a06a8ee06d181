"""How long every control takes over a warehouse that is there: the checks and the doors of a built fleet, run once more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from pipelines import warehouse
from pipelines.workspace import DBT_PROJECT_DIR, PROJECT_ROOT, Workspace

JUDGED = "select count(distinct control_id) from doors.control_months where judged_count > 0"
READINGS = "select sum(values_expected) from staging.stg_load_profiles where is_current"


def measure(workspace: Workspace, folder: Path) -> str:
    """Judge a copy of the published warehouse; the line that says how many controls and readings, how long, how much memory.

    Seconds from the first model of the rooms `checks` and `doors` to the last verdict, without dbt's own start.
    """
    folder.mkdir()
    copy = folder / "warehouse.duckdb"
    shutil.copyfile(workspace.published_warehouse, copy)
    peak = _judge(copy)
    results = json.loads((folder / "target" / "run_results.json").read_text(encoding="utf-8"))
    print("controls, itemised:")
    timed = [(one["execution_time"], one["unique_id"].split(".")[-1]) for one in results["results"]]
    for seconds, name in sorted(timed, reverse=True)[:8]:
        print(f"    {name:40} {seconds:6.2f} s")
    with warehouse.reading(copy) as connection:
        ((judged,),) = connection.execute(JUDGED).fetchall()
        ((readings,),) = connection.execute(READINGS).fetchall()
    return f"controls over {readings:,} readings: {results['elapsed_time']:.1f} s, {judged} judged, peak {peak:.1f} GiB"


def _judge(file: Path) -> float:
    """Peak GiB of dbt running the checks and both doors with all that they judge by."""
    folders = ["--project-dir", DBT_PROJECT_DIR, "--profiles-dir", DBT_PROJECT_DIR]
    outputs = ["--target-path", file.parent / "target", "--log-path", file.parent / "logs"]
    flags = ["--no-send-anonymous-usage-stats", "--quiet", "--no-version-check", "--log-level-file", "none"]
    command = [sys.executable, "-m", "dbt.cli.main", *flags, "run", "--select", "checks", "doors", *folders, *outputs]
    environment = os.environ | {"TANKU_CANDIDATE": str(file), "PYTHONPATH": str(PROJECT_ROOT)}
    process = subprocess.Popen(list(map(str, command)), env=environment, stdout=sys.stderr)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the controls' models failed")
    return usage.ru_maxrss / 2**20
