"""A plan to fill in: every table with its columns, and the house's own controls and roles. It reads no plan."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from pipelines.plan.tables import TABLES, VERSIONS

PLAN_TOML = """\
# 数据质量控制计划的版本 / versions of the data quality control plan (clause 9.2.2 a): 每次修订加一段 / one block a revision
[[versions]]
version = "{year}.1"
valid_from = {year}-01-01
made_on = {today}
author = ""
reviewer = ""
approver = ""
reason = "首次制定 / first issue"
"""


def write_blank(folder: Path, house_plan: Path, first_year: int, today: date) -> None:
    """Header-only CSVs in `folder`; controls and roles are those of `house_plan`, the roles without persons."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        if table != VERSIONS:
            _write(folder / f"{table}.csv", table, _house_rows(house_plan / f"{table}.csv", table))
    (folder / "plan.toml").write_text(PLAN_TOML.format(year=first_year, today=today), encoding="utf-8")


def _house_rows(file: Path, table: str) -> list[dict[str, str]]:
    if table not in {"controls", "roles"}:
        return []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [row | ({"person": "", "department": ""} if table == "roles" else {}) for row in csv.DictReader(lines)]


def _write(file: Path, table: str, rows: list[dict[str, str]]) -> None:
    # With a BOM: Excel opens the file as UTF-8 only then.
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, [field.name for field in TABLES[table]])
        writer.writeheader()
        writer.writerows(rows)
