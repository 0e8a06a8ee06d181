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

# [allowance]
# price_yuan_per_tco2e = 70.00             # 配额价格，代替公布价格 / prices gaps instead of the published price
"""


# The claim of the group's certificate that the foundry has no right to.
CLAIMED_WRONGLY = "F-GEC"


def write(root: Path, is_faulty: bool = True) -> None:
    """`tanku.toml` and `plan/` in the workspace folder `root`; without faults no certificate lapses or is claimed twice."""
    target = root / "plan"
    target.mkdir(parents=True, exist_ok=True)
    (root / "tanku.toml").write_text(SETTINGS, encoding="utf-8")
    for source in sorted(SOURCE.glob("*.*")):
        shutil.copyfile(source, target / source.name)
    if not is_faulty:
        _mend(target)


def _mend(target: Path) -> None:
    """Takes the plan's own faults out: a meter is calibrated on the day that its certificate ends, one site claims."""
    for name in ("streams", "parameters"):
        file = target / f"{name}.csv"
        kept = [line for line in _lines(file) if not line.startswith((f"{CLAIMED_WRONGLY},", f"{CLAIMED_WRONGLY}-"))]
        file.write_text("".join(kept), encoding="utf-8")
    file = target / "calibrations.csv"
    lines = _lines(file)
    for _, before, row, after in _lapsed():
        lines[row - 1] = lines[row - 1].replace(after["calibrated_on"], before["due_on"])
    file.write_text("".join(lines), encoding="utf-8")


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8-sig").splitlines(keepends=True)


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
    for row, before, _, after in _lapsed():
        lapsed_from, calibrated_on = (date.fromisoformat(day) for day in (before["due_on"], after["calibrated_on"]))
        months = tuple(days.label(month) for month in days.months(lapsed_from, calibrated_on))
        note = f"{before['meter_id']}: no certificate from {lapsed_from} to {calibrated_on}"
        where = ("plan/calibrations.csv", "", (row,), _stream_of(before["meter_id"]), months)
        found.append(Planted("calibration_lapsed", *where, note=note))
    return found


def _lapsed() -> list[tuple[int, dict[str, str], int, dict[str, str]]]:
    """Certificates of one meter between which a gap is: the earlier and the later one, each after its row in the file."""
    certificates = sorted(
        enumerate(rows("calibrations"), 2), key=lambda item: (item[1]["meter_id"], item[1]["calibrated_on"])
    )
    return [
        (earlier, before, later, after)
        for (earlier, before), (later, after) in pairwise(certificates)
        if before["meter_id"] == after["meter_id"] and before["due_on"] < after["calibrated_on"]
    ]


def _stream_of(meter_id: str) -> str:
    points = {row["point_id"] for row in rows("meters") if row["meter_id"] == meter_id}
    return next(row["stream_id"] for row in rows("parameters") if row["source_key"] in points)
