"""The settings of a workspace: an allowance price is read to the digit; what is none is refused by file and key."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines import candidate
from pipelines.workspace import Settings, Workspace, WorkspaceError

FOUNDED = """
[enterprise]
name_zh = "示例"
name_en = "Example"
[build]
regimes = ["gbt32150"]
first_period = 2024-01-01
"""


def settings(folder: Path, more: str = "") -> Settings:
    file = folder / "tanku.toml"
    file.write_text(FOUNDED + more, encoding="utf-8")
    return Settings.read(file)


def test_without_an_allowance_the_published_price_holds(tmp_path: Path) -> None:
    assert settings(tmp_path).allowance_price is None
    assert candidate._allowance(Workspace.at(tmp_path)).num_rows == 0


@pytest.mark.parametrize(("written", "price"), [("70", "70"), ("70.05", "70.05"), ("62.90", "62.90"), ("0.01", "0.01")])
def test_a_price_is_read_to_the_digit(tmp_path: Path, written: str, price: str) -> None:
    read = settings(tmp_path, f"[allowance]\nprice_yuan_per_tco2e = {written}\nprice_date = 2026-01-31\n")
    assert (read.allowance_price, read.allowance_price_date) == (Decimal(price), date(2026, 1, 31))
    (row,) = candidate._allowance(Workspace.at(tmp_path)).to_pylist()
    assert row == {"price_cny_per_t": Decimal(price), "price_date": date(2026, 1, 31)}


@pytest.mark.parametrize("written", ["0", "-1", "70.005", '"70"', "true", "nan", "inf", "1e12"])
def test_what_is_no_price_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(WorkspaceError, match=r"tanku\.toml"):
        settings(tmp_path, f"[allowance]\nprice_yuan_per_tco2e = {written}\n")


@pytest.mark.parametrize("more", ['[allowance]\nprice_date = "2026"\n', "[[allowance]]\n"])
def test_what_is_no_allowance_is_refused(tmp_path: Path, more: str) -> None:
    with pytest.raises(WorkspaceError, match=r"tanku\.toml"):
        settings(tmp_path, more)
