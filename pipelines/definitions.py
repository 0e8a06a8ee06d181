"""The whole Dagster graph on one screen: inbox → archive → lake → models → doors → reports → published.

No work is done here; each asset calls the room that does it.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date

import dagster as dg

from pipelines import archive, candidate, deciding, documents, jobs, models, publishing, reports, warehouse
from pipelines.doors import verdicts
from pipelines.workspace import Workspace

PLAN_TABLES = (
    "facilities",
    "streams",
    "meters",
    "parameters",
    "calibrations",
    "laboratories",
    "controls",
    "tasks",
    "roles",
    "subjects",
    "baselines",
    "warnings",
    "events",
    "event_emissions",
    "targets",
    "target_steps",
    "measures",
    "evaluations",
    "versions",
)
GROUP = {"lake": "files_in", "archive": "files_in", "plan": "plan", "settings": "plan", "decisions": "plan"}


class BuildRequest(dg.Config):
    """What a run may be asked for: the date the account is drawn up to (`YYYY-MM-DD`), else the workspace's own."""

    as_of: str = ""

    def date(self) -> date | None:
        return date.fromisoformat(self.as_of) if self.as_of else None


def definitions(workspace: Workspace, tell: Callable[[str], None] | None = None) -> dg.Definitions:
    """The graph of one workspace. `tell` hears what is being done, for people who wait."""
    say = tell or (lambda line: print(line, file=sys.stderr))
    dbt = models.dbt_models(workspace, say)
    return dg.Definitions(
        assets=[
            _deliveries(workspace),
            _laid_down(workspace, say),
            dbt,
            _reports(workspace, dbt),
            _published(workspace),
        ],
        asset_checks=[_control_checks(workspace)],
        jobs=[jobs.build_job()],
        schedules=jobs.schedules(workspace),
        sensors=[jobs.sensor(workspace)],
        resources={"build_lock": jobs.BuildLockResource(root=str(workspace.root))},
        executor=dg.in_process_executor,
    )


def _deliveries(workspace: Workspace) -> dg.AssetsDefinition:
    @dg.asset(
        key=["archive", "received_files"],
        group_name="files_in",
        required_resource_keys={"build_lock"},
        description="收到的文件，按 SHA-256 归档，逐条记入日志。 / Files as received, by SHA-256, each in the journal.",
    )
    def received_files() -> dg.MaterializeResult:
        taken = archive.take_in(workspace)
        return dg.MaterializeResult(metadata={"files": len(taken)})

    return received_files


def _laid_down(workspace: Workspace, say: Callable[[str], None]) -> dg.AssetsDefinition:
    paths = [("lake", name) for name in warehouse.lake_schemas()] + [("archive", "deliveries")]
    paths += [("plan", name) for name in PLAN_TABLES] + [
        ("settings", name) for name in ("build", "regimes", "allowance")
    ]
    paths += [("decisions", name) for name in deciding.TABLES]
    specs = [
        dg.AssetSpec(key=list(path), deps=[["archive", "received_files"]], group_name=GROUP[path[0]]) for path in paths
    ]

    @dg.multi_asset(specs=specs, name="laid_down", required_resource_keys={"build_lock"})
    def laid_down(config: BuildRequest) -> Iterator[dg.MaterializeResult]:
        candidate.lay_down(workspace, candidate.reporting_date(workspace, config.date()), say)
        for spec in specs:
            yield dg.MaterializeResult(asset_key=spec.key)

    return laid_down


def _reports(workspace: Workspace, dbt: dg.AssetsDefinition) -> dg.AssetsDefinition:
    specs = [
        dg.AssetSpec(
            key=["reports", name], deps=[key for key in dbt.keys if key.path[0] == "marts"], group_name="reports"
        )
        for name in ("inventory", "data_quality", "performance", "control_plan")
    ]

    @dg.multi_asset(specs=specs, name="written_reports", required_resource_keys={"build_lock"})
    def written_reports() -> Iterator[dg.MaterializeResult]:
        with warehouse.reading(workspace.candidate_warehouse) as connection:
            pages = reports.write_all(connection, workspace.candidate / "reports", workspace.drawings)
            pages += documents.write_plan(connection, workspace.candidate / "reports")
            pages += documents.write_workbooks(connection, workspace.candidate / "reports")
        for spec in specs:
            yield dg.MaterializeResult(asset_key=spec.key, metadata={"pages": [page.name for page in pages]})

    return written_reports


def _published(workspace: Workspace) -> dg.AssetsDefinition:
    @dg.asset(
        key=["published", "warehouse"],
        deps=[["reports", name] for name in ("inventory", "data_quality", "performance", "control_plan")],
        group_name="published",
        required_resource_keys={"build_lock"},
        description="封存并发布：读者只见完整的一版。 / Sealed and published: readers only ever see a whole build.",
    )
    def published_warehouse() -> dg.MaterializeResult:
        candidate.finish(workspace)
        manifest = publishing.publish(workspace)
        return dg.MaterializeResult(metadata={"build_id": manifest.build_id})

    return published_warehouse


def _control_checks(workspace: Workspace) -> dg.AssetChecksDefinition:
    door = dg.AssetKey(["doors", "control_months"])
    controls = verdicts.controls(workspace)
    specs = [
        dg.AssetCheckSpec(name=control.control_id, asset=door, description=control.description) for control in controls
    ]

    @dg.multi_asset_check(specs=specs, name="controls")
    def checks() -> Iterator[dg.AssetCheckResult]:
        with warehouse.reading(workspace.candidate_warehouse) as connection:
            standing = verdicts.standing(connection)
        for control in controls:
            verdict = standing.get(control.control_id, verdicts.NEVER_RAN)
            yield dg.AssetCheckResult(
                asset_key=door,
                check_name=control.control_id,
                passed=verdict.passed,
                severity=dg.AssetCheckSeverity.ERROR if control.severity == "E" else dg.AssetCheckSeverity.WARN,
                metadata=verdict.counts,
            )

    return checks
