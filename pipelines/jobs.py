"""When builds run: the schedules, the inbox sensor, the run lock, and the reaping of runs whose process has died.

What a build does stands in definitions.py.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
from dagster._core.instance import InstanceRef
from pydantic import PrivateAttr

from pipelines import locking
from pipelines.archive import inbox
from pipelines.durable import DiskFull, naming_full_disk
from pipelines.workspace import Workspace

JOB = "build"
RUNNING = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.CANCELING]
WAITING = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED]
SETTLE_SECONDS = 10
# As long as the instance's run monitoring gives a run to start (founding.DAGSTER).
START_SECONDS = 180


class BuildLockResource(dg.ConfigurableResource):
    """One build at a time, whoever starts it: held from before the first step to after the last.

    Runs that Dagster still calls started when it is taken belong to dead processes: they are marked failed.
    """

    root: str
    _held: Any = PrivateAttr(default=None)

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        self._held = locking.BuildLock(Workspace.at(self.root).lock, what=_name_of(context.run_id))
        self._held.acquire()
        if context.instance is not None:
            reap(context.instance, alive=context.run_id)

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        self._held.release()


def reap(instance: dg.DagsterInstance, alive: str | None) -> None:
    """Mark every unfinished build but `alive`, which holds the build lock, as failed: no other can go on.

    One that has not begun may only be on its way to the queue; it is dead when it has been that for too long.
    """
    for record in _unfinished(instance):
        has_begun = record.dagster_run.status in RUNNING
        if record.dagster_run.run_id != alive and (has_begun or _is_overdue(record)):
            _bury(instance, record)


def reap_if_idle(workspace: Workspace) -> None:
    """Mark dead builds as failed when nobody holds the lock: `tanku status` and the sensor call it.

    A free lock alone proves no death: a run that starts has not taken it yet. Dead is whose name is left in the lock, and
    who never took it in the time that starting may take. On a full disk it waits for the next time: who looks is not
    refused for it.
    """
    lock = locking.BuildLock(workspace.lock, what=None)
    with (
        contextlib.suppress(locking.BuildLocked, DiskFull),
        naming_full_disk(workspace.dagster_home),
        lock,
        instance_of(workspace) as instance,
    ):
        for record in _unfinished(instance):
            if _is_named(lock.interrupted, record) or _is_overdue(record):
                _bury(instance, record)


def _unfinished(instance: dg.DagsterInstance) -> Sequence[dg.RunRecord]:
    statuses = [*RUNNING, dg.DagsterRunStatus.NOT_STARTED]
    return instance.get_run_records(filters=dg.RunsFilter(job_name=JOB, statuses=statuses))


def _bury(instance: dg.DagsterInstance, record: dg.RunRecord) -> None:
    instance.report_run_failed(record.dagster_run, "进程已不在，构建中断。 / The build's process is gone: interrupted.")


def _is_named(holder: locking.Holder | None, record: dg.RunRecord) -> bool:
    return holder is not None and holder.what == _name_of(record.dagster_run.run_id)


def _is_overdue(record: dg.RunRecord) -> bool:
    return (datetime.now(UTC) - record.update_timestamp.astimezone(UTC)).total_seconds() > START_SECONDS


def _name_of(run_id: str | None) -> str:
    """What a run is called in the build lock."""
    return f"dagster run {run_id}"


@contextlib.contextmanager
def instance_of(workspace: Workspace) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance in the workspace: where runs are recorded, whoever starts them."""
    home = str(workspace.dagster_home)
    kept_open = {"module": "pipelines.run_events", "class": "KeptOpenEventLog"}
    events = {**kept_open, "config": {"base_dir": str(workspace.dagster_home / "history" / "runs")}}
    with dg.DagsterInstance.from_ref(InstanceRef.from_dir(home, overrides={"event_log_storage": events})) as instance:
        yield instance


def build_job() -> Any:
    """Everything from the inbox to the published warehouse, in one process."""
    return dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks(),
        executor_def=dg.in_process_executor,
        tags={"dagster/max_runtime": 4 * 3600},
        description="从收件箱到发布。 / From the inbox to the published warehouse.",
    )


def schedules(workspace: Workspace) -> list[dg.ScheduleDefinition]:
    """A build every morning; and a close on the 1st, drawn up to that day so that exactly the ended months are due."""
    zone = workspace.settings.time_zone

    def month_end(context: dg.ScheduleEvaluationContext) -> dict[str, Any]:
        return run_config(context.scheduled_execution_time.astimezone(ZoneInfo(zone)).date())

    return [
        dg.ScheduleDefinition(name="daily_build", job_name=JOB, cron_schedule="30 5 * * *", execution_timezone=zone),
        dg.ScheduleDefinition(
            name="month_end_close",
            job_name=JOB,
            cron_schedule="0 8 1 * *",
            execution_timezone=zone,
            run_config_fn=month_end,
        ),
    ]


def run_config(as_of: date | None) -> dict[str, Any]:
    """A run's configuration: the date the account is drawn up to, or the workspace's own.

    Dagster's console log is for those who write Dagster; a person hears our own words, the run's page has the rest.
    """
    return {
        "ops": {"laid_down": {"config": {"as_of": as_of.isoformat() if as_of else ""}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }


def sensor(workspace: Workspace) -> dg.SensorDefinition:
    """Starts a build when files lie in the inbox and have stopped growing, and no other build is at work.

    For the same files once: one that cannot be taken in (nobody may read it) must not start a build every half minute.
    """

    @dg.sensor(name="inbox", job_name=JOB, minimum_interval_seconds=30)
    def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        reap_if_idle(workspace)
        waiting = inbox.waiting(workspace)
        if not waiting:
            return dg.SkipReason("收件箱是空的 / the inbox is empty")
        if busy := locking.holder(workspace.lock) or _any_run(context.instance):
            return dg.SkipReason(f"已有构建在进行 / a build is at work: {busy}")
        whole = inbox.settled(waiting, SETTLE_SECONDS)
        if growing := [path.name for path in waiting if path not in whole]:
            return dg.SkipReason(f"仍在写入 / still growing: {growing[0]}")
        return dg.RunRequest(run_key=_key_of(waiting), run_config=run_config(None))

    return inbox_sensor


def _any_run(instance: dg.DagsterInstance) -> str | None:
    """A build that waits its turn or has not taken the lock yet."""
    runs = instance.get_runs(filters=dg.RunsFilter(job_name=JOB, statuses=[*WAITING, *RUNNING]), limit=1)
    return _name_of(runs[0].run_id) if runs else None


def _key_of(waiting: Sequence[Path]) -> str:
    """The same for the same files: other bytes, or the same laid there again, have another look from outside."""
    seen = repr([(str(path), inbox.look(path)) for path in waiting])
    return hashlib.sha256(os.fsencode(seen)).hexdigest()
