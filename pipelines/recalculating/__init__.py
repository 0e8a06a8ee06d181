"""`tanku baseline recalculate`: a sheet of units, years and events through the models that recalculate bases in every build.

For people who have no warehouse. It lays the sheet's rows down in memory and asks; no figure is computed here.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import asking, rules, warehouse
from pipelines.recalculating import sheet
from pipelines.sheets import SheetError

__all__ = ["SheetError", "as_text", "recalculate"]

HERE = Path(__file__).parent
MODELS = ("judged_events", "structural_changes", "recalculated_years")
LAID_DOWN = ("unit_moves", "entered_bases", "structural_events", "reported_years", "transferred_years")
RULES = ("event_kinds", "recalculation_treatments")


def recalculate(file: Path, base_year: int | None, threshold: Decimal | None) -> dict[str, Any]:
    """The base before and after, each event's effect and significance, and the years against it; DECIMALs are kept.

    base_year: the first year of the sheet when not given. threshold: a share; that of the rules when not given. Raises
    SheetError.
    """
    units, events = sheet.read(file)
    years = {row["year"] for row in units}
    asked = min(years) if base_year is None else base_year
    if asked not in years:
        raise SheetError(
            f"基准年 {asked} 没有排放量；表中有：{', '.join(map(str, sorted(years)))}。",
            f"the base year {asked} has no emissions; the sheet has: {', '.join(map(str, sorted(years)))}.",
        )
    names = {name: name for name in (*MODELS, *LAID_DOWN, *RULES, "performance_limits")}
    with warehouse.scratch() as connection:
        connection.register("units", sheet.table(units, sheet.UNITS))
        connection.register("events", sheet.table(events, sheet.EVENTS))
        connection.register("base", pa.table({"year": pa.array([asked], pa.int32())}))
        for name in RULES:
            connection.register(f"{name}_as_text", pa.Table.from_pylist(rules.rows(name)))
            connection.execute(f"create view {name} as {_typed(name)}")
        connection.register("performance_limits", _limits(threshold))
        for name in LAID_DOWN:
            connection.execute(f"create view {name} as {(HERE / f'{name}.sql').read_text(encoding='utf-8')}")
        _refuse_empty_base(connection.sql("select base_tco2e from entered_bases").fetchall(), asked)
        for name in MODELS:
            query = warehouse.render_model(f"targets/{name}.sql", names)
            connection.execute(f"create table {name} as {query}")
        found = {
            name: asking.ask(connection, HERE / "questions" / f"{name}.sql") for name in ("base", "events", "years")
        }
    return found["base"][0] | {"events": found["events"], "years": found["years"]}


def _refuse_empty_base(found: list[tuple[Decimal | None]], base_year: int) -> None:
    """A base year in which no unit belonged to the company has no base: that is not 0 t."""
    if found[0][0] is None:
        raise SheetError(
            f"基准年 {base_year} 没有属于本企业的单元：有排放量的单元都在其后才并入，或在其前已剥离。"
            "请用 --base-year 另选年份，或补登自有单元的排放量。",
            f"no unit belonged to the company in the base year {base_year}: those with emissions joined later or had left."
            " Choose another --base-year, or enter what the company's own units emitted.",
        )


def _typed(name: str) -> str:
    """The rules as a build types them."""
    columns = ", ".join(f"cast({column} as {kind}) as {column}" for column, kind in rules.declared()[name].items())
    return f"select {columns} from {name}_as_text"  # noqa: S608 - names of the rules' own tables and columns


def _limits(threshold: Decimal | None) -> pa.Table:
    rows = rules.rows("performance_limits")
    known = {row["name"]: Decimal(row["value"]) for row in rules.rows("performance_limits")}
    given = known if threshold is None else known | {"significant_change": threshold}
    values = pa.array([given[row["name"]] for row in rows], pa.decimal128(18, 6))
    return pa.table({"name": [row["name"] for row in rows], "value": values})


def as_text(answer: dict[str, Any]) -> str:
    """The answer for a person, zh and en."""
    told = [
        f"基准年 / base year {answer['base_year']}：{_plain(answer['base_tco2e'])} tCO2e",
        f"显著性阈值 / significance threshold: {_share(answer['threshold'])}",
        "",
    ]
    for row in answer["events"]:
        told += _event(row)
    told += [f"重算后基准 / recalculated base: {_plain(answer['recalculated_base_tco2e'])} tCO2e"]
    if answer["pending_tco2e"]:
        told.append(f"  未达阈值、留待累计 / below the threshold, counted on: {_signed(answer['pending_tco2e'])} tCO2e")
    told += [
        "",
        "年度 / year: 报告 reported | 全年法 all-year: 基准 base · 实绩 actual | 当年法 same-year | 现边界 restated",
    ]
    told += [
        f"  {row['year']}: {_plain(row['reported_tco2e'])} | {_plain(row['base_all_year_tco2e'])} · "
        f"{_plain(row['all_year_tco2e'])} | {_plain(row['base_same_year_tco2e'])} · {_plain(row['reported_tco2e'])}"
        f" | {_plain(row['recalculated_tco2e'])}"
        for row in answer["years"]
    ]
    return "\n".join(told)


def _event(row: dict[str, Any]) -> list[str]:
    word = "重算 recalculated" if row["is_recalculated"] else "不重算 not recalculated"
    significant = "显著 significant" if row["is_significant"] else "不显著 not significant"
    together = "显著 significant" if row["is_significant_together"] else "不显著 not significant"
    return [
        f"{row['happened_on']}  {row['unit']}  {row['kind_zh']} {row['kind_en']}：{word}",
        f"  影响 / effect: {_signed(row['effect_tco2e'])} tCO2e = {_share(row['effect_share'])}（{significant}）；"
        f"累计 / cumulative: {_share(row['cumulative_share'])}（{together}）",
        f"  {row['reason_zh']} / {row['reason_en']}",
        "",
    ]


def _plain(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.normalize():f}"


def _signed(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.normalize():+f}"


def _share(value: Decimal | None) -> str:
    return "–" if value is None else f"{(value * 100).normalize():f} %"
