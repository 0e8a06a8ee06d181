"""The commands about non-conformities, months and a verifier's findings. Thin, like cli.py; no work is done here."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli_decisions import AsOption, JsonOption, WorkspaceOption, as_json_text, as_of_of, two_names
from pipelines.workspace import Workspace

FacilityOption = Annotated[str, typer.Option("--facility", "-f", help="e.g. NJ-F / 设施")]
MonthArgument = Annotated[str, typer.Argument(help="YYYY-MM / 月份")]
VerifierOption = Annotated[str, typer.Option("--verifier", help="the verifier's name / 核查机构或核查员")]
RECORDED = "已记入日志，下次 tanku build 计入报表 / journalled; the next `tanku build` shows it"


def register(app: typer.Typer) -> None:
    """Put these commands into the command line."""
    wrong = typer.Typer(
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    wrong.callback()(nonconformities)
    wrong.command("correct")(nonconformities_correct)
    wrong.command("scanned")(nonconformities_scanned)
    period = typer.Typer(
        help="A facility's month: calculated → reviewed → submitted → verified. / 月度状态：核算、复核、报送、核查。",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    period.command("list")(period_list)
    period.command("advance")(period_advance)
    period.command("verified-figure")(period_verified_figure)
    finding = typer.Typer(
        help="A verifier's findings, with replies. / 核查发现与回复。", no_args_is_help=True, rich_markup_mode=None
    )
    finding.command("list")(finding_list)
    finding.command("add")(finding_add)
    finding.command("reply")(finding_reply)
    finding.command("close")(finding_close)
    for name, group in (("nonconformities", wrong), ("period", period), ("finding", finding)):
        app.add_typer(group, name=name)


def nonconformities(
    context: typer.Context,
    only_open: Annotated[bool, typer.Option("--open", help="leave out what is closed / 不列已关闭的")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Non-conformities of clause 11.1: list them, correct, scan for look-alikes. / 不符合项：列出、纠正、排查。

    A failed control opens one. It closes only when a cause and a correction are recorded, the look-alikes were looked at,
    and the control has passed often enough since; a later failure opens it again.
    控制项不合格即开立；记录原因与纠正、完成排查且连续合格达到规定月数后关闭；再次不合格则重开。
    """
    if context.invoked_subcommand:
        return
    from pipelines import deciding
    from pipelines.status import as_table

    here = Workspace.selected(workspace)
    rows = deciding.nonconformities(here, only_open)
    if as_json:
        print(as_json_text(rows))
        return
    heads = (
        "编号 id",
        "状态",
        "级别",
        "责任人 owner",
        "到期 due",
        "逾期",
        "不合格月",
        "连续合格",
        "排查 scan",
        "原因 cause",
    )
    print(as_table(heads, [_told(row) for row in rows]))
    _tell_of_newer(here)


def nonconformities_correct(
    nonconformity_id: Annotated[str, typer.Argument(metavar="ID", help="as `tanku nonconformities` lists it / 编号")],
    cause: Annotated[str, typer.Option("--cause", help="why it happened / 产生原因")],
    correction: Annotated[str, typer.Option("--correction", help="what was done about it / 纠正措施")],
    name: AsOption,
    plan_version: Annotated[
        str, typer.Option("--plan-version", help="plan version made for it, where one was needed / 为此修订的计划版本")
    ] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Record cause and correction of a non-conformity. / 记录不符合项的原因与纠正措施。"""
    from pipelines import deciding

    here = Workspace.selected(workspace)
    print(deciding.correct(here, nonconformity_id, cause, correction, plan_version, name), RECORDED)
    print(two_names())


def nonconformities_scanned(
    nonconformity_id: Annotated[str, typer.Argument(metavar="ID", help="as `tanku nonconformities` lists it / 编号")],
    name: AsOption,
    note: Annotated[str, typer.Option("--note", help="what the look-alikes mean / 排查说明")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Show the look-alikes over other meters and sites, and record that a person looked. / 列出类似问题并记录已排查。"""
    from pipelines import deciding
    from pipelines.status import as_table

    here = Workspace.selected(workspace)
    decision_id, rows = deciding.scanned(here, nonconformity_id, note, name)
    shown = ("scope", "facility_id", "parameter_id", "meter_ids", "judged_count", "failed_count", "result")
    heads = ("范围 scope", "设施", "参数 parameter", "表计 meters", "判定 judged", "不合格 failed", "结果 result")
    print(as_table(heads, [[row[column] for column in shown] for row in rows]))
    print(decision_id, RECORDED)
    print(two_names())


def period_list(
    facility: Annotated[str | None, typer.Option("--facility", "-f", help="only this one / 只列此设施")] = None,
    month: Annotated[str | None, typer.Option("--month", "-m", help="YYYY-MM / 月份")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """The published months with state, figure now, figure submitted, figure verified. / 列出月度状态与各数值。"""
    from pipelines import deciding
    from pipelines.status import as_table

    here = Workspace.selected(workspace)
    rows = deciding.states(here, facility, month)
    if as_json:
        print(as_json_text(rows))
        return
    shown = (
        *("facility_id", "month", "regime", "state", "emissions_tco2e", "reported_tco2e", "verified_tco2e"),
        *("verified_difference_tco2e", "open_findings"),
    )
    heads = ("设施", "月份", "制度", "状态 state", "现核算 now", "报送 reported", "核查 verified", "差异", "未关闭发现")
    print(as_table(heads, [[row[column] for column in shown] for row in rows]))
    _tell_of_newer(here)


def period_advance(
    month: MonthArgument,
    state: Annotated[str, typer.Argument(help="calculated, reviewed, submitted or verified / 目标状态")],
    facility: FacilityOption,
    name: AsOption,
    despite: Annotated[
        str, typer.Option("--despite", help="why, for a month not reportable or calculated again / 仍要办理的原因")
    ] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Take a month to its next state; the order is fixed and the reviewer is another person. / 推进月度状态。

    A month that is not reportable is held back (exit code 1) unless --despite says why. What it comes to when submitted is
    kept, so that later changes show. Wrong order and the same person for review are always refused.
    不可报告的月份须以 --despite 写明原因；报送时的数值留存备查；顺序错误或核算与复核同一人一律拒绝。
    """
    from pipelines import deciding

    here = Workspace.selected(workspace)
    decision_id, rows = deciding.advance(here, month, state, facility, name, despite, as_of_of(here))
    print(f"{decision_id}  {facility} {month} → {state}")
    for row in rows:
        print(f"  {row['regime']}: {row['emissions_tco2e']} tCO2e")
    print(RECORDED)
    print(two_names())


def period_verified_figure(
    month: MonthArgument,
    tonnes: Annotated[str, typer.Argument(help="t CO2e as the verifier found it / 核查所得吨数")],
    facility: FacilityOption,
    regime: Annotated[str, typer.Option("--regime", "-r", help="gbt32150, mee_ets … / 核算制度")],
    verifier: VerifierOption,
    name: AsOption,
    note: Annotated[str, typer.Option("--note", help="what the difference comes from / 差异说明")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Record what a verifier found a month to come to, beside what was reported. / 记录核查数值，与报送值并列。"""
    from pipelines import deciding

    here = Workspace.selected(workspace)
    decision_id, row = deciding.verified_figure(here, month, facility, regime, tonnes, verifier, note, name)
    print(f"{decision_id}  {facility} {month} {regime}")
    print(f"  现核算 / now: {row['emissions_tco2e']} tCO2e；核查 / verified: {tonnes} tCO2e")
    print(RECORDED)


def finding_list(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """A verifier's findings with their replies. / 列出核查发现与回复。"""
    from pipelines import deciding
    from pipelines.status import as_table

    here = Workspace.selected(workspace)
    rows = deciding.findings(here, as_of_of(here))
    if as_json:
        print(as_json_text(rows))
        return
    shown = ("finding_id", "facility_id", "month", "verifier", "status", "finding", "replies", "closing_note")
    heads = ("编号 id", "设施", "月份", "核查 verifier", "状态 status", "发现 finding", "回复 replies", "关闭 closed")
    print(as_table(heads, [[row[column] for column in shown] for row in rows]))


def finding_add(
    month: MonthArgument,
    text: Annotated[str, typer.Argument(help="what the verifier found / 核查发现内容")],
    facility: FacilityOption,
    verifier: VerifierOption,
    name: AsOption,
    workspace: WorkspaceOption = None,
) -> None:
    """Record a verifier's finding about a facility's month. / 登记核查发现。"""
    from pipelines import deciding

    print(deciding.add_finding(Workspace.selected(workspace), month, facility, text, verifier, name), RECORDED)


def finding_reply(
    finding_id: Annotated[str, typer.Argument(metavar="ID", help="as `tanku finding list` shows it / 编号")],
    text: Annotated[str, typer.Argument(help="the reply / 回复")],
    name: AsOption,
    workspace: WorkspaceOption = None,
) -> None:
    """Reply to a finding. / 回复核查发现。"""
    from pipelines import deciding

    here = Workspace.selected(workspace)
    print(deciding.answer_finding(here, finding_id, text, name, closes=False, as_of=as_of_of(here)), RECORDED)


def finding_close(
    finding_id: Annotated[str, typer.Argument(metavar="ID", help="as `tanku finding list` shows it / 编号")],
    text: Annotated[str, typer.Argument(help="how it ended / 结论")],
    name: AsOption,
    workspace: WorkspaceOption = None,
) -> None:
    """Close a finding; a month is verified only when all of its findings are. / 关闭核查发现。"""
    from pipelines import deciding

    here = Workspace.selected(workspace)
    print(deciding.answer_finding(here, finding_id, text, name, closes=True, as_of=as_of_of(here)), RECORDED)


def _told(row: dict[str, object]) -> list[object]:
    return [
        *(row["nonconformity_id"], row["status"], row["severity"], row["owner"] or row["owner_role"], row["due_on"]),
        "逾期 overdue" if row["is_overdue"] else "",
        f"{row['first_failed_month']:%Y-%m} … {row['last_failed_month']:%Y-%m} ({row['failed_months']})",
        f"{row['passes']}/{row['passes_to_close']}",
        "已排查 done" if row["scanned_at"] else f"待办 to do ({row['similar_facilities']})",
        row["cause"],
    ]


def _tell_of_newer(workspace: Workspace) -> None:
    from pipelines import deciding

    if count := deciding.since_build(workspace, deciding.read(workspace)):
        print(
            f"另有 {count} 项决定晚于已发布的构建，运行 tanku build 后显示。"
            f" / {count} decision(s) are newer than what is published: run `tanku build`."
        )
