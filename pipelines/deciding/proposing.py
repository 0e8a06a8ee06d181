"""Overrides, and the approvals and rejections that everything proposed waits for. Each call is one journal line.

Nothing takes effect here: the next build reads the journal, and SQL says which decision is in force.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from datetime import date

from pipelines import plan, units
from pipelines.archive import journal
from pipelines.asking import Row
from pipelines.deciding import standing
from pipelines.deciding.laying import id_of
from pipelines.deciding.people import DecisionError, holder, refuse_same
from pipelines.plan.cells import BadCell, Cell, typed
from pipelines.plan.fields import Kind
from pipelines.workspace import Workspace

_PERIOD = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


def override(
    workspace: Workspace, parameter_id: str, period: str, value: str, unit: str, reason: str, expires: date,
    name: str, as_of: date,
) -> tuple[str, Row]:  # fmt: skip
    """Propose `value` for one planned period; returns the decision's id and the period as it is published.

    period: `2024-05`, or a day where the parameter has several periods in that month. expires: the last date of account
    at which it holds. Raises DecisionError for an unknown parameter, period, unit or person, or a missing reason.
    """
    maker = holder(workspace, name, "override")
    planned = _planned(workspace, parameter_id, period)
    given = {
        "parameter_id": parameter_id,
        "period_start": planned["period_start"].isoformat(),
        "value": str(_number(value)),
        "unit": _unit(unit, planned["unit"]),
        "subject": f"{parameter_id}@{planned['period_start']}",
    }
    given |= reasoned(reason, expires, as_of)
    line = journal.append(workspace.journal, "override_proposed", **given, **maker.fields())
    return id_of(line), planned | {"value": given["value"], "value_unit": given["unit"]}


def approve(workspace: Workspace, decision_id: str, name: str, note: str, as_of: date) -> str:
    """Approve what another role holder proposed; returns its kind. Raises DecisionError unless it is pending."""
    found = _answerable(workspace, decision_id, as_of, ("pending",))
    other = holder(workspace, name, f"approve_{found['kind']}")
    refuse_same(found["person"], other)
    journal.append(
        workspace.journal, "decision_approved", decision_id=found["decision_id"], note=note.strip(), **other.fields()
    )
    return found["kind"]


def reject(workspace: Workspace, decision_id: str, name: str, reason: str, as_of: date) -> str:
    """Reject what is pending, or end what is in force; for good. Whoever made it may take it back so."""
    found = _answerable(workspace, decision_id, as_of, ("pending", "in_force"))
    other = holder(workspace, name, "reject")
    given = {"decision_id": found["decision_id"], "note": worded(reason)}
    journal.append(workspace.journal, "decision_rejected", **given, **other.fields())
    return found["kind"]


def approve_substitution(
    workspace: Workspace,
    parameter_id: str,
    month: str,
    rule_id: str,
    reason: str,
    expires: date,
    name: str,
    as_of: date,
) -> tuple[str, int]:
    """Approve what a rule filled: of one parameter and month, or (parameter_id and month '') all that `rule_id` fills.

    The substitution was made by the author of the plan version that holds the rule; the approver must be another.
    Returns the decision's id and how many published substitutions it covers. Raises DecisionError.
    """
    other = holder(workspace, name, "approve_substitution")
    day = _day(month, "2024-05") if parameter_id else None
    filled = standing.published(workspace, "substitutions")
    covered = [
        row
        for row in filled
        if (row["rule_id"] == rule_id if day is None else (row["parameter_id"], row["month"]) == (parameter_id, day))
    ]
    if not covered:
        raise _nothing_filled(filled, rule_id if day is None else f"{parameter_id} {month}", parameter_id)
    maker = _rule_author(workspace, day or max(row["month"] for row in covered))
    refuse_same(maker, other)
    given = {"parameter_id": parameter_id, "month": day.isoformat() if day else "", "rule_id": "" if day else rule_id}
    subject = f"{parameter_id}@{day}" if day else rule_id
    given |= {"subject": subject, "made_by": maker} | reasoned(reason, expires, as_of)
    line = journal.append(workspace.journal, "substitution_approved", **given, **other.fields())
    return id_of(line), len(covered)


def reasoned(reason: str, expires: date, as_of: date) -> dict[str, str]:
    """Reason and expiry as a journal line keeps them; DecisionError when one is missing or would never hold."""
    if expires < as_of:
        raise DecisionError(
            f"失效日期 {expires} 早于核算截止日 {as_of}，不会生效：请给出更晚的 --expires。",
            f"it would expire on {expires}, before the account's date {as_of}, and never hold: give a later --expires.",
        )
    return {"reason": worded(reason), "expires_on": expires.isoformat()}


def worded(text: str) -> str:
    """A reason, cause or note that somebody will read; DecisionError when there is none."""
    if not text.strip():
        raise DecisionError("必须写明原因或内容。", "say why: the text must not be empty.")
    return text.strip()


def near(name: str, known: Sequence[str]) -> str:
    """The names of `known` that are near to `name`, else the first of them: what a refusal tells."""
    return ", ".join(difflib.get_close_matches(name, known, n=5, cutoff=0.5) or known[:8]) or "–"


def month_of(text: str) -> date:
    """The first day of a month written `2024-05`; DecisionError."""
    found = _PERIOD.fullmatch(text.strip())
    if found and found[3] is None:
        return _day(text, "2024-05")
    raise _bad_period(text, "2024-05")


def _planned(workspace: Workspace, parameter_id: str, period: str) -> Row:
    """The one planned period that is meant."""
    first = _day(period, "2024-05 或/or 2024-05-01")
    is_month = len(period.strip()) == len("2024-05")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1) if is_month else first.fromordinal(
        first.toordinal() + 1
    )  # fmt: skip
    found = standing.published(workspace, "planned_periods", parameter_id, first, after)
    if len(found) == 1:
        return found[0]
    if found:
        raise DecisionError(
            f"{parameter_id} 在 {period} 有 {len(found)} 个期间（自 {found[0]['period_start']} 起）：请写明日期。",
            f"{parameter_id} has {len(found)} periods in {period}, from {found[0]['period_start']} on: give the day.",
        )
    known = [row["parameter_id"] for row in standing.published(workspace, "parameters")]
    if parameter_id in known:
        raise DecisionError(
            f"{parameter_id} 在 {period} 没有到期的期间：请核对月份与计划有效期。",
            f"nothing is due of {parameter_id} in {period}: check the month and the plan's validity.",
        )
    told = near(parameter_id, known)
    raise DecisionError(
        f"计划中没有参数 “{parameter_id}”；相近的有：{told}。",
        f"the plan has no parameter {parameter_id!r}; near: {told}.",
    )


def _number(text: str) -> object:
    try:
        value = typed(Cell(text), Kind.DECIMAL)
    except BadCell:
        value = None
    if value is None:
        raise DecisionError(
            f"“{text}” 不是数：只用数字、一个小数点和负号，小数不超过 12 位。",
            f"{text!r} is not a number: use digits, one point and a minus only, at most 12 decimals.",
        )
    return value


def _unit(text: str, planned: str) -> str:
    unit, target = units.unit_of(text), units.unit_of(planned)
    if unit is None or target is None or units.ratio(unit, target) is None:
        raise DecisionError(
            f"单位 “{text}” 不能换算为计划单位 {planned}：请用可换算的单位。",
            f"unit {text!r} cannot be converted into the plan's {planned}: use one that can.",
        )
    return unit.name


def _day(text: str, expected: str) -> date:
    found = _PERIOD.fullmatch(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else _refused(text, expected)
    except ValueError as error:
        raise _bad_period(text, expected) from error


def _refused(text: str, expected: str) -> date:
    raise _bad_period(text, expected)


def _bad_period(text: str, expected: str) -> DecisionError:
    return DecisionError(
        f"“{text}” 不是期间：请写成 {expected}。", f"{text!r} is not a period: write it like {expected}."
    )


def _answerable(workspace: Workspace, decision_id: str, as_of: date, states: Sequence[str]) -> Row:
    rows = standing.listed(standing.read(workspace), as_of, "standings")
    asked = decision_id.strip().upper()
    found = next((row for row in rows if row["decision_id"] == asked), None)
    if found and found["state"] in states:
        return found
    waiting = ", ".join(row["decision_id"] for row in rows if row["state"] == "pending") or "–"
    if found is None:
        raise DecisionError(
            f"没有需要批准的决定 “{decision_id}”；待批准：{waiting}。",
            f"there is no decision {decision_id!r} that waits for approval; waiting: {waiting}.",
        )
    raise DecisionError(
        f"{asked} 的状态是 {found['state']}，应为 {' 或 '.join(states)}；待批准：{waiting}。",
        f"{asked} is {found['state']}, not {' or '.join(states)}; waiting: {waiting}.",
    )


def _nothing_filled(filled: Sequence[Row], asked: str, parameter_id: str) -> DecisionError:
    if parameter_id:
        known = [f"{row['parameter_id']} {row['month']:%Y-%m}" for row in filled]
    else:
        known = [row["rule_id"] for row in filled]
    told = near(asked, list(dict.fromkeys(known)))
    return DecisionError(
        f"没有 “{asked}” 的替代；已发布的有：{told}。", f"nothing was substituted for {asked!r}; published are: {told}."
    )


def _rule_author(workspace: Workspace, day: date) -> str:
    controlled = plan.load(workspace)
    version = controlled.version_on(day) or controlled.version
    return next(row["author"] for row in controlled.rows("versions") if row["version"] == version)
