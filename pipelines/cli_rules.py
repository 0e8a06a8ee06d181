"""The commands that ask the rules alone and need no workspace. Thin, like cli.py; no work is done here."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

DID_NOT_PASS = 1


def register(app: typer.Typer) -> None:
    """Put these commands into the command line."""
    app.command()(calculate)
    app.command()(method)
    app.command()(docs)


def calculate(
    file: Annotated[Path, typer.Argument(help="CSV: sector, stream, parameter, quantity, unit, date, … / 数据表")],
    regime: Annotated[
        list[str] | None, typer.Option("--regime", help="a rule book, may be repeated; else all / 核算制度，可重复")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="factors published up to this date / 因子公布截止日"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="machine-readable / 机器可读")] = False,
) -> None:
    """Account a sheet of figures by the models of every build, with workings. / 试算：一张数据表按各制度核算。

    Columns: sector, stream, parameter, quantity, unit, date;
    optional: key, material, technology, region, origin, measure, proof.
    Rows of one key are one source stream: its activity_data and whatever is measured of it (ncv, carbon_content …).
    See docs/calculate.md and its three sample files. / 说明与三个样例见 docs/calculate.md。
    """
    from pipelines import calculating

    if not file.is_file():
        raise typer.BadParameter(f"没有这个文件 / no such file: {file}")
    print("正在核算，约十秒 … / accounting, about ten seconds …", file=sys.stderr)
    answer = calculating.calculate(file, regime or [], as_of.date() if as_of else date.today())
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=str) if as_json else calculating.as_text(answer))
    if any(line["status"] == "error" for line in answer["lines"]):
        raise typer.Exit(DID_NOT_PASS)


def method(
    sector: Annotated[str, typer.Argument(help="a folder of the rules: steel, cement, gbt32150 … / 行业或制度")] = "",
    regime: Annotated[str | None, typer.Option("--regime", help="only this rule book / 只列一种制度")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="machine-readable / 机器可读")] = False,
) -> None:
    """A sector's methods as readable formulas, with default factors and sources. / 行业核算方法的公式、缺省值与出处。"""
    from pipelines import methods

    if not sector:
        print("\n".join(methods.folders()))
        return
    found = methods.method(sector, regime)
    print(found.as_json() if as_json else found.as_text())


def docs(
    folder: Annotated[Path, typer.Argument(help="where the pages are written / 页面写入的文件夹")],
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="factors published up to this date / 因子公布截止日"),
    ] = None,
) -> None:
    """The methods as a site to read offline: a page a sector and a regime, zh and en. / 生成可离线阅读的核算方法手册。"""
    from pipelines import documenting

    print("正在生成，约二十秒 … / writing, about twenty seconds …", file=sys.stderr)
    print(documenting.write(folder, as_of.date() if as_of else date.today()))
