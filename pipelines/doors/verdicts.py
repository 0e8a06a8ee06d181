"""What the doors said, asked of a warehouse: one standing per control. It judges nothing; pipelines.doors does."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb

from pipelines import plan
from pipelines.workspace import Workspace


@dataclass(frozen=True)
class Control:
    """A control of the plan, as Dagster shows it. `severity`: E, W or I."""

    control_id: str
    severity: str
    description: str


@dataclass(frozen=True)
class Standing:
    """A control over all facilities and months: how many verdicts of each status."""

    counts: dict[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """No FAIL, no ERROR, nothing due that could not be judged, and at least one verdict; one due nowhere passes."""
        return bool(self.counts) and not any(self.counts.get(status) for status in ("FAIL", "ERROR", "MISSING"))


NEVER_RAN = Standing()


def controls(workspace: Workspace) -> list[Control]:
    """The plan's controls in their order; of one that is dated, its last row."""
    newest = {row["control_id"]: row for row in plan.load(workspace).rows("controls")}
    return [Control(name, row["severity"], f"{row['name_zh']} / {row['name_en']}") for name, row in newest.items()]


def standing(connection: duckdb.DuckDBPyConnection) -> dict[str, Standing]:
    """Each control's verdicts counted by status, from `doors.control_months`; NOT_DUE: the plan has nothing for it."""
    rows = connection.execute(
        """select control_id, case when status = 'MISSING' and due_count = 0 and month is null then 'NOT_DUE' else status end
        as standing, count(*) from doors.control_months group by control_id, standing"""
    ).fetchall()
    counted: dict[str, dict[str, int]] = {}
    for control_id, status, number in rows:
        counted.setdefault(control_id, {})[status] = number
    return {control_id: Standing(counts) for control_id, counts in counted.items()}
