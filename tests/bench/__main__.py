"""`make bench METERS=2000 DAYS=365`: the whole way from CSV to published, as a multiple of DuckDB's own scan of the CSV."""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from pipelines.workspace import PROJECT_ROOT, Workspace
from tests.bench import accounts, comparing, controls, fleet

ROOM = PROJECT_ROOT / "bench"
TANKU = [sys.executable, "-m", "pipelines.cli"]


def main() -> None:
    """Measure, itemise, and end with one line of three figures."""
    options = _options()
    shutil.rmtree(ROOM, ignore_errors=True)
    ROOM.mkdir()
    unchanged, fixed = _fixed_cost(ROOM / "example")
    workspace = fleet.found(ROOM / "fleet", options.meters, options.days)
    files = fleet.write_curves(workspace, options.meters, options.days)
    size = sum(file.stat().st_size for file in files)
    print(
        f"{options.meters} meters x {options.days} days x 96 = {options.meters * options.days * 96:,} readings, "
        f"{len(files)} CSV files, {size / 1e6:,.0f} MB"
    )
    scan, total = _scan(files)
    print(f"DuckDB alone, scan and sum: {scan:.2f} s (best of 3), sum of mean kW {total}")
    whole, peak = _timed_build(workspace)
    _itemise(workspace)
    _agree(workspace, total)
    print(controls.measure(workspace, ROOM / "controls"))
    print(accounts.measure(ROOM / "accounts"))
    print(comparing.measure(ROOM / "comparing"))
    print(f"whole build {whole:.1f} s; unchanged inputs {unchanged:.2f} s; one small file changed {fixed:.1f} s")
    print(f"ratio {max(whole - fixed, 0) / scan:.1f} x scan, peak {peak:.1f} GiB, fixed {fixed:.1f} s")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meters", type=int, default=200)
    parser.add_argument("--days", type=int, default=90)
    return parser.parse_args()


def _fixed_cost(root: Path) -> tuple[float, float]:
    """Seconds of a build of the example enterprise: inputs unchanged, and with one small file changed."""
    subprocess.run([*TANKU, "init", str(root), "--example"], check=True, stdout=subprocess.DEVNULL)
    workspace = Workspace.at(root)
    _timed_build(workspace)
    unchanged, _ = _timed_build(workspace)
    weather = workspace.inbox / "zz_weather.csv"
    weather.write_text("站点,日期,平均气温,最低气温,最高气温\n58238,2025-12-31,3.1,0.2,7.4\n", encoding="utf-8")
    fixed, _ = _timed_build(workspace)
    print("one small file changed, itemised:")
    _itemise(workspace)
    return unchanged, fixed


def _scan(files: list[Path]) -> tuple[float, str]:
    columns = " + ".join(f"sum(P{point})" for point in fleet.POINTS)
    listed = ", ".join(f"'{file}'" for file in files)
    query = f"select {columns} from read_csv([{listed}], header = true)"
    seconds = []
    total = None
    for _ in range(3):
        started = time.perf_counter()
        total = duckdb.connect(config={"threads": 2}).execute(query).fetchall()[0][0]
        seconds.append(time.perf_counter() - started)
    return min(seconds), str(total)


def _timed_build(workspace: Workspace) -> tuple[float, float]:
    """Seconds and peak GiB of one `tanku build` in a process of its own."""
    command = [*TANKU, "build", "-w", str(workspace.root)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(errors)
    return time.perf_counter() - started, usage.ru_maxrss / 2**20


def _itemise(workspace: Workspace) -> None:
    """Where the time of the last run went: Dagster's steps, and the slowest models."""
    from dagster import DagsterEventType

    from pipelines import jobs

    with jobs.instance_of(workspace) as instance:
        run = instance.get_runs(limit=1)[0]
        steps = instance.get_run_step_stats(run.run_id)
        logs = instance.all_logs(run.run_id, of_type=DagsterEventType.ASSET_MATERIALIZATION)
    for step in sorted(steps, key=lambda one: one.start_time or 0):
        print(f"  {step.step_key:24} {(step.end_time or 0) - (step.start_time or 0):6.2f} s")
    made = [log.asset_materialization for log in logs if log.asset_materialization]
    nodes = [(float(str(one.metadata["seconds"].value)), one.asset_key) for one in made if "seconds" in one.metadata]
    for seconds, key in sorted(nodes, reverse=True)[:12]:
        print(f"    {'/'.join(key.path):40} {seconds:6.2f} s")


def _agree(workspace: Workspace, scanned: str) -> None:
    """The speed counts only if the sum is right: published kWh = sum of mean kW x 0.25 h."""
    with duckdb.connect(str(workspace.published_warehouse), read_only=True) as warehouse:
        published = warehouse.execute("select sum(quantity) from readings.readings").fetchall()[0][0]
    difference = abs(float(published) - float(scanned) / 4)
    print(f"published {published} kWh; differs from the scan's own sum by {difference:.6f}")
    assert difference < 1e-6 * float(published)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
