"""What people do about a non-conformity (clause 11.1): cause and correction, and the look at what is alike elsewhere.

Which non-conformities there are, and whether one may be closed, is said by SQL from the verdicts and from these lines.
"""

from __future__ import annotations

from pipelines import plan
from pipelines.archive import journal
from pipelines.asking import Row
from pipelines.deciding import standing
from pipelines.deciding.laying import id_of
from pipelines.deciding.people import DecisionError, holder
from pipelines.deciding.proposing import near, worded
from pipelines.workspace import Workspace

UNSETTLED = ("open", "reopened", "corrected")


def nonconformities(workspace: Workspace, only_open: bool = False) -> list[Row]:
    """The published non-conformities; only_open: those that are not closed."""
    rows = standing.published(workspace, "nonconformities")
    return [row for row in rows if not only_open or row["status"] in UNSETTLED]


def correct(workspace: Workspace, nonconformity_id: str, cause: str, correction: str, version: str, name: str) -> str:
    """Journal cause and correction, and the plan version made for it ('' for none); returns the decision's id.

    It covers the failures up to the last one published; a later one reopens it. Raises DecisionError.
    """
    person = holder(workspace, name, "correct")
    found = _found(workspace, nonconformity_id)
    versions = [row["version"] for row in plan.load(workspace).rows("versions")]
    if version and version not in versions:
        told = ", ".join(versions)
        raise DecisionError(
            f"计划没有版本 “{version}”；有：{told}。请先在 plan.toml 登记。",
            f"the plan has no version {version!r}; there are: {told}. Enter it in plan.toml first.",
        )
    given = {"cause": worded(cause), "correction": worded(correction), "plan_version": version}
    line = journal.append(
        workspace.journal, "nonconformity_corrected", **_failure(found), **given, **person.fields()
    )  # fmt: skip
    return id_of(line)


def scanned(workspace: Workspace, nonconformity_id: str, note: str, name: str) -> tuple[str, list[Row]]:
    """Journal that a person looked at the look-alikes; returns the decision's id and what there was to look at."""
    person = holder(workspace, name, "scan")
    found = _found(workspace, nonconformity_id)
    rows = standing.published(workspace, "similar_failures", found["nonconformity_id"])
    count = sum(1 for row in rows if row["result"] == "found" and not row["is_own_facility"])
    line = journal.append(
        workspace.journal, "nonconformity_scanned", **_failure(found), found_count=count, note=note.strip(),
        **person.fields(),
    )  # fmt: skip
    return id_of(line), rows


def _found(workspace: Workspace, nonconformity_id: str) -> Row:
    rows = nonconformities(workspace)
    asked = nonconformity_id.strip()
    for row in rows:
        if row["nonconformity_id"].casefold() == asked.casefold():
            return row
    told = near(asked, [row["nonconformity_id"] for row in rows])
    raise DecisionError(
        f"没有不符合项 “{asked}”；相近的有：{told}。", f"there is no non-conformity {asked!r}; near: {told}."
    )


def _failure(found: Row) -> dict[str, str]:
    return {
        "nonconformity_id": found["nonconformity_id"],
        "control_id": found["control_id"],
        "facility_id": found["facility_id"] or "",
        "first_failed_month": found["first_failed_month"].isoformat(),
        "failed_until": found["last_failed_month"].isoformat(),
    }
