"""The commands about the data quality control plan: what changed between versions, the printed plan. Thin, like cli.py."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.workspace import Workspace

app = typer.Typer(
    help="The data quality control plan: its versions, its print. / 数据质量控制计划：版本比较、打印。",
    no_args_is_help=True,
    rich_markup_mode=None,
)
WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", help="workspace folder; else TANKU_WORKSPACE, else here / 工作区文件夹"),
]
WORDS = {"added": "新增 added", "removed": "取消 removed", "changed": "变更 changed"}


def register(main: typer.Typer) -> None:
    """Put `tanku plan …` into the command line."""
    main.add_typer(app, name="plan")
    main.command("record")(record)
    main.command("quality")(quality)


@app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(help="the earlier version, such as 2023.1 / 较早版本")],
    after: Annotated[str, typer.Argument(help="the later version / 较晚版本")],
    workspace: WorkspaceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="machine-readable / 机器可读")] = False,
) -> None:
    """What changed from one version of the plan to another, row by row, cell by cell. / 比较两个计划版本。"""
    from pipelines import plan

    changes = plan.differences(plan.load(Workspace.selected(workspace)), before, after)
    if as_json:
        print(json.dumps([change.as_dict() for change in changes], ensure_ascii=False, indent=2))
        return
    print(f"{before} → {after}: {len(changes)} 处变更 / changes")
    for change in changes:
        cell = f"  {change.field}: {change.before or '（空 empty）'} → {change.after or '（空 empty）'}" * bool(
            change.field
        )
        print(f"  {WORDS[change.kind]}  {change.table}  {change.key}{cell}")


@app.command("print")
def print_plan(
    folder: Annotated[Path, typer.Argument(help="where to write control_plan.zh/.en.html and .xlsx / 输出文件夹")],
    version: Annotated[str, typer.Option("--version", help="a version; else the newest / 版本，默认最新")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """The printed plan in the official arrangement, as of the published build. / 按规定格式打印数据质量控制计划。"""
    from pipelines import documents, warehouse

    with warehouse.reading(warehouse.published(Workspace.selected(workspace))) as connection:
        for file in documents.write_plan(connection, folder, version):
            print(file)


def record(
    facility: Annotated[str, typer.Argument(help="facility of the plan / 设施")],
    month: Annotated[datetime, typer.Argument(formats=["%Y-%m"], help="2025-03 / 月份")],
    file: Annotated[Path, typer.Argument(help="the workbook to write / 输出 .xlsx")],
    workspace: WorkspaceOption = None,
) -> None:
    """The monthly record sheet of a facility, seven fields, at the guide's decimals. / 月度存证表（七项）。"""
    from pipelines import documents, warehouse

    with warehouse.reading(warehouse.published(Workspace.selected(workspace))) as connection:
        print(documents.write_monthly_record(connection, facility, month.date(), file))


def quality(
    period: Annotated[str, typer.Argument(help="2025-03, or 2025 for the year / 月份或年度")],
    folder: Annotated[Path, typer.Argument(help="where to write data_quality.zh/.en.html and .xlsx / 输出文件夹")],
    workspace: WorkspaceOption = None,
) -> None:
    """The data quality report of one month or year, as of the published build. / 某月或某年的数据质量报告。"""
    from pipelines import documents

    since, until = _period(period)
    here = Workspace.selected(workspace)
    for file in documents.write_quality_of_period(here.published_warehouse, since, until, folder):
        print(file)


def _period(text: str) -> tuple[date, date]:
    """First day and end of '2025' or '2025-03'; BadParameter otherwise."""
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", text)
    if not found:
        raise typer.BadParameter(f"应为 2025 或 2025-03，收到 / expected 2025 or 2025-03, found: {text}")
    year, month = int(found[1]), int(found[2] or 0)
    if not month:
        return date(year, 1, 1), date(year + 1, 1, 1)
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
