"""How long the models of the accounts take: a million daily readings of made-up streams, three regimes, no file read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pipelines import warehouse
from pipelines.workspace import DBT_PROJECT_DIR, PROJECT_ROOT
from tests.accounting.books import Books
from tests.dbt.candidate import Candidate

READINGS = 1_000_000
DAYS = 365
FACILITIES = 50
REGIMES = ("gbt32150", "ghgp_location", "mee_ets")
# stream type, fuel and unit; a fuel's heat value is assayed every month
KINDS = [
    ("stationary_combustion", "bituminous_coal", "t"),
    ("stationary_combustion", "natural_gas", "Nm3"),
    ("mobile_combustion", "diesel", "kg"),
    ("purchased_electricity", "electricity", "kWh"),
    ("exported_electricity", "electricity", "MWh"),
    ("purchased_heat", "heat", "GJ"),
    ("flux_use", "limestone", "t"),
    ("clinker_production", "portland_clinker", "t"),
]
HEAT_VALUES = {"bituminous_coal": "GJ/t", "natural_gas": "GJ/万Nm3"}
ADMITTED = """
    insert into readings.admitted by name
    select
        parameters.parameter_id || '@' || days.local_date as planned_id, parameters.parameter_id, parameters.stream_id,
        streams.facility_id, parameters.kind, 'account' as role, 'day' as frequency, days.local_date as period_start,
        days.local_date + 1 as period_end, parameters.unit, days.quantity, days.quantity as measured_quantity,
        days.quantity as best_estimate, days.quantity as substitute, 'measured' as basis, 24 as hours_expected,
        0 as hours_missing, 0 as fill_best_estimate, 0 as fill_substitute, '' as failed_controls
    from plan.parameters as parameters
    inner join plan.streams as streams on parameters.stream_id = streams.stream_id
    cross join lateral (
        select
            date '2025-01-01' + day::integer as local_date,
            case parameters.kind
                when 'ncv' then 20 + (hash(parameters.parameter_id, day) % 5000) / 1000
                else (hash(parameters.parameter_id, day) % 10000000) / 1000
            end::decimal(38, 3) as quantity
        from range(365) as every(day)
        where parameters.kind <> 'ncv' or day % 30 = 0
    ) as days
"""


def measure(folder: Path) -> str:
    """Account the readings in `folder` in a process of its own; the line that says how many, how long, how much memory."""
    folder.mkdir()
    candidate = _company().lay(folder)
    with warehouse.writing(candidate.file) as connection:
        connection.execute(ADMITTED)
        ((readings,),) = connection.execute("select count(*) from readings.admitted").fetchall()
    peak = _run(candidate)
    seconds = _itemised(candidate)
    ((lines, errors),) = candidate.ask("select count(*), count(error_code) from accounting.emissions")
    assert lines > 0 and errors == 0, f"{errors} of {lines} lines have an error"
    print(f"  {lines:,} emission lines of {FACILITIES} facilities")
    return f"accounting {readings:,} readings x {len(REGIMES)} regimes: {seconds:.1f} s, peak {peak:.1f} GiB"


def _company() -> Books:
    books = Books()
    for number in range(FACILITIES):
        books.facility(f"F{number:02d}", is_ets_boundary=True)
    for number in range(READINGS // DAYS + 1):
        stream_type, fuel, unit = KINDS[number % len(KINDS)]
        stream = books.stream(f"S{number:05d}", stream_type, fuel, f"F{number % FACILITIES:02d}")
        books.parameters.append(
            {"parameter_id": f"{stream}-A", "stream_id": stream, "kind": "activity_data", "unit": unit}
        )
        if fuel in HEAT_VALUES:
            heat = {"parameter_id": f"{stream}-N", "stream_id": stream, "kind": "ncv", "unit": HEAT_VALUES[fuel]}
            books.parameters.append(heat)
    on_already = ("gbt32150", "ghgp_location")
    books.upstream["settings.regimes"] = [{"regime": regime} for regime in REGIMES if regime not in on_already]
    return books


def _run(candidate: Candidate) -> float:
    """Peak GiB of dbt running the accounts' models, without their tests."""
    folders = ["--project-dir", DBT_PROJECT_DIR, "--profiles-dir", DBT_PROJECT_DIR]
    outputs = ["--target-path", candidate.file.parent / "target", "--log-path", candidate.file.parent / "logs"]
    flags = ["--no-send-anonymous-usage-stats", "--quiet", "--no-version-check", "--log-level-file", "none"]
    selected = ["run", "--select", "unit_ratios", "accounting"]
    command = [sys.executable, "-m", "dbt.cli.main", *flags, *selected, *folders, *outputs]
    environment = os.environ | {"TANKU_CANDIDATE": str(candidate.file), "PYTHONPATH": str(PROJECT_ROOT)}
    process = subprocess.Popen(list(map(str, command)), env=environment, stdout=sys.stderr)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the accounts' models failed")
    return usage.ru_maxrss / 2**20


def _itemised(candidate: Candidate) -> float:
    """Seconds from the first model to the last, as dbt counts them without its own start; the slowest are printed."""
    results = json.loads((candidate.file.parent / "target" / "run_results.json").read_text(encoding="utf-8"))
    print("accounting, itemised:")
    timed = [(one["execution_time"], one["unique_id"].split(".")[-1]) for one in results["results"]]
    for seconds, name in sorted(timed, reverse=True)[:8]:
        print(f"    {name:40} {seconds:6.2f} s")
    return results["elapsed_time"]
