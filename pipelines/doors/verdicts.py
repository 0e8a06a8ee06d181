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
        """No FAIL, no ERROR, and at least one verdict: a control that never ran has not passed."""
        return bool(self.counts) and not any(self.counts.get(status) for status in ("FAIL", "ERROR", "MISSING"))


NEVER_RAN = Standing()


def controls(workspace: Workspace) -> list[Control]:
    """The plan's controls in their order."""
    rows = plan.load(workspace).tables["controls"].to_pylist()
    return [Control(row["control_id"], row["severity"], f"{row['name_zh']} / {row['name_en']}") for row in rows]


def standing(connection: duckdb.DuckDBPyConnection) -> dict[str, Standing]:
    """Each control's verdicts counted by status, from `doors.control_months`."""
    rows = connection.execute(
        "select control_id, status, count(*) from doors.control_months group by control_id, status"
    ).fetchall()
    counted: dict[str, dict[str, int]] = {}
    for control_id, status, number in rows:
        counted.setdefault(control_id, {})[status] = number
    return {control_id: Standing(counts) for control_id, counts in counted.items()}
