"""Small builds for the tests of this room: a workspace, files in its inbox, a warehouse of two tables that must agree."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from pipelines import publishing
from pipelines.publishing.manifest import BuildManifest
from pipelines.workspace import Workspace


def found(root: Path) -> Workspace:
    """An empty workspace with its folders and settings."""
    workspace = Workspace(root)
    for folder in workspace.folders():
        folder.mkdir(parents=True)
    workspace.settings_file.write_text("name = 1\n")
    return workspace


def drop(workspace: Workspace, files: dict[str, str]) -> None:
    """Lay files into the inbox, sub-folders as the names say."""
    for name, text in files.items():
        path = workspace.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def write_warehouse(file: Path, version: int, rows: int = 10) -> None:
    """A warehouse whose two marts both say `version`: a reader who sees them differ has seen half a build."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts")
        for table in ("first", "last"):
            connection.execute(
                f"create table marts.{table} as select {version}::bigint as version, i::decimal(18, 6) as quantity"
                f" from range({rows}) as r(i)"
            )
        connection.execute("checkpoint")


def versions_in(file: Path) -> set[tuple[int, int]]:
    """The versions the two marts of a warehouse show to a reader, each with its row count."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return {
            row
            for table in ("first", "last")
            for row in connection.execute(f"select version, count(*) from marts.{table} group by all").fetchall()
        }


def build(workspace: Workspace, version: int, made_before: Path | None = None) -> BuildManifest:
    """A whole build, published; from a warehouse made before, where many are needed quickly."""
    publishing.start_candidate(workspace, needed_bytes=0)
    if made_before:
        shutil.copyfile(made_before, workspace.candidate_warehouse)
    else:
        write_warehouse(workspace.candidate_warehouse, version)
    (workspace.candidate / "reports").mkdir()
    (workspace.candidate / "reports" / "inventory.html").write_text(f"version {version}")
    return publishing.publish(workspace)
