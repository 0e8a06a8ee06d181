"""One headless build: the same Dagster job that the schedule runs, with its outcome in plain words.

It decides whether there is anything to build; what a build does stands in definitions.py.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipelines import candidate, publishing
from pipelines.archive import inbox
from pipelines.durable import DiskFull, naming_full_disk
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """What came of a build: the published build's id, and whether anything had to be done for it."""

    build_id: str
    is_unchanged: bool


class BuildFailed(Exception):
    """The build stopped and nothing was published; the cause is chained, the message is bilingual."""


def build(workspace: Workspace, as_of: date | None = None, tell: Callable[[str], None] | None = None) -> Outcome:
    """Bring what is published up to date with what is written down.

    Raises BuildLocked when another build holds the workspace, DiskFull, PlanError, ModelsFailed, or BuildFailed.
    Inputs unchanged by hash: answered without starting Dagster or dbt.
    """
    day = candidate.reporting_date(workspace, as_of)
    standing = publishing.published_build(workspace)
    if (
        standing
        and not inbox.waiting(workspace)
        and standing.fingerprint == publishing.input_fingerprint(workspace, day)
    ):
        return Outcome(standing.build_id, is_unchanged=True)
    _run(workspace, day, tell)
    made = publishing.published_build(workspace)
    if made is None:
        raise BuildFailed("构建结束但没有发布。 / the build ended without publishing.")
    return Outcome(made.build_id, is_unchanged=False)


def _run(workspace: Workspace, as_of: date, tell: Callable[[str], None] | None) -> None:
    # Importing and parsing make millions of objects that stay; looking through them again and again costs a second.
    gc.set_threshold(100_000, 50, 100)
    from pipelines import definitions, jobs

    graph = definitions.definitions(workspace, tell)
    with jobs.instance_of(workspace) as instance:
        job = graph.resolve_job_def(jobs.JOB)
        # What is there by now stays: the collection that lets go of the warehouse need not look through it.
        gc.freeze()
        try:
            with naming_full_disk(workspace.builds):
                job.execute_in_process(instance=instance, run_config=jobs.run_config(as_of))
        except Exception as error:
            raise _own_words(error) from error


def _own_words(error: BaseException) -> BaseException:
    """The innermost of our own exceptions: Dagster wraps what a step raises. A chain of causes may run in a circle."""
    cause: BaseException | None = error
    chain: list[BaseException] = []
    while cause is not None and not any(cause is one for one in chain):
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    ours = [one for one in chain if type(one).__module__.startswith("pipelines.")]
    # A model that could not be written says so in DuckDB's words; what the reader has to do is make room.
    ours = [one for one in ours if isinstance(one, DiskFull)] or ours
    if ours:
        return ours[-1]
    told = [one for one in chain if not type(one).__module__.startswith("dagster")] or chain
    return BuildFailed(f"构建失败 / the build failed: {type(told[0]).__name__}: {told[0]}")
