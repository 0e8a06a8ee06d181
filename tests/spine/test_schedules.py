"""When builds run: the close's date, the inbox sensor's patience, and which runs count as dead."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from pipelines import definitions, founding, jobs, status
from pipelines.archive import inbox
from pipelines.locking import BuildLock
from pipelines.workspace import Workspace


@dg.job(name=jobs.JOB)
def nothing() -> None:
    """Stands in for the build where only the record of a run matters."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(jobs, "SETTLE_SECONDS", 0.3)
    return founding.found(tmp_path / "enterprise")


@pytest.fixture
def instance(workspace: Workspace) -> Iterator[dg.DagsterInstance]:
    with jobs.instance_of(workspace) as instance:
        yield instance


def look(workspace: Workspace, instance: dg.DagsterInstance) -> dg.RunRequest | str:
    """One tick of the sensor: what it asks for, or why it does not."""
    with dg.build_sensor_context(instance) as context:
        data = jobs.sensor(workspace).evaluate_tick(context)
    return data.run_requests[0] if data.run_requests else data.skip_message or ""


def drop(workspace: Workspace, text: str = "1") -> Path:
    file = workspace.inbox / "a.csv"
    file.write_text(text)
    return file


def test_the_location_holds_the_graph_and_its_runs_can_be_configured(tmp_path: Path) -> None:
    location = definitions.definitions(founding.found(tmp_path / "enterprise", example=True))
    keys = {key.to_user_string() for key in location.resolve_asset_graph().get_all_asset_keys()}
    assert {"archive/received_files", "accounting/emissions", "marts/fct_inventory", "published/warehouse"} <= keys
    assert location.resolve_schedule_def("daily_build").job_name == jobs.JOB
    assert location.resolve_schedule_def("month_end_close").job_name == jobs.JOB
    assert location.resolve_sensor_def("inbox").job_name == jobs.JOB
    job = location.resolve_job_def(jobs.JOB)
    for config in ({}, jobs.run_config(None), jobs.run_config(datetime(2025, 3, 1).date())):
        assert dg.validate_run_config(job, config)
    with pytest.raises(dg.DagsterInvalidConfigError):
        dg.validate_run_config(job, {"ops": {"laid_down": {"config": {"as_of_date": "2025-03-01"}}}})


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_close_is_drawn_up_to_the_first_where_the_enterprise_is(workspace: Workspace, zone: str) -> None:
    settings = workspace.settings_file.read_text(encoding="utf-8").replace("Asia/Shanghai", zone)
    workspace.settings_file.write_text(settings, encoding="utf-8")
    close = next(one for one in jobs.schedules(Workspace(workspace.root)) if one.name == "month_end_close")
    assert close.execution_timezone == zone
    # Dagster hands the instant over in UTC, where the day may be another one
    due = datetime(2025, 3, 1, 8, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
    with dg.build_schedule_context(scheduled_execution_time=due) as context:
        (asked,) = close.evaluate_tick(context).run_requests or []
    assert asked.run_config["ops"]["laid_down"]["config"] == {"as_of": "2025-03-01"}


def test_an_empty_inbox_starts_nothing(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    (workspace.inbox / ".a.csv.swp").write_text("an editor's")
    assert "the inbox is empty" in str(look(workspace, instance))


def test_a_growing_file_is_waited_for(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    file, is_written = drop(workspace), threading.Event()

    def write() -> None:
        while not is_written.wait(0.05):
            file.write_text(file.read_text() + "2")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert "still growing: a.csv" in str(look(workspace, instance))
    finally:
        is_written.set()
        writer.join()
    asked = look(workspace, instance)
    assert isinstance(asked, dg.RunRequest)
    assert asked.run_config == jobs.run_config(None)


def test_many_growing_files_cost_one_wait(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    for number in range(40):
        (workspace.inbox / f"{number}.csv").write_text("1")
    started = time.monotonic()
    assert isinstance(look(workspace, instance), dg.RunRequest)
    assert time.monotonic() - started < 40 * jobs.SETTLE_SECONDS / 2


def test_the_same_files_start_one_build_and_changed_ones_another(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    drop(workspace)
    first, second = look(workspace, instance), look(workspace, instance)
    assert isinstance(first, dg.RunRequest) and isinstance(second, dg.RunRequest)
    assert first.run_key and first.run_key == second.run_key
    drop(workspace, "corrected")
    third = look(workspace, instance)
    assert isinstance(third, dg.RunRequest) and third.run_key != first.run_key


def test_no_build_is_started_beside_another(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    drop(workspace)
    with BuildLock(workspace.lock, "tanku build"):
        assert "a build is at work: tanku build (pid" in str(look(workspace, instance))
    run = instance.create_run_for_job(nothing, status=dg.DagsterRunStatus.NOT_STARTED)
    assert f"a build is at work: dagster run {run.run_id}" in str(look(workspace, instance))
    instance.report_run_canceled(run)
    assert isinstance(look(workspace, instance), dg.RunRequest)


def shown(workspace: Workspace) -> str:
    """The state of the last run as `tanku status` shows it."""
    return status.status(workspace)["last_runs"][-1].split()[-1]


@pytest.mark.parametrize("state", [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED])
def test_a_run_that_has_not_taken_the_lock_yet_is_not_dead(
    workspace: Workspace, instance: dg.DagsterInstance, state: dg.DagsterRunStatus
) -> None:
    instance.create_run_for_job(nothing, status=state)
    assert shown(workspace) == state.value
    drop(workspace)
    assert "a build is at work" in str(look(workspace, instance))
    assert shown(workspace) == state.value


@pytest.mark.parametrize("state", [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.NOT_STARTED])
def test_a_run_that_never_takes_the_lock_is_dead_in_the_end(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch, state: dg.DagsterRunStatus
) -> None:
    instance.create_run_for_job(nothing, status=state)
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        with monkeypatch.context() as patch:
            patch.setenv("TZ", zone)
            time.tzset()
            assert shown(workspace) == state.value
    time.tzset()
    monkeypatch.setattr(jobs, "START_SECONDS", -1)
    assert shown(workspace) == "FAILURE"


def test_whose_name_is_left_in_the_lock_is_dead(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    run = instance.create_run_for_job(nothing, status=dg.DagsterRunStatus.STARTED)
    left = {"pid": 1, "host": "h", "user": "u", "started_at": "2025-03-01", "what": f"dagster run {run.run_id}"}
    workspace.lock.write_text(json.dumps(left))
    assert inbox.waiting(workspace) == []
    assert "the inbox is empty" in str(look(workspace, instance))
    assert shown(workspace) == "FAILURE"
