"""When builds run: the schedules, the inbox sensor, the run lock, and the reaping of runs whose process has died.

What a build does stands in definitions.py.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
from pydantic import PrivateAttr

from pipelines import locking
from pipelines.archive import inbox
from pipelines.durable import DiskFull, naming_full_disk
from pipelines.workspace import Workspace

JOB = "build"
RUNNING = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.CANCELING]
SETTLE_SECONDS = 10


class BuildLockResource(dg.ConfigurableResource):
    """One build at a time, whoever starts it: held from before the first step to after the last.

    Runs that Dagster still calls started while the lock was free belong to dead processes: they are marked failed.
    """

    root: str
    _held: Any = PrivateAttr(default=None)

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        self._held = locking.BuildLock(Workspace.at(self.root).lock, what=f"dagster run {context.run_id}")
        self._held.acquire()
        if context.instance is not None:
            reap(context.instance, alive=context.run_id)

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        self._held.release()


def reap(instance: dg.DagsterInstance, alive: str | None = None) -> list[str]:
    """Mark every unfinished build but `alive` as failed; call it only while the build lock is yours."""
    runs = instance.get_runs(filters=dg.RunsFilter(job_name=JOB, statuses=RUNNING))
    dead = [run for run in runs if run.run_id != alive]
    for run in dead:
        instance.report_run_failed(run, "进程已不在，构建中断。 / The build's process is gone: interrupted.")
    return [run.run_id for run in dead]


def reap_if_idle(workspace: Workspace) -> None:
    """Reap when nobody holds the lock: `tanku status` and the sensor call it, so that no dead run shows as running.

    On a full disk it waits for the next time: who looks must not be refused for it.
    """
    with (
        contextlib.suppress(locking.BuildLocked, DiskFull),
        naming_full_disk(workspace.dagster_home),
        locking.BuildLock(workspace.lock, what=None),
        instance_of(workspace) as instance,
    ):
        reap(instance)


@contextlib.contextmanager
def instance_of(workspace: Workspace) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance in the workspace: where runs are recorded, whoever starts them."""
    with dg.DagsterInstance.from_config(str(workspace.dagster_home)) as instance:
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
    """Starts a build when files lie in the inbox and have stopped growing."""

    @dg.sensor(name="inbox", job_name=JOB, minimum_interval_seconds=30)
    def inbox_sensor() -> Iterator[dg.RunRequest | dg.SkipReason]:
        reap_if_idle(workspace)
        waiting = inbox.waiting(workspace)
        growing = [path for path in waiting if not inbox.is_settled(path, SETTLE_SECONDS)]
        if not waiting:
            yield dg.SkipReason("收件箱是空的 / the inbox is empty")
        elif growing:
            yield dg.SkipReason(f"仍在写入 / still growing: {growing[0].name}")
        else:
            yield dg.RunRequest(run_key=None)

    return inbox_sensor
