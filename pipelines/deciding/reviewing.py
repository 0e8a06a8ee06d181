"""What people decide of a baseline's review (clause 7.4.2): keep, adjust or rebase. Each call is one journal line.

Which reviews there are, and the numbers drafted for them, is said by SQL; a decision waits for another person's approval
and takes effect with the next build. Nothing is computed here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pipelines.archive import journal
from pipelines.asking import Row
from pipelines.deciding import standing
from pipelines.deciding.laying import id_of
from pipelines.deciding.people import DecisionError, holder
from pipelines.deciding.proposing import near, worded
from pipelines.plan.cells import BadCell, Cell, typed
from pipelines.plan.fields import Kind
from pipelines.workspace import Workspace

DECISIONS = ("keep", "adjust", "rebase")
UNSETTLED = ("open", "proposed")


def reviews(workspace: Workspace, only_open: bool = False) -> list[Row]:
    """The published reviews, those that wait first; only_open: what nobody has decided."""
    rows = standing.published(workspace, "baseline_reviews")
    return [row for row in rows if not only_open or row["status"] in UNSETTLED]


def review(workspace: Workspace, review_id: str) -> Row:
    """One published review; DecisionError when there is none of that name."""
    rows = reviews(workspace)
    asked = review_id.strip()
    found = next((row for row in rows if row["review_id"].casefold() == asked.casefold()), None)
    if found is None:
        told = near(asked, [row["review_id"] for row in rows])
        raise DecisionError(
            f"没有基准复核 “{asked}”；相近的有：{told}。可用 tanku baseline review list 查看。",
            f"there is no baseline review {asked!r}; near: {told}. `tanku baseline review list` lists them.",
        )
    return found


def decide_review(
    workspace: Workspace, review_id: str, decision: str, reason: str, finding: str, value: str, effective_on: date | None,
    name: str, as_of: date,
) -> tuple[str, Row]:  # fmt: skip
    """Propose what a review comes to; returns the decision's id and the review with its new value.

    finding: that the data are not distorted, for `keep`. value: the new baseline for `adjust`, else the drafted one.
    effective_on: from when an adjustment holds, else the date of account. Raises DecisionError.
    """
    maker = holder(workspace, name, "baseline_review")
    if decision not in DECISIONS:
        known = ", ".join(DECISIONS)
        raise DecisionError(
            f"没有决定 “{decision}”；应为其一：{known}。", f"no decision {decision!r}; it is one of: {known}."
        )
    found = review(workspace, review_id)
    _refuse_settled(workspace, found, as_of)
    new_value = _new_value(found, decision, value)
    if decision == "keep":
        _refuse_without_finding(finding)
    else:
        _refuse_raise(found, decision, new_value)
    given = {
        "review_id": found["review_id"],
        "baseline_key": found["baseline_key"],
        "subject": found["review_id"],
        "decision": decision,
        "finding": finding.strip(),
        "old_value": f"{found['old_value']:f}",
        "new_value": "" if new_value is None else f"{new_value:f}",
        "effective_on": (effective_on or as_of).isoformat() if decision == "adjust" else "",
        "reason": worded(reason),
    }
    line = journal.append(workspace.journal, "baseline_review_decided", **given, **maker.fields())
    return id_of(line), found | {"new_value": new_value}


def _refuse_settled(workspace: Workspace, found: Row, as_of: date) -> None:
    if found["status"] in ("not_a_trigger", "settled_by_plan"):
        raise DecisionError(
            f"{found['review_id']} 无需决定：{found['note_zh']}。",
            f"{found['review_id']} needs no decision: {found['note_en']}.",
        )
    rows = standing.listed(standing.read(workspace), as_of, "standings")
    waiting = [
        row["decision_id"]
        for row in rows
        if (row["kind"], row["subject"], row["state"]) == ("baseline_review", found["review_id"], "pending")
    ]
    if waiting:
        told = ", ".join(waiting)
        raise DecisionError(
            f"{found['review_id']} 已有待批准的决定 {told}：请先 tanku approve {told}（或 --reject）。",
            f"{found['review_id']} has a decision that waits already, {told}: approve or reject it first (`tanku approve`).",
        )


def _new_value(found: Row, decision: str, value: str) -> Decimal | None:
    if decision == "keep":
        return found["old_value"]
    if not value.strip():
        drafted: Decimal | None = found["proposed_value"]
        if drafted is None and decision == "adjust":
            raise DecisionError(
                f"{found['review_id']} 没有测算出建议值（{found['note_zh']}）：请用 --value 给出，单位 {found['unit']}。",
                f"no value is drafted for {found['review_id']} ({found['note_en']}): give --value in {found['unit']}.",
            )
        return drafted
    try:
        given = typed(Cell(value), Kind.DECIMAL)
    except BadCell:
        given = None
    if given is None or given < 0:
        raise DecisionError(
            f"“{value}” 不是基准值：只用数字和一个小数点，不小于 0，小数不超过 12 位。",
            f"{value!r} is no baseline: digits and one point only, not below 0, at most 12 decimals.",
        )
    return given


def _refuse_without_finding(finding: str) -> None:
    if not finding.strip():
        raise DecisionError(
            "维持基准（keep）须记录数据未失真的认定：请用 --finding 写明依据。",
            "to keep a baseline takes a recorded finding that the data are not distorted: write it with --finding.",
        )


def _refuse_raise(found: Row, decision: str, new_value: Decimal | None) -> None:
    """What nothing but the operation explains never raises a baseline; a rebase to nobody knows where would."""
    if found["has_external_cause"]:
        return
    if new_value is None or new_value > found["old_value"]:
        raise DecisionError(
            f"{found['review_id']} 没有登记外部原因，是运行绩效变差：不得用 {decision} 调高基准。"
            "请查找原因并改进；确有外部变化的，先登记在 plan/events.csv 再构建。",
            f"{found['review_id']} has no external cause on record: the operation got worse, and {decision} must not raise"
            " the baseline. Find the cause and improve; if something did change, enter it in plan/events.csv and build.",
        )
