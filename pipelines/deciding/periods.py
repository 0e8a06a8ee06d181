"""A facility's month on its way: calculated, reviewed, submitted, verified; a verifier's figures and findings beside it.

The order of the states and who may take which stand in seeds/every_sector (period_states, decision_duties); what a month
comes to, and whether it is reportable, is read off the published marts.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pipelines import rules
from pipelines.archive import journal
from pipelines.archive.closed_periods import closed_periods
from pipelines.asking import Row
from pipelines.deciding import standing
from pipelines.deciding.laying import id_of
from pipelines.deciding.people import DecisionError, Holder, holder
from pipelines.deciding.proposing import month_of, near, worded
from pipelines.plan.cells import BadCell, Cell, typed
from pipelines.plan.fields import Kind
from pipelines.publishing import published_id
from pipelines.workspace import Workspace

_DECIMALS = 6


class NotReportable(DecisionError):
    """The month is incomplete: its data did not pass."""

    exit_code = 1


def states(workspace: Workspace, facility_id: str | None = None, month: str | None = None) -> list[Row]:
    """The published months with their states and figures, one row a regime."""
    return standing.published(workspace, "period_states", facility_id, month_of(month) if month else None)


def positions(workspace: Workspace) -> list[Row]:
    """Where every facility's month stands by the journal, whatever is published."""
    return standing.listed(standing.read(workspace), date.max, "period_positions")


def advance(
    workspace: Workspace, month: str, state: str, facility_id: str, name: str, despite: str, as_of: date
) -> tuple[str, list[Row]]:
    """Take a facility's month to `state`; returns the decision's id and the month as published, a row a regime.

    despite: why all the same, for a month that is not reportable, or to calculate one again that was further on. Raises
    DecisionError for a closed month, a wrong order or person, NotReportable (exit code 1) for an incomplete month.
    """
    order = {row["state"]: row for row in rules.rows("period_states")}
    if state not in order:
        raise DecisionError(
            f"没有状态 “{state}”；有：{' → '.join(order)}。", f"no state {state!r}; {' → '.join(order)}."
        )
    person = holder(workspace, name, state)
    day = month_of(month)
    months = _published_months(workspace, facility_id, day)
    _refuse_closed(workspace, facility_id, day)
    found = standing.listed(standing.read(workspace), as_of, "period_position", facility_id, day)
    position = found[0] if found else None
    _refuse_order(list(order), state, position, despite)
    _refuse_same_person(order[state]["differs_from"], state, position, person)
    if order[state]["must_be_reportable"] == "true" and not despite.strip():
        _refuse_incomplete(months, month, state)
    if state == "verified":
        _refuse_open_findings(workspace, facility_id, day, as_of)
    figures = {row["regime"]: f"{row['emissions_tco2e']:f}" for row in months if row["emissions_tco2e"] is not None}
    given = {
        "facility_id": facility_id,
        "month": day.isoformat(),
        "state": state,
        "despite": despite.strip(),
        "build_id": published_id(workspace) or "",
        "figures": figures if state == "submitted" else {},
    }
    line = journal.append(workspace.journal, "period_advanced", **given, **person.fields())
    return id_of(line), months


def verified_figure(
    workspace: Workspace, month: str, facility_id: str, regime: str, tonnes: str, verifier: str, note: str, name: str
) -> tuple[str, Row]:
    """Journal what a verifier found a month to come to, t CO2e; returns the decision's id and the month as published."""
    person = holder(workspace, name, "verified_figure")
    months = _published_months(workspace, facility_id, month_of(month))
    found = next((row for row in months if row["regime"] == regime), None)
    if found is None:
        told = near(regime, [row["regime"] for row in months])
        raise DecisionError(
            f"该月没有按 “{regime}” 核算；有：{told}。", f"no account under {regime!r}; there are: {told}."
        )
    given = {"facility_id": facility_id, "month": found["month"].isoformat(), "regime": regime}
    given |= {"tco2e": str(_tonnes(tonnes)), "verifier": worded(verifier), "note": note.strip()}
    line = journal.append(workspace.journal, "figure_verified", **given, **person.fields())
    return id_of(line), found


def add_finding(workspace: Workspace, month: str, facility_id: str, text: str, verifier: str, name: str) -> str:
    """Journal a verifier's finding about a facility's month; returns its id."""
    person = holder(workspace, name, "finding")
    day = month_of(month)
    _published_months(workspace, facility_id, day)
    given = {"facility_id": facility_id, "month": day.isoformat(), "verifier": worded(verifier), "text": worded(text)}
    return id_of(journal.append(workspace.journal, "finding_added", **given, **person.fields()))


def answer_finding(workspace: Workspace, finding_id: str, text: str, name: str, closes: bool, as_of: date) -> str:
    """Journal a reply to a finding that is not closed, or its closing; returns the decision's id."""
    person = holder(workspace, name, "finding")
    rows = findings(workspace, as_of)
    still_open = [row["finding_id"] for row in rows if row["status"] != "closed"]
    asked = finding_id.strip().upper()
    if asked not in still_open:
        told = ", ".join(still_open) or "–"
        raise DecisionError(
            f"没有未关闭的核查发现 “{finding_id}”；未关闭的有：{told}。",
            f"there is no open finding {finding_id!r}; open are: {told}.",
        )
    event = "finding_closed" if closes else "finding_replied"
    return id_of(journal.append(workspace.journal, event, finding_id=asked, text=worded(text), **person.fields()))


def findings(workspace: Workspace, as_of: date) -> list[Row]:
    """Every finding of the journal with its replies, oldest first."""
    return standing.listed(standing.read(workspace), as_of, "findings")


def _published_months(workspace: Workspace, facility_id: str, day: date) -> list[Row]:
    found = standing.published(workspace, "period_states", facility_id, day)
    if found:
        return found
    known = standing.published(workspace, "period_states", None, None)
    facilities = near(facility_id, list(dict.fromkeys(row["facility_id"] for row in known)))
    months = sorted({row["month"] for row in known if row["facility_id"] == facility_id})
    told = f"{months[0]:%Y-%m} … {months[-1]:%Y-%m}" if months else facilities
    raise DecisionError(
        f"{facility_id} 在 {day:%Y-%m} 没有核算结果；有：{told}。请核对，或先运行 tanku build。",
        f"nothing is accounted of {facility_id} in {day:%Y-%m}; there is: {told}. Check it, or run `tanku build` first.",
    )


def _refuse_closed(workspace: Workspace, facility_id: str, day: date) -> None:
    """What is closed stays as it was reported; what comes later is a restatement beside it."""
    for name, line in closed_periods(workspace.journal).items():
        # a line of an older workspace closes a build only, and names no days
        span = (line.get("since", ""), line.get("until", ""))
        if facility_id in line.get("facilities", []) and span[0] <= day.isoformat() < span[1]:
            raise DecisionError(
                f"{facility_id} {day:%Y-%m} 已在期间 {name} 内关闭，其状态不再变更。迟到的更正无须推进状态："
                f"构建后以重述值并列，并给出差异桥（tanku diff）。重新报送须先 tanku reopen {name} --reason … --as …。",
                f"{facility_id} {day:%Y-%m} is closed in {name}, and its state stays. A late correction needs no step: the"
                f" next build shows it as restated beside what was reported, with the bridge (`tanku diff`). To report anew,"
                f" `tanku reopen {name} --reason … --as …` first.",
            )


def _refuse_order(order: list[str], state: str, position: Row | None, despite: str) -> None:
    now = position["state"] if position else ""
    expected = order[order.index(now) + 1 :][:1] if now else order[:1]
    begins_anew = state == order[0] and bool(now) and bool(despite.strip())
    if [state] == expected or begins_anew:
        return
    step = expected[0] if expected else "–"
    raise DecisionError(
        f"顺序不对：该月现为 {now or '未开始'}，下一步应为 {step}，所给为 {state}。"
        f"重新核算请用 {order[0]} 并给出 --despite 原因。",
        f"wrong order: the month is {now or 'open'}, next comes {step}, not {state}."
        f" To calculate it again, advance it to {order[0]} with --despite REASON.",
    )


def _refuse_same_person(differs_from: str, state: str, position: Row | None, person: Holder) -> None:
    if differs_from and position and position[f"{differs_from}_by"] == person.person:
        raise DecisionError(
            f"{differs_from} 由 {person.person} 办理，{state} 须由另一人办理。",
            f"{person.person} took it to {differs_from}; {state} takes another person.",
        )


def _refuse_incomplete(months: list[Row], month: str, state: str) -> None:
    wrong = [row for row in months if not row["is_reportable"]]
    if wrong:
        zh = "；".join(f"{row['regime']}：{row['reason_zh']}" for row in wrong)
        en = "; ".join(f"{row['regime']}: {row['reason_en']}" for row in wrong)
        raise NotReportable(
            f"{month} 不可报告，不能 {state}：{zh}。请补齐数据，或以 --despite 写明原因。",
            f"{month} is not reportable and cannot be {state}: {en}. Complete its data, or say why with --despite REASON.",
        )


def _refuse_open_findings(workspace: Workspace, facility_id: str, day: date, as_of: date) -> None:
    own = [row for row in findings(workspace, as_of) if (row["facility_id"], row["month"]) == (facility_id, day)]
    if left := [row["finding_id"] for row in own if row["status"] != "closed"]:
        told = ", ".join(left)
        raise DecisionError(
            f"还有未关闭的核查发现：{told}。请先 tanku finding reply / close。",
            f"findings are not closed yet: {told}. Reply to them and close them first (`tanku finding`).",
        )


def _tonnes(text: str) -> Decimal:
    try:
        value = typed(Cell(text), Kind.DECIMAL)
    except BadCell:
        value = None
    if value is None or value.as_tuple().exponent < -_DECIMALS:
        raise DecisionError(
            f"“{text}” 不是吨数：只用数字、一个小数点和负号，小数不超过 {_DECIMALS} 位。",
            f"{text!r} is not a number of tonnes: digits, one point and a minus only, at most {_DECIMALS} decimals.",
        )
    return value
