"""The example's settings and its data quality control plan: text files beside this module, copied as they are.

It draws nothing at random and knows no inbox.
"""

from __future__ import annotations

import csv
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

from pipelines.example import days
from pipelines.example.truth import Planted

SOURCE = Path(__file__).parent / "plan"

SETTINGS = f"""\
# 示例企业：虚构，仅供试用。 / The example enterprise: invented, for trying things out.
[enterprise]
name_zh = "南京江锐汽车零部件集团（示例）"
name_en = "Nanjing Jiangrui Auto Parts Group (example)"
time_zone = "Asia/Shanghai"
language = "zh"

[build]
regimes = ["gbt32150", "ghgp_location", "ghgp_market"]   # 核算体系 / the rule books to account by
first_period = {days.FIRST_DAY}                 # 首个核算期 / the first period accounted for
as_of = {days.AS_OF}                        # 固定核算截止日，便于复现 / pinned, so that the example can be repeated
keep_builds = 10
retention_years = 10
"""


def write(root: Path) -> None:
    """`tanku.toml` and `plan/` in the workspace folder `root`."""
    target = root / "plan"
    target.mkdir(parents=True, exist_ok=True)
    (root / "tanku.toml").write_text(SETTINGS, encoding="utf-8")
    for source in sorted(SOURCE.glob("*.*")):
        shutil.copyfile(source, target / source.name)


def rows(name: str) -> list[dict[str, str]]:
    """A table of the plan, as text: `rows("parameters")`."""
    with (SOURCE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def units() -> dict[str, str]:
    """The plan's unit of each series of the truth: of a stream by its accounted activity, of a measured factor by itself."""
    units = {}
    for row in rows("parameters"):
        units[row["parameter_id"]] = row["unit"]
        if row["role"] == "account" and row["kind"] in ("activity_data", "production"):
            units[row["stream_id"]] = row["unit"]
    return units


def lapses() -> list[Planted]:
    """The months that the plan itself leaves without a calibrated meter, from one certificate's end to the next."""
    found = []
    certificates = sorted(
        enumerate(rows("calibrations"), 2), key=lambda item: (item[1]["meter_id"], item[1]["calibrated_on"])
    )
    for (row, before), (_, after) in pairwise(certificates):
        lapsed_from = date.fromisoformat(before["due_on"])
        calibrated_on = date.fromisoformat(after["calibrated_on"])
        if before["meter_id"] == after["meter_id"] and lapsed_from < calibrated_on:
            months = tuple(days.label(month) for month in days.months(lapsed_from, calibrated_on))
            stream_id = _stream_of(before["meter_id"])
            note = f"{before['meter_id']}: no certificate from {lapsed_from} to {calibrated_on}"
            found.append(
                Planted("calibration_lapsed", "plan/calibrations.csv", "", (row,), stream_id, months, note=note)
            )
    return found


def _stream_of(meter_id: str) -> str:
    points = {row["point_id"] for row in rows("meters") if row["meter_id"] == meter_id}
    return next(row["stream_id"] for row in rows("parameters") if row["source_key"] in points)
