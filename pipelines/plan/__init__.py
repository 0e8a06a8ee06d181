"""The data quality control plan (数据质量控制计划) as typed records. It reads `<workspace>/plan/` and writes nowhere.

A plan is read whole or not at all: everything that is wrong with it is collected and reported together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.plan import rules, sources
from pipelines.plan.differences import Change, UnknownVersion, differences
from pipelines.plan.problems import PlanError, Problem, Problems
from pipelines.plan.rows import typed_rows
from pipelines.plan.tables import TABLES, VERSIONS, schema_of, vocabularies
from pipelines.workspace import Workspace

__all__ = [
    "TABLES", "Change", "Plan", "PlanError", "Problem", "UnknownVersion", "differences", "load", "load_folder",
]  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """A plan without problems: each table of TABLES as Arrow, in the order of its file."""

    tables: Mapping[str, pa.Table]

    @property
    def version(self) -> str:
        """The newest version: the one that becomes valid last."""
        return max(self.rows(VERSIONS), key=lambda row: row["valid_from"])["version"]

    def version_on(self, day: date) -> str | None:
        """The version in force on `day`, or None when there was none (valid_from inclusive, valid_to exclusive)."""
        for row in self.rows(VERSIONS):
            if row["valid_from"] <= day and (row["valid_to"] is None or day < row["valid_to"]):
                return row["version"]
        return None

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A table's rows as dicts."""
        return self.tables[table].to_pylist()


def load(workspace: Workspace) -> Plan:
    """The workspace's plan; raises PlanError with every problem of it (file, line, field, what to do; zh and en)."""
    return load_folder(workspace.plan)


def load_folder(folder: Path) -> Plan:
    """The plan in `folder`; raises PlanError."""
    problems, known = Problems(), vocabularies()
    tables = typed_rows(sources.read(folder, problems), known, problems)
    rules.check(tables, known, problems)
    if problems.found:
        raise PlanError(problems.found)
    arrow = {
        name: pa.Table.from_pylist([row.values for row in rows], schema=schema_of(name))
        for name, rows in tables.items()
    }
    return Plan(arrow)
