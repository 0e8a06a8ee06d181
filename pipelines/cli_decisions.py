"""The commands by which people decide: override, approve, quarantine, decisions. Thin, like cli.py; no work is done here."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.workspace import Workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", help="workspace folder; else TANKU_WORKSPACE, else here / 工作区文件夹"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="machine-readable / 机器可读")]
AsOption = Annotated[
    str,
    typer.Option(
        "--as", metavar="NAME", help="role holder of plan/roles.csv who decides / plan/roles.csv 中的角色持有人"
    ),
]
ReasonOption = Annotated[str, typer.Option("--reason", help="why; it is journalled / 原因，记入日志")]
ExpiresOption = Annotated[
    datetime,
    typer.Option(
        "--expires",
        metavar="YYYY-MM-DD",
        formats=["%Y-%m-%d"],
        help="last date of account at which it holds / 失效日期（含当日）",
    ),
]
NEXT_BUILD = "下次 tanku build 生效 / the next `tanku build` takes it in"


def register(app: typer.Typer) -> None:
    """Put these commands into the command line."""
    app.command()(override)
    app.command()(approve)
    app.command()(decisions)
    rows = typer.Typer(
        help="Rows kept out of the account: list them, release one with other values. / 隔离行：列出、放行。",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    rows.command("list")(quarantine_list)
    rows.command("release")(quarantine_release)
    app.add_typer(rows, name="quarantine")


def override(
    parameter: Annotated[str, typer.Argument(help="parameter of the plan, e.g. F-COAL-AD / 监测参数")],
    period: Annotated[str, typer.Argument(help="2024-05, or a day where it is due daily / 月份或日期")],
    value: Annotated[str, typer.Argument(help="the value for the whole period / 整个期间的数值")],
    unit: Annotated[str, typer.Argument(help="its unit, e.g. t, kWh / 单位")],
    reason: ReasonOption,
    expires: ExpiresOption,
    name: AsOption,
    workspace: WorkspaceOption = None,
) -> None:
    """Propose a value for one period; it waits until another role holder approves it. / 提出订正值，待他人批准。

    What was received is never overwritten: both are shown. A recorder or checker proposes, a checker or approver with
    another name approves (`tanku approve ID --as …`). After --expires the value received counts again.
    原始数据不改写，两者并列显示；由记录人或审核人提出，须由另一名审核人或批准人批准；失效后恢复原值。

    例 / example: tanku override F-COAL-AD 2025-03 331.46 t --reason "磅单漏记一车" --expires 2026-12-31 --as 王倩
    """
    from pipelines import deciding

    here = Workspace.selected(workspace)
    decision_id, planned = deciding.override(
        here, parameter, period, value, unit, reason, expires.date(), name, as_of_of(here)
    )
    received = _plain(planned["measured_quantity"])
    print(f"{decision_id}  {parameter} {planned['period_start']} … {planned['period_end']}（不含 / exclusive）")
    print(f"  收到 / received: {received} {planned['unit']} ({planned['basis']})")
    print(f"  订正 / override: {planned['value']} {planned['value_unit']}")
    print(f"待另一人批准 / waits for another person: tanku approve {decision_id} --as …")
    print(two_names())


def approve(
    decision_id: Annotated[
        str, typer.Argument(metavar="ID", help="e.g. D12, as `tanku decisions` lists it / 决定编号")
    ] = "",
    name: Annotated[
        str,
        typer.Option("--as", metavar="NAME", help="role holder who decides; always needed / 角色持有人，必填"),
    ] = "",
    substitution: Annotated[
        tuple[str, str] | None,
        typer.Option("--substitution", metavar="PARAMETER MONTH", help="approve what filled this gap / 批准该月的替代"),
    ] = None,
    rule: Annotated[
        str, typer.Option("--rule", help="approve all that a rule filled, e.g. MD-04 / 批准某规则的全部替代")
    ] = "",
    reject: Annotated[
        bool, typer.Option("--reject", help="reject it, or end it; for good / 驳回或终止，不可恢复")
    ] = False,
    reason: Annotated[
        str, typer.Option("--reason", help="why; needed except for an approval by ID / 原因，按编号批准时可省略")
    ] = "",
    expires: Annotated[
        datetime | None,
        typer.Option(
            "--expires",
            metavar="YYYY-MM-DD",
            formats=["%Y-%m-%d"],
            help="for --substitution and --rule / 失效日期（替代用）",
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Approve what another person proposed, or a substitution; --reject refuses it. / 批准或驳回他人提出的决定。

    The approver is a checker or approver of plan/roles.csv whose name differs from the maker's. A substitution's maker is
    the author of the plan version whose rule filled the gap.
    批准人须为另一名审核人或批准人；替代的提出人视为该计划版本的编制人。

    例 / examples: tanku approve D12 --as 陈思远; tanku approve --rule MD-07 --reason "抽查" --expires 2026-12-31 --as 顾海峰
    """
    from pipelines import deciding

    here = Workspace.selected(workspace)
    _one_of(decision_id, substitution, rule)
    if not name:
        raise typer.BadParameter("请用 --as 写明姓名 / say who decides: --as NAME")
    if decision_id and reject:
        kind = deciding.reject(here, decision_id, name, reason, as_of_of(here))
        print(f"已驳回 / rejected: {decision_id} ({kind})；{NEXT_BUILD}")
    elif decision_id:
        kind = deciding.approve(here, decision_id, name, reason, as_of_of(here))
        print(f"已批准 / approved: {decision_id} ({kind})；{NEXT_BUILD}")
    else:
        if expires is None or reject:
            raise typer.BadParameter(
                "批准替代须给出 --expires / a substitution's approval needs --expires, not --reject"
            )
        parameter, month = substitution or ("", "")
        made, count = deciding.approve_substitution(
            here, parameter, month, rule, reason, expires.date(), name, as_of_of(here)
        )
        print(f"已批准替代 / substitution approved: {made}（{count} 处 / gaps）；{NEXT_BUILD}")
    print(two_names())


def decisions(
    pending: Annotated[bool, typer.Option("--pending", help="only what waits for approval / 只列待批准")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every decision in the journal with its state: pending, in force, expired, rejected. / 列出全部人工决定。"""
    from pipelines import deciding
    from pipelines.status import as_table

    here = Workspace.selected(workspace)
    rows = deciding.listed(deciding.read(here), as_of_of(here), "everything_decided")
    rows = [row for row in rows if not pending or row["state"] == "pending"]
    if as_json:
        print(as_json_text(rows))
        return
    shown = ("decision_id", "event", "subject", "person", "os_user", "expires_on", "state", "approved_by")
    heads = ("编号", "事件 event", "对象 subject", "姓名 as", "系统用户 user", "失效 expires", "状态 state", "批准人")
    print(as_table(heads, [[row[column] for column in shown] for row in rows]))
    print(two_names())


def quarantine_list(
    file: Annotated[str, typer.Option("--file", help="only rows of this file / 只列此文件")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """The rows kept out of the published account: why, what was found, what to do. / 列出隔离行、原因与处理办法。"""
    from pipelines import deciding

    rows = deciding.quarantined(Workspace.selected(workspace), file)
    if as_json:
        print(as_json_text(rows))
        return
    for row in rows:
        place = f"{row['file_name']} {row['sheet']}".strip()
        print(f"{row['code']}  {place} : {row['row_number']}  {row['field']} = {row['found']!r}")
        print(f"  {row['message_zh']}\n  {row['message_en']}\n  原文 / as received: {row['row_text']}")
    print(f"{len(rows)} 行 / rows. 放行 / release: tanku quarantine release FILE ROW --set 列=值 …")


def quarantine_release(
    file: Annotated[str, typer.Argument(help="its name, or 8 digits or more of its SHA-256 / 文件名或哈希")],
    row: Annotated[int, typer.Argument(help="row number as `quarantine list` shows it / 行号")],
    values: Annotated[
        list[str],
        typer.Option("--set", metavar="FIELD=VALUE", help="heading of the file = text, may be repeated / 列=值"),
    ],
    reason: ReasonOption,
    expires: ExpiresOption,
    name: AsOption,
    sheet: Annotated[str | None, typer.Option("--sheet", help="where several sheets have that row / 工作表")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Propose to load a quarantined row with these values; another role holder approves. / 提出放行隔离行，待他人批准。

    The text received stays as it is and is shown beside the values. The release is tried at once: one that would not load
    its row is refused. 原文保留并列显示；提出时即试读，仍不能载入的予以拒绝。
    """
    from pipelines import deciding

    here = Workspace.selected(workspace)
    given = dict(_split(value) for value in values)
    decision_id, found = deciding.release(here, file, row, sheet, given, reason, expires.date(), name, as_of_of(here))
    print(f"{decision_id}  {found['file_name']} : {row}  {found['code']}")
    print(f"  原文 / as received: {found['row_text']}")
    print("  给定 / given: " + "; ".join(f"{field}={value}" for field, value in given.items()))
    print(f"待另一人批准 / waits for another person: tanku approve {decision_id} --as …")
    print(two_names())


def two_names() -> str:
    """What a decision by two names proves and what it does not, in the words of the reports."""
    from pipelines.reports.pages import Words

    return f"注：{Words('zh').two_names} / Note: {Words('en').two_names}"


def as_of_of(workspace: Workspace) -> date:
    """The date at which expiry is judged: the account's own."""
    from pipelines import candidate

    return candidate.reporting_date(workspace)


def as_json_text(rows: Any) -> str:
    """Rows for a program: dates and decimals as text."""
    return json.dumps(rows, ensure_ascii=False, indent=2, default=str)


def _plain(value: Any) -> str:
    """A DECIMAL without the zeros behind it; a missing one as a dash."""
    text = "–" if value is None else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _split(text: str) -> tuple[str, str]:
    field, mark, value = text.partition("=")
    if not mark or not field.strip():
        raise typer.BadParameter(f"“{text}” 应为 列=值 / must be FIELD=VALUE", param_hint="--set")
    return field.strip(), value.strip()


def _one_of(*given: object) -> None:
    if sum(bool(one) for one in given) != 1:
        raise typer.BadParameter(
            "请给出一个决定编号，或 --substitution 参数 月份，或 --rule / give one ID, or --substitution, or --rule"
        )
