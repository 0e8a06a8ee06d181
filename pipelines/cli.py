"""`tanku …`: thin; every command calls a function that Dagster also calls. No work is done here.

Exit codes: 0 done, 1 the data did not pass, 2 used wrongly, 3 could not run (locked, disk full, internal error).
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines import cli_baselines, cli_comparing, cli_decisions, cli_periods, cli_plan, cli_rules
from pipelines.workspace import Workspace, WorkspaceError

DID_NOT_PASS, USED_WRONGLY, COULD_NOT_RUN = 1, 2, 3

app = typer.Typer(
    name="tanku",
    help="碳库 tanku：制造企业碳排放数据仓库。 A carbon-emission warehouse for manufacturing companies.\n\n"
    "First steps / 第一步：\n\n"
    "  tanku init my-company --example     an example enterprise / 示例企业\n\n"
    "  tanku build -w my-company           take in, account, check, publish / 收、算、查、发布\n\n"
    "  tanku account -w my-company         the result / 看结果\n\n"
    "Exit codes / 退出码: 0 done 完成 · 1 the data did not pass 数据未通过 · 2 used wrongly 用法错误 · "
    "3 could not run 无法运行",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", help="workspace folder; else TANKU_WORKSPACE, else here / 工作区文件夹"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="machine-readable / 机器可读")]


def main() -> None:
    """The console entry point: our own errors in plain words, never a traceback for a user's mistake."""
    try:
        app()
    except WorkspaceError as error:
        _stop(error, USED_WRONGLY)
    except FileNotFoundError as error:
        _stop(error, USED_WRONGLY)
    except KeyboardInterrupt:
        _stop("已中断 / interrupted", COULD_NOT_RUN)
    except Exception as error:
        code = getattr(error, "exit_code", COULD_NOT_RUN)
        if not type(error).__module__.startswith("pipelines."):
            import traceback

            traceback.print_exc()
            error = RuntimeError(f"内部错误，请把以上内容发给维护者 / internal error, please report the above: {error}")
        _stop(error, code)


def _stop(message: object, code: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(code)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="the folder to make / 要建立的文件夹")],
    example: Annotated[bool, typer.Option("--example", help="with a seeded example enterprise / 带示例企业")] = False,
) -> None:
    """Make a workspace: settings, an empty plan to fill in, the starter feeds, an inbox. / 建立工作区。"""
    from pipelines import founding

    workspace = founding.found(folder, example=example)
    print(f"工作区已建立 / workspace made: {workspace.root}")


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="the file to look at / 要查看的文件")],
    workspace: WorkspaceOption = None,
    feed: Annotated[Path | None, typer.Option("--feed", help="try this feed contract only / 只用此接入约定")] = None,
    as_json: JsonOption = False,
) -> None:
    """What would happen to this file, without taking it in. / 试读文件，不入库。"""
    from pipelines import landing

    if not file.is_file():
        raise typer.BadParameter(f"没有这个文件 / no such file: {file}")
    result = landing.inspect(_workspace_if_any(workspace), file, feed)
    print(result.as_json() if as_json else result.as_text())
    if result.outcome in {"REJECT_FILE", "QUARANTINE_ROWS"}:
        raise typer.Exit(DID_NOT_PASS)


@app.command()
def build(
    workspace: WorkspaceOption = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="draw the account up to this date / 核算截止日期"),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="exit 1 when a severe control failed / 有严重控制项不合格则返回 1")
    ] = False,
) -> None:
    """Take in the inbox, account, check, write the reports, publish. / 收件、核算、检查、出报告、发布。"""
    from pipelines import building, status

    here = Workspace.selected(workspace)
    with _progress() as tell:
        outcome = building.build(here, as_of.date() if as_of else None, tell)
    word = "无变化，沿用 / inputs unchanged, still" if outcome.is_unchanged else "已发布 / published"
    print(f"{word}: {outcome.build_id}  →  {here.published_warehouse}")
    if strict and (failed := status.failed_controls(here)):
        _stop(f"控制项不合格 / controls did not pass: {', '.join(failed)}", DID_NOT_PASS)


@app.command()
def status(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Deliveries, quarantine, verdicts, builds, who holds the lock, what is published. / 现状一览。"""
    from pipelines import status as standing

    report = standing.status(Workspace.selected(workspace))
    print(json.dumps(report, ensure_ascii=False, indent=2, default=str) if as_json else standing.as_text(report))


@app.command()
def account(workspace: WorkspaceOption = None) -> None:
    """The published account: emissions, verdicts, substitutions, quarantine, where things lie. / 已发布的核算结果。"""
    from pipelines import status as standing

    print(standing.account(Workspace.selected(workspace)))


@app.command()
def explain(
    facility: Annotated[str | None, typer.Option("--facility", "-f", help="e.g. NJ-F / 设施")] = None,
    stream: Annotated[str | None, typer.Option("--stream", "-s", help="e.g. F-COAL / 排放源")] = None,
    month: Annotated[str | None, typer.Option("--month", "-m", help="YYYY-MM / 月份")] = None,
    gas: Annotated[str | None, typer.Option("--gas", "-g", help="CO2, CH4, N2O …")] = None,
    regime: Annotated[str | None, typer.Option("--regime", "-r", help="gbt32150, ghgp_location …")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Walk a figure home: its product, factors, readings, and source rows as received. / 追溯一个数字。"""
    from pipelines import explaining, warehouse

    here = Workspace.selected(workspace)
    with warehouse.reading(warehouse.published(here)) as connection:
        found = explaining.explain(connection, here, facility, stream, month, gas, regime)
    print(found.as_json() if as_json else found.as_text())


@app.command()
def factors(
    fuel: Annotated[
        str | None, typer.Option("--fuel", "-f", help="fuel, material or subject / 燃料、物料或对象")
    ] = None,
    parameter: Annotated[str | None, typer.Option("--parameter", "-p", help="ncv, carbon_content, gwp …")] = None,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="valid on this day / 该日有效")
    ] = None,
    regime: Annotated[str | None, typer.Option("--regime", "-r", help="only what it names / 只列该制度采用的")] = None,
    region: Annotated[str | None, typer.Option("--region", help="CN, CN-JS …")] = None,
    as_json: JsonOption = False,
) -> None:
    """Which factor, from where, since when; needs no workspace. / 查因子：数值、出处、有效期。"""
    from pipelines import factors as tables

    found = tables.find(fuel, parameter, on.date() if on else None, regime, region)
    print(found.as_json() if as_json else found.as_text())


@app.command()
def export(
    mart: Annotated[str, typer.Argument(help="a table of schema marts, e.g. fct_inventory")],
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="with every column described / 含各列说明")] = None,
    csv: Annotated[Path | None, typer.Option("--csv")] = None,
    parquet: Annotated[Path | None, typer.Option("--parquet")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a mart to a file. / 导出一张表。"""
    from pipelines import exporting, warehouse

    wanted = [(name, path) for name, path in (("xlsx", xlsx), ("csv", csv), ("parquet", parquet)) if path]
    if not wanted:
        raise typer.BadParameter("请给出 --xlsx、--csv 或 --parquet / give --xlsx, --csv or --parquet FILE")
    with warehouse.reading(warehouse.published(Workspace.selected(workspace))) as connection:
        for name, path in wanted:
            exporting.export(connection, mart, name, path)
            print(path)


@app.command()
def template(
    record_type: Annotated[str, typer.Argument(help="e.g. utility_bill, fuel_consumption")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="the workbook to write / 输出文件")] = None,
) -> None:
    """A fill-in workbook for a record type; its feed ships with every workspace. / 填报模板。"""
    from pipelines import exporting, records

    if record_type not in records.RECORD_TYPES:
        raise typer.BadParameter(f"应为其一 / one of: {', '.join(records.RECORD_TYPES)}")
    path = out or Path(f"{record_type}.xlsx")
    exporting.write_template(record_type, path)
    print(path)


@app.command()
def retract(
    file: Annotated[
        str, typer.Argument(help="its name, or the first 8 digits or more of its SHA-256 / 文件名或哈希前 8 位以上")
    ],
    reason: Annotated[str, typer.Option("--reason", help="why; it is journalled / 原因，记入日志")],
    workspace: WorkspaceOption = None,
) -> None:
    """Take a delivery out again: journalled and reversible (`tanku restore`). / 撤回一份已收文件。"""
    from pipelines import archive

    archive.retract(Workspace.selected(workspace), file, reason)
    print("已撤回，下次构建生效 / retracted; the next build leaves it out")


@app.command()
def restore(
    file: Annotated[str, typer.Argument(help="its name, or the first 8 digits or more of its SHA-256 / 同 retract")],
    reason: Annotated[str, typer.Option("--reason", help="why; it is journalled / 原因，记入日志")],
    workspace: WorkspaceOption = None,
) -> None:
    """Take a retraction back. / 恢复已撤回的文件。"""
    from pipelines import archive

    archive.restore(Workspace.selected(workspace), file, reason)
    print("已恢复，下次构建生效 / restored; the next build counts it again")


@app.command()
def prune(
    workspace: WorkspaceOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would go, remove nothing / 只列出")] = False,
) -> None:
    """Remove old builds; the published one and the newest stay. / 清理旧构建。"""
    from pipelines import publishing

    here = Workspace.selected(workspace)
    for build_id in publishing.prune(here, here.settings.keep_builds, dry_run):
        print(f"{'会删除 / would remove' if dry_run else '已删除 / removed'}: {build_id}")


@app.command()
def dev(
    workspace: WorkspaceOption = None,
    port: Annotated[int, typer.Option(help="port on 127.0.0.1")] = 3000,
) -> None:
    """Dagster's UI on loopback; switch schedules and inbox sensor on there. / Dagster 界面（仅本机），在其中开启定时。"""
    from pipelines import founding

    founding.serve(Workspace.selected(workspace), port)


cli_rules.register(app)
cli_decisions.register(app)
cli_baselines.register(app)
cli_periods.register(app)
cli_comparing.register(app)
cli_plan.register(app)


def _workspace_if_any(folder: Path | None) -> Workspace | None:
    try:
        return Workspace.selected(folder)
    except WorkspaceError:
        if folder is not None:
            raise
        return None


@contextmanager
def _progress() -> Any:
    """A line that says what is being done; on a terminal it moves, elsewhere it prints."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda line: print(f"  {line}", file=sys.stderr, flush=True)
        return
    with console.status("…") as line:
        yield line.update


if __name__ == "__main__":
    main()
