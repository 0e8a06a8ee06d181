"""`tanku chart` on the handbook's data and on series of few, marked and spoilt rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines import charting_sheets
from pipelines.sheets import SheetError
from pipelines.workspace import PROJECT_ROOT
from tests.conftest import tanku
from tests.performance.test_charts import FLOW

EWMA = PROJECT_ROOT / "docs" / "samples" / "chart_ewma.csv"
# NIST/SEMATECH e-Handbook 6.3.2.4, as printed from the first observation on
PRINTED = [
    *(50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33),
    *(50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99),
]


def chart(tmp_path: Path, text: str, kind: str = "individuals", **given: Any) -> dict[str, Any]:
    file = tmp_path / "series.csv"
    file.write_text(text, encoding="utf-8")
    return charting_sheets.chart(file, kind, given)


def test_the_handbook_s_ewma() -> None:
    known = ("--smoothing", 0.3, "--centre", 50, "--sigma", 2.0539)
    found = json.loads(tanku("chart", EWMA, "--chart", "ewma", *known, "--json").stdout)
    assert [point["statistic"] for point in found["points_told"]] == pytest.approx(PRINTED, abs=0.0051)
    last = found["points_told"][-1]
    assert (last["lower_limit"], last["upper_limit"]) == pytest.approx((47.4115, 52.5884), abs=0.003)
    assert not any(point["is_alarm"] for point in found["points_told"])


def test_limits_come_from_the_window_and_the_alarm_names_its_period(tmp_path: Path) -> None:
    rows = [f"2024-{month:02d},{10 + month % 2},true" for month in range(1, 13)] + ["2025-01,30,false"]
    found = chart(tmp_path, "period,value,is_in_window\n" + "\n".join(rows))
    assert (found["centre"], found["points_used"]) == (10.5, 12)
    assert found["sigma"] == pytest.approx(1 / 1.128)
    alarms = [
        (point["period"], point["direction"], point["began"]) for point in found["points_told"] if point["is_alarm"]
    ]
    assert alarms == [("2025-01", "up", "2025-01")]


def test_too_few_points_give_no_limits(tmp_path: Path) -> None:
    text = "period,value\n" + "".join(f"{at},{at % 3}\n" for at in range(11))
    found = chart(tmp_path, text)
    assert found["status"] == "not_enough_points" and found["points_told"] == []
    assert "--centre" in charting_sheets.as_text(found)
    assert chart(tmp_path, text, centre=1.0, sigma=1.0)["status"] == "in_use"


def test_a_textbook_s_ten_points_may_be_enough(tmp_path: Path) -> None:
    """NIST/SEMATECH e-Handbook 6.3.2.2: the flow rates of ten batches and their limits, as printed."""
    file = tmp_path / "flow.csv"
    file.write_text("period,value\n" + "".join(f"{at},{flow}\n" for at, flow in enumerate(FLOW, 1)), encoding="utf-8")
    assert "12" in tanku("chart", file).stdout
    found = json.loads(tanku("chart", file, "--least-points", 10, "--json").stdout)
    assert (found["status"], found["centre"]) == ("in_use", pytest.approx(50.81))
    first = found["points_told"][0]
    assert (first["lower_limit"], first["upper_limit"]) == pytest.approx((45.8159, 55.8041), abs=0.002)


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("period\n1\n", "ewma", "lacking: value"),
        ("period,value\n1,x\n", "ewma", "第 2 行 value"),
        ("period,value\n", "ewma", "no row below the header"),
        ("period,value\n1,1\n", "shewhart", "it is one of: individuals"),
    ],
)
def test_what_cannot_be_charted_is_refused(tmp_path: Path, text: str, kind: str, told: str) -> None:
    with pytest.raises(SheetError, match=told) as refused:
        chart(tmp_path, text, kind)
    assert refused.value.exit_code == 2
