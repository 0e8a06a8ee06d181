"""The monthly record sheet (月度存证) of a facility and month as a workbook: the seven fields of the form.."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines import asking
from pipelines.reports import figures
from pipelines.reports.pages import Words

QUESTIONS = Path(__file__).parent / "questions"
FIELDS = [
    ("参数\nParameter", 34),
    ("数据类型\nKind of data", 20),
    ("数值\nValue", 18),
    ("获取方式\nObtained", 24),
    ("单位\nUnit", 10),
    ("数据来源\nData source", 24),
    ("支撑材料\nEvidence", 60),
]
OBTAINED = {
    "measured": "实测 measured",
    "default": "缺省值 default",
    "computed": "计算值 computed",
    "supplier": "供应商提供 supplier",
    "overridden": "人工订正 overridden",
    "substituted": "缺失替代 substituted",
    "missing": "缺失 missing",
}
OVERRIDES = [
    "人工订正\nOverride",
    "状态\nState",
    "收到 → 订正\nReceived → override",
    "提出人（系统用户）\nProposed by (OS user)",
    "单位\nUnit",
    "批准人（系统用户）\nApproved by (OS user)",
    "原因\nReason",
]


class NoRecords(Exception):
    """The facility has no parameter due in that month; the message lists what there is (zh / en)."""

    exit_code = 2


def write(connection: duckdb.DuckDBPyConnection, facility_id: str, month: date, file: Path) -> Path:
    """The sheet as `file`. Raises NoRecords. The same build gives the same bytes."""
    import xlsxwriter

    rows = asking.ask(connection, QUESTIONS / "monthly_record.sql", facility=facility_id, month=month)
    if not rows:
        _refuse(connection, facility_id, month)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": datetime.combine(month, datetime.min.time())})
        _write_sheet(book, rows, asking.ask(connection, QUESTIONS / "overrides.sql", facility=facility_id, month=month))
    return file


def _refuse(connection: duckdb.DuckDBPyConnection, facility_id: str, month: date) -> None:
    known = "select facility_id, min(month), max(month) from marts.fct_monthly_records group by 1 order by 1"
    there = ", ".join(
        f"{name} {first:%Y-%m}…{last:%Y-%m}" for name, first, last in connection.execute(known).fetchall()
    )
    raise NoRecords(
        f"设施 {facility_id} 在 {month:%Y-%m} 没有应报参数；现有：{there}"
        f" / facility {facility_id} has no parameter due in {month:%Y-%m}; there are: {there}"
    )


def _write_sheet(book: Any, rows: list[asking.Row], overrides: list[asking.Row]) -> None:
    first = rows[0]
    title = book.add_format({"bold": True, "font_size": 14})
    note = book.add_format({"font_color": "#5b6b72"})
    heading = book.add_format({"bold": True, "bg_color": "#e4f0f0", "border": 1, "text_wrap": True})
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(f"{first['facility_id']} {first['month']:%Y-%m}"[:31])
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"月度存证 Monthly record: {first['facility_zh']} {first['month']:%Y-%m}", title)
    sheet.write_string(1, 0, f"{first['facility_en']} · 数据质量控制计划 plan {first['plan_version'] or '—'}", note)
    sheet.write_string(2, 0, f"应于 {first['due_on']} 前完成 / due on {first['due_on']}", note)
    for position, (name, width) in enumerate(FIELDS):
        sheet.set_column(position, position, width)
        sheet.write_string(3, position, name, heading)
    for number, row in enumerate(rows, start=4):
        _write_row(book, sheet, number, row, text)
    _write_overrides(sheet, 5 + len(rows), overrides, {"heading": heading, "cell": text, "note": note})
    sheet.freeze_panes(4, 0)


def _write_overrides(sheet: Any, number: int, overrides: list[asking.Row], formats: dict[str, Any]) -> None:
    """Below the form: what was put in the place of what was received, and by whom; or that nothing was."""
    if not overrides:
        sheet.write_string(number, 0, "本月没有人工订正。 / No value of this month is overridden.", formats["note"])
        return
    zh, en = Words("zh"), Words("en")
    for position, name in enumerate(OVERRIDES):
        sheet.write_string(number, position, name, formats["heading"])
    for row in overrides:
        number += 1
        received = "—" if row["measured_quantity"] is None else figures.plain(row["measured_quantity"])
        cells = [
            f"{row['parameter_id']} {row['override_id']}\n{row['name_zh']} {row['name_en']}",
            f"{zh.term('decision', row['state'])} {en.term('decision', row['state'])}\n至 until {row['expires_on']}",
            f"{received} → {figures.plain(row['value'])}",
            f"{row['made_by']} ({row['made_by_os_user']})",
            row["unit"],
            f"{row['approved_by']} ({row['approved_by_os_user']})" if row["approved_by"] else "—",
            row["reason"],
        ]
        for position, cell in enumerate(cells):
            sheet.write_string(number, position, cell, formats["cell"])
    sheet.write_string(number + 1, 0, f"{zh.two_names} / {en.two_names}", formats["note"])


def _write_row(book: Any, sheet: Any, number: int, row: asking.Row, text: Any) -> None:
    cells = [
        f"{row['name_zh']}\n{row['name_en']}",
        f"{row['kind_zh']}\n{row['kind_en']}",
        None,
        " ".join(part for part in (OBTAINED.get(row["obtained"], row["obtained"]), row["rule_ids"]) if part),
        row["unit"],
        row["data_source"] or " ".join(Words(one).term("record", row["source_kind"]) for one in ("zh", "en")),
        "\n".join(part for part in (row["evidence"], row["files"]) if part) or "—",
    ]
    for position, cell in enumerate(cells):
        if cell is not None:
            sheet.write_string(number, position, cell, text)
    if row["quantity_rounded"] is None:
        sheet.write_string(number, 2, "缺失 missing", text)
    else:
        places = "0." + "0" * row["decimals"] if row["decimals"] else "0"
        shape = book.add_format({"border": 1, "valign": "top", "num_format": f"#,##{places}"})
        sheet.write_number(number, 2, float(row["quantity_rounded"]), shape)
