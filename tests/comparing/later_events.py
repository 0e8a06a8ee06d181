"""Random later corrections of an enterprise's data: files retracted and restored, values overridden. It checks nothing."""

from __future__ import annotations

import random
from datetime import date

from pipelines import archive, deciding, warehouse
from pipelines.workspace import Workspace
from tests.deciding.ground import APPROVER, RECORDER

AS_OF, EXPIRES = date(2026, 2, 15), date(2099, 12, 31)
PLANNED = """
    select parameter_id, strftime(min(period_start), '%Y-%m'), any_value(unit) from readings.planned
    where kind = 'activity_data' and quantity is not null
    group by parameter_id, date_trunc('month', period_start) having count(*) = 1 order by all
"""


def correct(workspace: Workspace, chance: random.Random) -> str:
    """One correction that somebody makes long after the close; returns what it was."""
    kind = chance.choice(["retract", "restore", "override", "override"])
    standing = archive.history(workspace)
    retracted = [one for one in standing if one.event == "retracted"]
    if kind == "restore" and retracted:
        chosen = chance.choice(retracted)
        archive.restore(workspace, chosen.file_sha256, "复核后恢复")
        return f"restore {chosen.file_name}"
    if kind == "retract":
        chosen = chance.choice([one for one in standing if one.event == "received"])
        archive.retract(workspace, chosen.file_sha256, "来源有误")
        return f"retract {chosen.file_name}"
    with warehouse.reading(warehouse.published(workspace)) as connection:
        parameter, month, unit = chance.choice(connection.execute(PLANNED).fetchall())
    value = str(chance.randint(1, 5000))
    decision, _ = deciding.override(workspace, parameter, month, value, unit, "试", EXPIRES, RECORDER, AS_OF)
    deciding.approve(workspace, decision, APPROVER, "", AS_OF)
    return f"override {parameter} {month} {value} {unit}"
