"""The rules become tables: every folder's file is taken, and a file that is not as declared is refused by name."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines import rules
from pipelines.workspace import SEEDS_DIR

# Lists that Python reads by itself; SQL never asks for them.
READ_ELSEWHERE = {"reason_codes", "sentinels"}


def write(root: Path, folder: str, table: str, text: str) -> Path:
    file = root / folder / f"{table}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_every_file_of_the_house_is_a_declared_table() -> None:
    strays = {file.stem for file in SEEDS_DIR.glob("*/*.csv")} - set(rules.declared()) - READ_ELSEWHERE
    assert strays == set()


def test_no_row_of_any_folder_is_lost() -> None:
    with duckdb.connect() as connection:
        rules.lay_down(connection)
        for table in rules.declared():
            counted = 0
            for file in SEEDS_DIR.glob(f"*/{table}.csv"):
                with file.open(encoding="utf-8", newline="") as lines:
                    counted += sum(1 for _ in csv.DictReader(lines))
            assert connection.execute(f"select count(*) from rules.{table}").fetchone() == (counted,), table


def test_folders_add_up_and_an_empty_cell_is_null(tmp_path: Path) -> None:
    head = ",".join(rules.declared()["factor_subjects"])
    write(tmp_path, "b", "factor_subjects", f"{head}\ns,f,\n")
    write(tmp_path, "a", "factor_subjects", f'{head}\ns,"x, ""y""",z\n')
    with duckdb.connect() as connection:
        rules.lay_down(connection, tmp_path)
        found = connection.execute("from rules.factor_subjects order by all").fetchall()
        assert found == [("s", "f", None, "b"), ("s", 'x, "y"', "z", "a")]
        assert connection.execute("select count(*) from rules.methods").fetchone() == (0,)


def test_digits_are_kept(tmp_path: Path) -> None:
    columns = rules.declared()["energy_coefficients"]
    row = ",".join("0.123456789012345678" if name == "tce_per_unit" else "" for name in columns)
    write(tmp_path, "a", "energy_coefficients", ",".join(columns) + f"\n{row}\n")
    with duckdb.connect() as connection:
        rules.lay_down(connection, tmp_path)
        (value,) = connection.execute("select tce_per_unit from rules.energy_coefficients").fetchone() or (None,)
    assert value == Decimal("0.123456789012345678")


def test_a_wrong_header_names_the_file(tmp_path: Path) -> None:
    write(tmp_path, "steel", "factor_subjects", "factor_set,fuels,subject\n")
    with duckdb.connect() as connection, pytest.raises(rules.RulesError, match=r"steel/factor_subjects\.csv.*fuels"):
        rules.lay_down(connection, tmp_path)


def test_a_value_of_another_type_names_the_file(tmp_path: Path) -> None:
    head = ",".join(rules.declared()["parameter_kinds"])
    write(tmp_path, "a", "parameter_kinds", head + "\n" + ",".join("x" for _ in rules.declared()["parameter_kinds"]))
    columns = rules.declared()["method_terms"]
    broken = ",".join("one" if name == "term_order" else "" for name in columns)
    write(tmp_path, "cement", "method_terms", ",".join(columns) + f"\n{broken}\n")
    with duckdb.connect() as connection, pytest.raises(rules.RulesError, match=r"cement/method_terms\.csv.*one"):
        rules.lay_down(connection, tmp_path)
