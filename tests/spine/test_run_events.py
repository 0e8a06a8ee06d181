"""A run's events through the log that is kept open: the same as Dagster's own log holds, readable while the run lasts."""

from collections import Counter
from pathlib import Path

import dagster as dg
import pytest

from pipelines import founding, jobs
from pipelines.run_events import KeptOpenEventLog
from pipelines.workspace import Workspace

KEYS = [["marts", f"table_{number}"] for number in range(6)]


@dg.multi_asset(specs=[dg.AssetSpec(key) for key in KEYS], check_specs=[dg.AssetCheckSpec("sound", asset=KEYS[0])])
def tables(context: dg.AssetExecutionContext):
    seen = len(context.instance.all_logs(context.run.run_id))
    for key in KEYS:
        yield dg.MaterializeResult(asset_key=key, metadata={"seconds": 0.5})
        among = len(context.instance.all_logs(context.run.run_id))
        assert among > seen, "an event is there as soon as it has happened"
        seen = among
    yield dg.AssetCheckResult(asset_key=KEYS[0], check_name="sound", passed=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return founding.found(tmp_path / "enterprise")


def run(instance: dg.DagsterInstance) -> str:
    everything = dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks()
    definitions = dg.Definitions(assets=[tables], jobs=[dg.define_asset_job("build", selection=everything)])
    return definitions.resolve_job_def("build").execute_in_process(instance=instance).run_id


def events(instance: dg.DagsterInstance, run_id: str) -> Counter[str]:
    logged = instance.all_logs(run_id)
    return Counter(str(log.dagster_event_type) for log in logged if log.dagster_event)


def test_every_event_is_where_dagsters_own_log_has_it(workspace: Workspace) -> None:
    home = str(workspace.dagster_home)
    with jobs.instance_of(workspace) as instance:
        assert isinstance(instance.event_log_storage, KeptOpenEventLog)
        ours = run(instance)
        while_open = events(instance, ours)
        with dg.DagsterInstance.from_config(home) as plain:
            assert events(plain, ours) == while_open, "another process sees the run while this one has it open"
    with dg.DagsterInstance.from_config(home) as plain:
        theirs = run(plain)
        assert events(plain, ours) == events(plain, theirs) == while_open
        assert while_open["DagsterEventType.ASSET_MATERIALIZATION"] == len(KEYS)
        for key in KEYS:
            records = plain.fetch_materializations(dg.AssetKey(key), limit=10).records
            assert [record.run_id for record in records] == [theirs, ours]
        assert {record.dagster_run.status for record in plain.get_run_records()} == {dg.DagsterRunStatus.SUCCESS}


def test_no_write_ahead_log_is_left_behind(workspace: Workspace) -> None:
    with jobs.instance_of(workspace) as instance:
        run(instance)
    assert not list(workspace.dagster_home.rglob("*-wal"))
