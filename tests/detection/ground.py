"""The enterprise that errors are planted in: the example's clean twin, and the factor its heating company declares.

It plants nothing. The factor is there because a factor of the wrong year has to come from somewhere.
"""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

from pipelines import example, founding
from pipelines.example import chance, days, laboratory, sheets
from pipelines.workspace import Workspace

HEAT_COMPANY = "南京示例热力有限公司"
# What the heating company declares for its heat, tCO2/GJ: the year's level, and a little around it month by month.
LEVELS = {2023: 0.1052, 2024: 0.1017, 2025: 0.0986, 2026: 0.0971}
PARAMETER = {
    "parameter_id": "E-HEAT-EF",
    "stream_id": "E-HEAT",
    "name_zh": "供热排放因子（供应商声明）",
    "name_en": "Emission factor of the heat, as the supplier declares it",
    "kind": "emission_factor",
    "record_type": "lab_assay",
    "source_key": "NJ-E/GR-EF",
    "measure": "emission_factor",
    "unit": "tCO2/GJ",
    "role": "account",
    "frequency": "month",
    "uncertainty": "0.05",
    "responsible_department": "财务部",
    "review_department": "安全环保部",
    "valid_from": "2023-01-01",
}


def lay(root: Path) -> Workspace:
    """A workspace whose files hold no error; raises WorkspaceError where something lies already."""
    workspace = founding.found(root, example=True)
    for folder in (workspace.root / "inbox", workspace.plan):
        shutil.rmtree(folder)
    example.write(workspace.root, is_faulty=False)
    _declare(workspace)
    return workspace


def files(workspace: Workspace) -> dict[str, bytes]:
    """What people keep and send: the inbox, and the register of calibrations."""
    found = {file.name: file.read_bytes() for file in sorted((workspace.root / "inbox").iterdir())}
    register = workspace.plan / "calibrations.csv"
    return found | {f"plan/{register.name}": register.read_bytes()}


def replace(workspace: Workspace, content: dict[str, bytes]) -> None:
    """These files instead of the clean ones."""
    inbox = workspace.root / "inbox"
    for file in inbox.iterdir():
        file.unlink()
    for name, whole in content.items():
        target = workspace.root / name if name.startswith("plan/") else inbox / name
        target.write_bytes(whole)


def _declare(workspace: Workspace) -> None:
    table = workspace.plan / "parameters.csv"
    with table.open(encoding="utf-8-sig", newline="") as lines:
        header = next(csv.reader(lines))
    with table.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, header, restval="", lineterminator="\n").writerow(PARAMETER)
    random = chance.stream(example.SEED, "declared factors")
    for year, level in LEVELS.items():
        rows = [_declared(random, month, level) for month in days.MONTHS if month.year == year]
        content = sheets.workbook({laboratory.SHEET: [laboratory.HEADER, *rows]}, "0.00000")
        (workspace.root / "inbox" / f"{days.received(year)}_NJ-E_供热排放因子_{year}.xlsx").write_bytes(content)


def _declared(random: chance.Random, month: date, level: float) -> list:
    factor = chance.rounded(level * chance.around(random, 0.006), 5)
    day = month.replace(day=20)
    return ["NJ-E", "GR-EF", f"RF-{month:%Y%m}", "emission_factor", factor, "tCO2/GJ", day, day, "", HEAT_COMPANY, ""]
