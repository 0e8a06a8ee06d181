"""Where things stand, for `tanku status` and `tanku account`: asked of the journal, the builds and the published marts.

It computes no figure: every number shown stands in a mart.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipelines import archive, closing, locking, publishing, warehouse
from pipelines.archive import inbox
from pipelines.doors import verdicts
from pipelines.workspace import Workspace

SEVERE = "select control_id from marts.dim_controls where severity = 'E'"


def status(workspace: Workspace) -> dict[str, Any]:
    """Deliveries, quarantine, verdicts, builds, the lock's holder and what is published, as one plain record."""
    _reap(workspace)
    published = publishing.published_build(workspace)
    report: dict[str, Any] = {
        "workspace": str(workspace.root),
        "published": published.build_id if published else None,
        "building_now": _text_or_none(locking.holder(workspace.lock)),
        "inbox": [path.name for path in inbox.waiting(workspace)],
        "deliveries": len(archive.deliveries(workspace)),
        "builds": [build.build_id for build in publishing.builds(workspace)],
        "closed": [one.name for one in closing.closings(workspace)],
        "last_runs": _last_runs(workspace),
    }
    if published:
        with warehouse.reading(warehouse.published(workspace)) as connection:
            report |= _quality(connection)
    return report


def as_text(report: dict[str, Any]) -> str:
    """The status as a person reads it."""
    labels = {
        "workspace": "工作区 / workspace",
        "published": "已发布 / published",
        "building_now": "正在构建 / building now",
        "inbox": "收件箱 / inbox",
        "deliveries": "已收文件 / deliveries",
        "rejected_files": "拒收文件 / files refused",
        "quarantined_rows": "隔离行 / rows quarantined",
        "verdicts": "控制结论 / verdicts",
        "builds": "构建 / builds",
        "closed": "已关闭期间 / closed periods",
        "last_runs": "最近运行 / last runs",
    }
    width = max(map(_width, labels.values())) + 2
    return "\n".join(
        label + " " * (width - _width(label)) + _shown(report[key]) for key, label in labels.items() if key in report
    )


def failed_controls(workspace: Workspace) -> list[str]:
    """The severe controls that are not PASS in the published build: what `tanku build --strict` answers to."""
    with warehouse.reading(warehouse.published(workspace)) as connection:
        severe = {row[0] for row in connection.execute(SEVERE).fetchall()}
        standing = verdicts.standing(connection)
    return sorted(control for control in severe if not standing.get(control, verdicts.NEVER_RAN).passed)


def account(workspace: Workspace) -> str:
    """The published account in plain text: emissions, verdicts, substitutions, quarantine, and where things lie."""
    with warehouse.reading(warehouse.published(workspace)) as connection:
        parts = [_heading(connection), *(_section(connection, *section) for section in SECTIONS)]
    places = [
        f"数据仓库 / warehouse : {workspace.published_warehouse}",
        *(f"报告 / report        : {page}" for page in sorted((workspace.published / "reports").glob("*.html"))),
    ]
    return "\n\n".join([*parts, "\n".join(places)])


SECTIONS: Sequence[tuple[str, str]] = (
    (
        "排放量 / emissions, tCO2e",
        """
        select regime as 核算体系, year as 年度, facility_id as 设施, scope as 范围,
            format('{:>16}', emissions_tco2e::varchar) as tCO2e,
            case status when 'complete' then '完整 complete' else '不完整 incomplete: ' || reason_en end as 状态
        from marts.fct_totals order by all
        """,
    ),
    (
        "集团合计 / group totals, tCO2e (transfers between own sites left out / 厂际转移已抵销)",
        """
        select regime as 核算体系, year as 年度, scope as 范围,
            format('{:>16}', sites_tco2e::varchar) as 各设施之和,
            format('{:>16}', transfers_tco2e::varchar) as 厂际转移,
            format('{:>16}', group_tco2e::varchar) as 集团合计,
            case status when 'complete' then '完整 complete' else '不完整 incomplete' end as 状态
        from marts.fct_group_totals order by all
        """,
    ),
    (
        "未核实的因子 / factors used that are not confirmed",
        """
        select factor_id as 因子, arg_max(verification_status, verification_status) as 核实,
            any_value(source_document) as 来源
        from accounting.workings
        where factor_id is not null and verification_status <> 'confirmed'
        group by factor_id order by 核实 desc, factor_id
        """,
    ),
    (
        "控制结论 / verdict of every control (facility-months)",
        """
        select c.control_id as 控制, c.severity as 级别, c.name_zh || ' ' || c.name_en as 名称,
            count(*) filter (v.status = 'PASS') as PASS, count(*) filter (v.status = 'FAIL') as FAIL,
            count(*) filter (v.status = 'ERROR') as ERROR, count(*) filter (v.status = 'MISSING') as MISSING,
            count(*) filter (v.status = 'MANUAL') as MANUAL
        from marts.dim_controls as c left join marts.fct_verdicts as v using (control_id)
        group by 1, 2, 3 order by 1
        """,
    ),
    (
        "替代 / substituted",
        """
        select facility_id as 设施, stream_id as 排放源, rule_id as 规则, count(*) as 次数,
            sum(hours_missing) as 缺失小时, min(period_start) as 自, max(period_end) as 至
        from marts.fct_substitutions group by 1, 2, 3 order by 1, 2, 3
        """,
    ),
    (
        "隔离 / quarantined rows",
        "select file_name as 文件, row_number as 行, code as 代码, found as 所见 from marts.fct_quarantine order by all",
    ),
)


def _heading(connection: duckdb.DuckDBPyConnection) -> str:
    name_zh, name_en, as_of = connection.execute("select name_zh, name_en, as_of from settings.build").fetchall()[0]
    return f"{name_zh} / {name_en}\n核算截止 / account drawn up to: {as_of}"


def _section(connection: duckdb.DuckDBPyConnection, title: str, query: str) -> str:
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or []]
    return f"── {title}\n" + as_table(columns, cursor.fetchall())


def as_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as lines of aligned columns below their headings, wide characters counted as two; an empty cell for None."""
    lines = [list(columns), *([("" if cell is None else str(cell)) for cell in row] for row in rows)]
    if len(lines) == 1:
        return "（无 / none）"
    widths = [max(_width(line[index]) for line in lines) for index in range(len(columns))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _width(text: str) -> int:
    """Columns a terminal gives to the text: East Asian wide characters take two."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{key} {number}" for key, number in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(map(str, value[-5:])) or "–"
    return "–" if value is None else str(value)


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _quality(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    refused = "select count(*) from marts.fct_deliveries where outcome = 'REJECT_FILE'"
    verdict = "select status, count(*) from marts.fct_verdicts group by status order by status"
    return {
        "rejected_files": connection.execute(refused).fetchall()[0][0],
        "quarantined_rows": connection.execute("select count(*) from marts.fct_quarantine").fetchall()[0][0],
        "verdicts": dict(connection.execute(verdict).fetchall()),
    }


def _last_runs(workspace: Workspace) -> list[str]:
    """The last Dagster runs with their status, read without importing Dagster: a status is asked for often."""
    import sqlite3

    file = workspace.dagster_home / "history" / "runs.db"
    if not file.is_file():
        return []
    try:
        rows = _asked(file, "mode=ro")
    except sqlite3.OperationalError:
        # On a full disk SQLite has no room for its own notes; without them it reads what had been written before.
        rows = _asked(file, "immutable=1")
    return [f"{str(at)[:19]} {state}" for at, state in reversed(rows)]


def _asked(file: Path, how: str) -> list[tuple[Any, ...]]:
    import sqlite3

    with contextlib.closing(sqlite3.connect(f"file:{file}?{how}", uri=True)) as runs:
        return runs.execute("select create_timestamp, status from runs order by id desc limit 5").fetchall()


def _reap(workspace: Workspace) -> None:
    """Runs that died are shown as failed; Dagster is only imported when there is one to bury."""
    if any(line.endswith(("STARTED", "STARTING", "CANCELING")) for line in _last_runs(workspace)):
        from pipelines import jobs

        jobs.reap_if_idle(workspace)
