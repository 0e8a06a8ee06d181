"""The commands about why a number changed and about closed periods. Thin, like cli.py; no work is done here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli_decisions import AsOption, JsonOption, ReasonOption, WorkspaceOption, as_json_text, two_names
from pipelines.workspace import Workspace

BUILD = "id or its beginning, published, a date, or closed:2024 / 构建号（前几位即可）、published、日期或 closed:2024"


def register(app: typer.Typer) -> None:
    """Put these commands into the command line."""
    app.command()(diff)
    app.command()(close)
    app.command()(reopen)
    app.command()(closed)


def diff(
    build1: Annotated[str, typer.Argument(metavar="BUILD1", help=BUILD)],
    build2: Annotated[str, typer.Argument(metavar="BUILD2", help="the other one / 另一个")],
    regime: Annotated[
        str | None, typer.Option("--regime", "-r", help="else the first of tanku.toml / 核算制度")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", "-y", help="only this year / 只比较此年")] = None,
    month: Annotated[str | None, typer.Option("--month", "-m", help="YYYY-MM, only this month / 只比较此月")] = None,
    part: Annotated[
        str | None, typer.Option("--part", "-p", help="list the lines of a part, e.g. corrections / 列出某部分的明细")
    ] = None,
    lines: Annotated[
        int | None, typer.Option("--lines", "-n", help="how many lines to list, largest first / 列出的行数")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="write a page: chart and tables, offline / 写出网页，可离线查看")
    ] = None,
    language: Annotated[str, typer.Option("--language", help="zh or en, of the page / 网页语言")] = "zh",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Why the number changed: the exact bridge from one build to another, in named parts. / 数字为何变了：两次构建逐项对账。

    Parts: new data, late data, corrections, missing-data rule, factor edition, GWP set, method, boundary, unit. They add
    up to the difference exactly (residual 0) and depend on no order. --part or --lines shows the lines behind them: terms,
    factors, readings, and the rows of the files. A date means the build published last on or before that day.
    各部分之和恰等于差额（残差 0），与先后顺序无关；--part 或 --lines 列出其后的因子、读数及文件行。
    """
    from pipelines import closing, comparing

    here = Workspace.selected(workspace)
    if language not in ("zh", "en"):
        raise typer.BadParameter("请写 zh 或 en / zh or en")
    wanted = month or (f"{year:04d}" if year else None)
    most = lines if lines is not None else (20 if part else 0)
    found = comparing.compare(
        here,
        comparing.side_of(here, build1),
        comparing.side_of(here, build2),
        regime,
        closing.days_of(wanted) if wanted else None,
        part,
        most,
    )
    if html:
        print(comparing.write_page(found, language, html))
        return
    print(comparing.as_json(found) if as_json else comparing.as_text(found))


def close(
    period: Annotated[str, typer.Argument(help="2024 or 2024-03 / 年度或月份")],
    name: AsOption,
    facility: Annotated[
        list[str] | None, typer.Option("--facility", "-f", help="only this one; may be repeated / 只关闭此设施，可重复")
    ] = None,
    despite: Annotated[
        str,
        typer.Option("--despite", help="why, though figures changed since submission / 报送后已变仍要关闭的原因"),
    ] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Close a period as published: kept with digests, rules, inputs; nothing changes it. / 关闭期间，报告值从此不变。

    Every month must be submitted or verified. Later builds show what was reported and what it comes to now side by side,
    with the bridge (marts fct_closed_periods, fct_restatements; tanku diff closed:2024 published).
    各月须已报送或核查；此后的构建并列显示报告值与重述值及其差异桥。
    """
    from pipelines import closing

    here = Workspace.selected(workspace)
    made, figures = closing.close(here, period, facility or [], name, despite)
    print(f"已关闭 / closed: {made.name}  →  {here.closed / made.name}")
    for row in figures:
        told = "" if row["is_complete"] else "（不完整 / incomplete）"
        print(f"  {row['regime']}: {row['emissions_tco2e']} tCO2e{told}")
    print(f"  构建 / build {made.build_id}，代码版本 / code version {made.code_version}")
    print(two_names())


def reopen(
    name_of: Annotated[str, typer.Argument(metavar="PERIOD", help="as `tanku closed` lists it / 期间")],
    reason: ReasonOption,
    name: AsOption,
    workspace: WorkspaceOption = None,
) -> None:
    """Open a closed period again, with a reason; what was reported is kept beside it. / 重新打开已关闭的期间。"""
    from pipelines import closing

    closing.reopen(Workspace.selected(workspace), name_of, reason, name)
    print(f"已重新打开 / reopened: {name_of}")
    print(two_names())


def closed(
    name_of: Annotated[str | None, typer.Argument(metavar="[PERIOD]", help="only this one / 只看此期间")] = None,
    rerun: Annotated[
        Path | None,
        typer.Option("--rerun", help="an empty folder to run it again in, and compare / 空文件夹，重算并比对"),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the closed periods, verified; --rerun builds one again to the digit. / 列出并校验已关闭期间，可重算比对。"""
    from pipelines import closing
    from pipelines.status import as_table

    here = Workspace.selected(workspace)
    found = [one for one in closing.closings(here) if name_of in (None, one.name)]
    if name_of and not found:
        raise closing.ClosingError(f"没有已关闭的期间 “{name_of}”。", f"no closed period {name_of!r}.")
    for one in found:
        closing.verify(here, one)
    if rerun:
        if len(found) != 1:
            raise typer.BadParameter("--rerun 须给出一个期间 / --rerun takes one period")
        wrong = closing.rerun(here, found[0], rerun)
        if wrong:
            raise closing.ClosingError(
                f"重算与关闭时不同：{', '.join(wrong)}", f"not what was closed: {', '.join(wrong)}"
            )
        print(
            f"重算一致，{len(found[0].marts_digests)} 张表 / the same to the digit, {len(found[0].marts_digests)} tables"
        )
        return
    rows = [
        (one.name, one.since, one.until, " ".join(one.facilities), one.build_id, one.code_version, one.closed_by)
        for one in found
    ]
    if as_json:
        keys = ("period_name", "since", "until", "facilities", "build_id", "code_version", "closed_by")
        print(as_json_text([dict(zip(keys, row, strict=True)) for row in rows]))
        return
    print(as_table(("期间", "自 since", "至（不含）until", "设施", "构建 build", "代码 code", "关闭人 by"), rows))
