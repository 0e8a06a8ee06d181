"""The commands about baselines: reviews with decisions, a sheet recalculated, a series charted. Thin, like cli.py."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli_decisions import (
    NEXT_BUILD,
    AsOption,
    JsonOption,
    ReasonOption,
    WorkspaceOption,
    as_json_text,
    as_of_of,
    two_names,
)
from pipelines.workspace import Workspace

ReviewArgument = Annotated[
    str, typer.Argument(metavar="ID", help="as `tanku baseline review list` shows it / 复核编号")
]


def register(app: typer.Typer) -> None:
    """Put these commands into the command line."""
    baseline = typer.Typer(
        help="Baselines: reviews with decisions; recalculate a sheet. / 基准：复核与决定；试算重算。",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    review = typer.Typer(
        help="Reviews of baselines (clause 7.4.2): list, show, decide. / 基准复核：列出、查看、决定。",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    review.command("list")(review_list)
    review.command("show")(review_show)
    review.command("decide")(review_decide)
    baseline.add_typer(review, name="review")
    baseline.command("recalculate")(recalculate)
    app.add_typer(baseline, name="baseline")
    app.command()(chart)


def review_list(
    only_open: Annotated[bool, typer.Option("--open", help="only what is not decided / 只列未决定的")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """What calls for a review, with effect and significance; also what is no trigger, and why. / 列出基准复核。"""
    from pipelines import deciding
    from pipelines.status import as_table

    rows = deciding.reviews(Workspace.selected(workspace), only_open)
    if as_json:
        print(as_json_text(rows))
        return
    heads = (
        "复核 review",
        "因 cause",
        "触发日 found",
        "原值 old",
        "建议 proposed",
        "影响 effect",
        "累计 total",
        "显著",
        "状态 status",
        "决定",
    )
    print(as_table(heads, [_listed(row) for row in rows]))
    print("显著 significant: 是/否（单项）·是/否（累计） / alone · together")


def review_show(review_id: ReviewArgument, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """One review: evidence, numbers, significance, decision. / 查看一项基准复核。"""
    from pipelines import deciding

    row = deciding.review(Workspace.selected(workspace), review_id)
    if as_json:
        print(as_json_text(row))
        return
    print(f"{row['review_id']}  {row['subject_zh']} / {row['subject_en']}")
    print(f"  7.4.2 {row['cause']})  {row['trigger_kind']}  {row['found_on']}  期限 / due {row['due_on']}")
    print(f"  {row['evidence_zh']}\n  {row['evidence_en']}")
    print(f"  原值 / old: {_plain(row['old_value'])} {row['unit']}；建议 / proposed: {_plain(row['proposed_value'])}")
    print(f"  测算 / draft: {row['draft_zh']}\n    {row['draft_en']}")
    print(
        f"  影响 / effect: {_share(row['effect_share'])} {_yes(row['is_significant'])}；"
        f"累计 / together: {_share(row['cumulative_share'])} {_yes(row['is_significant_together'])}；"
        f"阈值 / threshold {_share(row['threshold'])}"
    )
    if not row["has_external_cause"]:
        print("  没有外部原因：不得调高基准 / no external cause: the baseline must not be raised")
    if row["note_zh"]:
        print(f"  {row['note_zh']} / {row['note_en']}")
    print(f"  状态 / status: {row['status']}")
    if row["decision"]:
        told = row["finding"] or row["decision_reason"]
        print(f"  {row['decision_id']} {row['decision']}: {told}（{row['proposed_by']} → {row['approved_by'] or '…'}）")
    if row["refusal_zh"]:
        print(f"  {row['refusal_zh']}\n  {row['refusal_en']}")


def review_decide(
    review_id: ReviewArgument,
    decision: Annotated[str, typer.Option("--decision", help="keep, adjust or rebase / 维持、调整、重设")],
    reason: ReasonOption,
    name: AsOption,
    finding: Annotated[
        str,
        typer.Option("--finding", help="for keep: the data are not distorted, because … / 维持时：数据未失真的认定"),
    ] = "",
    value: Annotated[
        str, typer.Option("--value", help="for adjust: another value than the drafted one / 调整后的值")
    ] = "",
    since: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=["%Y-%m-%d"], help="for adjust: from when it holds; else the date of account / 生效日期"
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Propose what a review comes to; another person approves it (`tanku approve ID`). / 提出复核决定，待他人批准。

    keep: the baseline stays, with a recorded finding. adjust: same years, moved by the drafted effect (or --value) from a
    day on; the old value stays visible. rebase: other years: approve, then enter a new version in plan/baselines.csv.
    A worsening that nothing external explains never raises a baseline.
    维持须有认定；调整自生效日起改变数值，原值保留；重设须在 plan/baselines.csv 登记新版本；真实变差不得调高基准。
    """
    from pipelines import deciding

    here = Workspace.selected(workspace)
    day = since.date() if since else None
    decision_id, row = deciding.decide_review(
        here, review_id, decision, reason, finding, value, day, name, as_of_of(here)
    )  # fmt: skip
    print(f"{decision_id}  {row['review_id']}  {decision}")
    if decision != "keep":
        print(f"  {_plain(row['old_value'])} → {_plain(row['new_value'])} {row['unit']}")
        if row["is_significant"] is False and row["is_significant_together"] is False:
            print("  未达显著性阈值：可以记录，不必重算 / below the threshold: may be noted, need not be recalculated")
    if decision == "rebase":
        print("  批准后请在 plan/baselines.csv 登记新版本 / once approved, enter a new version in plan/baselines.csv")
    print(f"待另一人批准 / waits for another person: tanku approve {decision_id} --as …；{NEXT_BUILD}")
    print(two_names())


def recalculate(
    file: Annotated[Path, typer.Argument(help="CSV: unit, year, emissions_tco2e, event, happened_on, … / 数据表")],
    base_year: Annotated[
        int | None, typer.Option("--base-year", help="else the first year / 基准年，缺省为首年")
    ] = None,
    threshold: Annotated[
        str, typer.Option("--threshold", help="a share like 0.05; else that of the rules / 显著性阈值")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Recalculate a base year for acquisitions, divestments, in- and outsourcing; needs no workspace. / 试算基准年重算。

    A row is either emissions (unit, year, emissions_tco2e) or an event (unit, event, happened_on; optional: existed_since,
    is_scope_shift_covered). See docs/baseline-recalculation.md and its samples. / 说明与样例见该文档。
    """
    from pipelines import recalculating

    if not file.is_file():
        raise typer.BadParameter(f"没有这个文件 / no such file: {file}")
    answer = recalculating.recalculate(file, base_year, _threshold(threshold))
    print(as_json_text(answer) if as_json else recalculating.as_text(answer))


def chart(
    file: Annotated[Path, typer.Argument(help="CSV: period, value, optional is_in_window / 数据表")],
    kind: Annotated[str, typer.Option("--chart", help="individuals, moving_range, ewma, cusum / 图种")] = "individuals",
    sigma_multiple: Annotated[float | None, typer.Option("--sigma-multiple", help="L, default 3 / 控制限倍数")] = None,
    run_rules: Annotated[str, typer.Option("--run-rules", help='Nelson\'s, "1 2 5 6"; default 1 / 判异准则')] = "",
    smoothing: Annotated[float | None, typer.Option("--smoothing", help="λ of an EWMA, default 0.2 / 平滑系数")] = None,
    reference: Annotated[
        float | None, typer.Option("--reference", help="k of a CUSUM in sigmas, default 0.5 / 参考值")
    ] = None,
    interval: Annotated[
        float | None, typer.Option("--interval", help="h of a CUSUM in sigmas, default 5 / 判定距")
    ] = None,
    centre: Annotated[float | None, typer.Option("--centre", help="known centre, with --sigma / 已知中心")] = None,
    sigma: Annotated[float | None, typer.Option("--sigma", help="known standard deviation / 已知标准差")] = None,
    least_points: Annotated[
        int | None, typer.Option("--least-points", min=2, help="fewest in-control points, default 12 / 最少受控点数")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """A control chart of a series: limits, statistics, alarms; needs no workspace. / 对一列数作控制图。

    Limits come from the rows that is_in_window marks, else from all, points beyond 3 sigmas left out; or from --centre and
    --sigma. See docs/chart.md. / 控制限取自受控窗口，或给定中心与标准差。
    """
    from pipelines import charting_sheets

    if not file.is_file():
        raise typer.BadParameter(f"没有这个文件 / no such file: {file}")
    if (centre is None) != (sigma is None) or (sigma is not None and sigma <= 0):
        raise typer.BadParameter("--centre 与 --sigma（> 0）须同时给出 / --centre and --sigma (above 0) go together")
    given = {"sigma_multiple": sigma_multiple, "run_rules": run_rules, "smoothing": smoothing, "centre": centre}
    given |= {"sigma": sigma, "reference_value": reference, "decision_interval": interval, "least_points": least_points}
    answer = charting_sheets.chart(file, kind, given)
    print(as_json_text(answer) if as_json else charting_sheets.as_text(answer))


def _threshold(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal(-1)
    if not 0 < share < 1:
        raise typer.BadParameter(
            f"“{text}” 应为 0 与 1 之间的比例，如 0.05 / must be a share between 0 and 1, like 0.05"
        )
    return share


def _listed(row: dict[str, Any]) -> list[str]:
    significant = f"{_yes(row['is_significant'])}·{_yes(row['is_significant_together'])}"
    return [
        *(
            row["review_id"],
            row["cause"],
            str(row["found_on"]),
            _plain(row["old_value"]),
            _plain(row["proposed_value"]),
        ),
        *(_share(row["effect_share"]), _share(row["cumulative_share"]), significant, row["status"], row["decision"]),
    ]


def _yes(value: bool | None) -> str:
    return {True: "是", False: "否", None: "?"}[value]


def _plain(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.normalize():f}"


def _share(value: Decimal | None) -> str:
    return "–" if value is None else f"{(value * 100).normalize():f} %"
