"""The one @dbt_assets: dbt run inside this process, its results told to Dagster. It computes nothing itself.

In this process, because a killed build must take everything of it along: a dbt in a process of its own went on writing
the candidate for seconds after its parent had died.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines import parsed
from pipelines.workspace import DBT_PROJECT_DIR, Workspace

Tell = Callable[[str], None]
# Tests that need no node: materializations/soundness.sql asks them.
ASKED_ELSEWHERE = ("test_name:sound_rows",)


class ModelsFailed(Exception):
    """A model or a dbt test failed; the message lists each with dbt's own words."""


@dataclass(frozen=True)
class NodeResult:
    """One dbt node as it ended: its unique id, kind (model, seed, test, unit_test …), status and seconds."""

    unique_id: str
    kind: str
    status: str
    message: str
    seconds: float

    @property
    def is_failed(self) -> bool:
        return self.status in {"error", "fail", "runtime error"}


def environment(workspace: Workspace) -> None:
    """What dbt's profile reads, set for this process; telemetry and colours off."""
    os.environ.update(
        TANKU_CANDIDATE=str(workspace.candidate_warehouse),
        TANKU_GX_RESULTS=str(workspace.candidate / "gx"),
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
        DO_NOT_TRACK="1",
        GX_ANALYTICS_ENABLED="false",
    )


def manifest(workspace: Workspace) -> Path:
    """dbt's manifest for this workspace; parsed only where no parse of the same files is kept."""
    _parsed(workspace)
    return workspace.dbt_target / "manifest.json"


def run(workspace: Workspace, on_progress: Tell | None = None) -> list[NodeResult]:
    """Run every model and data test; raises ModelsFailed when one fails, after all not depending on it have run.

    Unit tests try the code on rows of their own, whatever was delivered: `make test` runs them, a build does not. What
    `sound_rows` asks of a table is asked where the table is made (materializations/table.sql): no node of its own.
    """
    command = ["--no-write-json", "build", "--exclude-resource-type", "unit_test", "--exclude", *ASKED_ELSEWHERE]
    results = [_node_result(result) for result in _invoke(workspace, command, on_progress).results]
    _raise_failures(results)
    return results


def account(workspace: Workspace, selected: list[str], left_out: list[str]) -> None:
    """Run only some models on what lies in the candidate, without tests; raises ModelsFailed when one fails."""
    command = ["--no-write-json", "run", "--select", *selected, "--exclude", *left_out]
    _raise_failures([_node_result(result) for result in _invoke(workspace, command).results])


def documentation(workspace: Workspace) -> Path:
    """dbt's own documentation of the models, on what lies in the candidate: one page that needs no network."""
    _invoke(workspace, ["docs", "generate", "--static"])
    return workspace.dbt_target / "static_index.html"


def _raise_failures(results: list[NodeResult]) -> None:
    failed = [result for result in results if result.is_failed]
    if failed:
        lines = "\n".join(f"  {result.unique_id}: {result.message}" for result in failed)
        raise ModelsFailed(f"模型或检验失败，未发布 / models or tests failed, nothing is published:\n{lines}")


def dbt_models(workspace: Workspace, progress: Tell) -> Any:
    """The dbt project as Dagster assets named schema/model; dbt's own tests stop the run, controls are checks apart."""
    import dagster as dg
    from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets, get_asset_key_for_model

    translator = DagsterDbtTranslator(settings=DagsterDbtTranslatorSettings(enable_asset_checks=False))

    @dbt_assets(manifest=manifest(workspace), dagster_dbt_translator=translator, name="dbt_models")
    def models() -> Iterator[Any]:
        for result in run(workspace, progress):
            if result.kind == "model":
                name = result.unique_id.rpartition(".")[2]
                yield dg.MaterializeResult(
                    asset_key=get_asset_key_for_model([models], name), metadata={"seconds": result.seconds}
                )

    return models


def _parsed(workspace: Workspace) -> Any:
    """The project as dbt parsed it."""
    return parsed.lay_down(workspace.dbt_target, lambda: _ran(workspace, ["parse"]))


def _invoke(workspace: Workspace, command: list[str], on_progress: Tell | None = None) -> Any:
    outcome = _ran(workspace, command, _parsed(workspace), on_progress)
    _release_warehouse()
    return outcome


def _ran(workspace: Workspace, command: list[str], project: Any = None, on_progress: Tell | None = None) -> Any:
    from dbt.cli.main import dbtRunner

    environment(workspace)
    callbacks = [lambda event: _tell(event, on_progress)] if on_progress else []
    folders = ["--project-dir", DBT_PROJECT_DIR, "--profiles-dir", DBT_PROJECT_DIR]
    outputs = ["--target-path", workspace.dbt_target, "--log-path", workspace.dbt_target / "logs"]
    flags = ["--quiet", "--log-level-file", "none", "--no-version-check"]
    runner = dbtRunner(manifest=project, callbacks=callbacks)
    outcome: Any = runner.invoke([*flags, *command, *map(str, folders + outputs)])
    if outcome.exception is not None:
        _release_warehouse()
        raise ModelsFailed(f"dbt 未能运行 / dbt could not run: {outcome.exception}") from outcome.exception
    return outcome.result


def _release_warehouse() -> None:
    """dbt-duckdb keeps the file open for the life of the process; whoever seals it must be the only one."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()
    # A Python model's cursor and its relations stand in reference cycles, and each of them keeps the database open.
    gc.collect()


def _tell(event: Any, on_progress: Tell) -> None:
    if event.info.name in {"LogModelResult"}:
        on_progress(f"{event.data.index}/{event.data.total} {event.data.node_info.node_name}")


def _node_result(result: Any) -> NodeResult:
    return NodeResult(
        unique_id=result.node.unique_id,
        kind=str(result.node.resource_type),
        status=str(result.status),
        message=str(result.message or ""),
        seconds=round(result.execution_time, 3),
    )
