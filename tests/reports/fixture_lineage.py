"""The made-up enterprise's way home of one figure: workings, readings and the archived file, and the workspace around it."""

from __future__ import annotations

import csv
import hashlib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import yaml

from pipelines import warehouse
from pipelines.workspace import DBT_PROJECT_DIR, Workspace
from tests.reports import fixture_performance
from tests.reports import fixture_warehouse as rows

EMISSION = "gbt32150|S1-GAS|2025-03|CO2"
FEED = """
record_type = "load_profile"
description_zh = "天然气日用量"
description_en = "Daily gas"
format = "delimited"
[columns]
meter_id = ["表号"]
local_date = ["日期"]
values = ["用气量(Nm3)"]
[constants]
channel = "volume"
[unit]
constant = "Nm3"
[time]
interval_minutes = 1440
"""


def working_rows() -> list[tuple]:
    """The product of EMISSION, quantity × NCV × carbon content × oxidation factor × 44/12, and a term of two others."""
    made = [_working(EMISSION, 0, "quantity", "quantity", str(rows.GAS_SUM), "万Nm3", parameter="P-S1-GAS")]
    for order, factor in enumerate(rows.FACTORS[:3], 1):
        made.append(_working(EMISSION, order * 10, factor[1], "default", factor[3], factor[4], factor))
    made.append(_working(EMISSION, 40, "molar_ratio", "ratio", "44/12", "tCO2/t"))
    for stream, factor in zip(("S1-ELEC", "S1-HEAT"), rows.FACTORS[3:5], strict=True):
        made.append(_working(f"gbt32150|{stream}|2025-03|CO2", 10, factor[1], "default", factor[3], factor[4], factor))
    return made


def _working(
    emission: str, order: int, term: str, basis: str, text: str, unit: str, factor=None, parameter=None
) -> tuple:
    numerator, denominator = (44, 12) if basis == "ratio" else (1, 1)
    _, digits, exponent = Decimal("1" if basis == "ratio" else text).as_tuple()
    source = (factor[5], "GB/T 32151.34-2024", "附录 C 表 C.1", factor[6]) if factor else (None,) * 4
    printed = "99" if term == "oxidation_factor" else text  # in percent, as the guides print it
    return (emission, order, term, basis, printed, int("".join(map(str, digits))), -exponent, numerator, denominator, unit,
            factor[0] if factor else None, False, parameter, None, None, *source)  # fmt: skip


def reading_rows(sha: str) -> list[tuple]:
    """One reading a day of March 2025, each from one line of the archived file."""
    made = []
    for day in range(1, 32):
        start, amount = date(2025, 3, day), Decimal(f"{4100 + 7 * day}.25")
        made.append((f"R{day:02d}", "P-S1-GAS", start, start + timedelta(1), amount / 10000, "万Nm3", 24, 0, "measured",
                     "load_profile", sha, "", day + 1, day + 1, None, None, None, amount, "Nm3", None))  # fmt: skip
    return made


def admitted_rows() -> list[tuple]:
    """One accounted period per parameter and month."""
    made = []
    for stream, facility, parameter, kind, month, quantity, unit, *_, hours in rows.activity_rows():
        basis = "missing" if quantity is None else "measured"
        end = (month + timedelta(32)).replace(day=1)
        made.append((f"{parameter}|{month:%Y-%m}", parameter, stream, facility, kind, "account", month, end, "month", unit,
                     quantity, quantity, 720, hours, "1", quantity, quantity, basis, None, None, None, ""))  # fmt: skip
    return made


def tables(sha: str) -> dict[str, list[tuple]]:
    """Every table that is a series, with its rows; `sha`: the SHA-256 of the one archived file."""
    inventory = rows.inventory_rows()
    lines = [(r[20], r[0], r[5], r[3], r[2], r[8], 1, r[10], r[9], f"P-{r[5]}", "m") for r in inventory]
    emissions = [
        (r[20], r[0], r[5], r[3], r[2], r[8], r[4], r[11], r[12], *(("FACTOR_MISSING", *r[18:20]) if r[17] == "error" else
         (None, None, None)), r[17] == "complete", *r[18:20])
        for r in inventory
    ]  # fmt: skip
    activity = [
        (regime, r[0], r[1], r[2], r[4], r[5], r[6], r[5], 0, 0, r[12], r[5] is not None, "", "")
        for r in rows.activity_rows()
        for regime in ("gbt32150", "ghgp_location")
    ]
    return {
        "readings.readings": reading_rows(sha),
        "readings.admitted": admitted_rows(),
        "accounting.workings": working_rows(),
        "accounting.emission_lines": lines,
        "accounting.emissions": emissions,
        "accounting.activity_months": activity,
        "marts.dim_streams": [stream[:7] for stream in rows.STREAMS],
        "marts.dim_parameters": [
            (f"P-{s.stream_id}", s.stream_id, f"{s.name_zh}用量", f"{s.name_en} consumption", "activity_data",
             "load_profile", "G1" if s.stream_id == "S1-GAS" else s.stream_id, "", s.unit, "account", "month")
            for s in rows.STREAMS
        ],
        "marts.dim_controls": [
            (c, zh, en, "9.2.2", door, severity, by, None, fix, f"mend: {en}", "energy", why, f"{en}: not met")
            for c, zh, en, door, severity, by, why, fix in rows.CONTROLS
        ],
        "marts.dim_factors": [
            (f[0], f[0].split("/")[0], f[5], f[1], f[2], "", "CO2", "CN", f[3], f[4], f[3], f[4], "GB/T 32151.34-2024",
             "附录 C 表 C.1", f[6])
            for f in rows.FACTORS
        ],
        "marts.fct_inventory": inventory,
        "marts.fct_totals": rows.total_rows(),
        "marts.fct_activity_data": rows.activity_rows(),
        "marts.fct_energy": [
            (facility, stream, kind, fuel, month, Decimal(gj) + month.month, Decimal(tce), "")
            for facility, stream, kind, fuel, gj, tce in [
                ("F1", "S1-GAS", "stationary_combustion", "natural_gas", "5528.2", "188.9"),
                ("F2", "S2-DIESEL", "mobile_combustion", "diesel", "272.97", "9.33"),
            ]
            for month in rows.MONTHS
        ],
        "marts.fct_meter_completeness": rows.completeness_rows(),
        "marts.fct_verdicts": rows.verdict_rows(),
    }  # fmt: skip


def fill(connection: duckdb.DuckDBPyConnection, sha: str) -> None:
    """The schema and every row into an empty database."""
    named = {"sha": sha, "script": rows.SCRIPT, "formula": rows.FORMULA, "hostile": rows.HOSTILE_FILE}
    lay_schema(connection)
    for name, value in named.items():
        connection.execute(f"set variable {name} = ?", [value])
    for file in ("fixture_rows.sql", "fixture_decided.sql"):
        connection.execute((rows.HERE / file).read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder:
        for table, made in tables(sha).items():
            file = Path(folder) / f"{table}.csv"
            with file.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([["\\N" if cell is None else cell for cell in row] for row in made])
            options = "header = false, all_varchar = true, nullstr = '\\N', quote = '\"', escape = '\"', delim = ','"
            connection.execute(f"insert into {table} select * from read_csv('{file}', {options})")
    fixture_performance.fill(connection)


@cache
def _filled(sha: str) -> bytes:
    """The bytes of a filled and closed warehouse: made once, copied for every test that hurts one."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "warehouse.duckdb"
        with warehouse.writing(file) as connection:
            fill(connection, sha)
        return file.read_bytes()


def lay_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables without a row: a warehouse into which nothing has come yet. A mart not written out is as contracted."""
    connection.execute((rows.HERE / "fixture_schema.sql").read_text(encoding="utf-8"))
    fixture_performance.lay_plan(connection)
    lay_marts(connection)


def lay_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Every mart that is not there yet, empty, with the columns of its contract."""
    connection.execute("create schema if not exists marts")
    for file in sorted((DBT_PROJECT_DIR / "models" / "marts").glob("*.yml")):
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", []):
            types = [f'"{column["name"]}" {column.get("data_type", "varchar")}' for column in model["columns"]]
            connection.execute(f"create table if not exists marts.{model['name']} ({', '.join(types)})")


def make_workspace(root: Path) -> Workspace:
    """A workspace whose one archived file backs the figure EXPLAINED, with its warehouse already published."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "tanku.toml").write_text(
        '[enterprise]\nname_zh = "示例"\nname_en = "Example"\n'
        '[build]\nregimes = ["gbt32150", "ghgp_location"]\nfirst_period = 2024-01-01\n',
        encoding="utf-8",
    )
    workspace = Workspace.at(root)
    content = rows.CSV_TEXT.encode()
    sha = hashlib.sha256(content).hexdigest()
    archived = workspace.archive / sha[:2] / sha
    archived.parent.mkdir(parents=True)
    archived.write_bytes(content)
    workspace.feeds.mkdir()
    (workspace.feeds / "gas_daily.toml").write_text(FEED, encoding="utf-8")
    build = workspace.builds / "b1"
    build.mkdir(parents=True)
    (build / "warehouse.duckdb").write_bytes(_filled(sha))
    workspace.published.symlink_to(Path("builds") / "b1")
    return workspace
