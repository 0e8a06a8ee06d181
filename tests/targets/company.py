"""A company of two streams and one product in rows, taken through the models of the reviews. It states no result.

A month of the base year 2023: 100 t of coal at 2 t CO2e, 50 t of gas at 2 t CO2e, 30 t of product; the year 3600 t CO2e.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from pipelines import rules
from tests.deciding import ground

Row = Mapping[str, Any]
BASE_YEAR, AS_OF = 2023, date(2026, 2, 1)
MONTHS = [date(year, month, 1) for year in (2023, 2024, 2025) for month in range(1, 13)]
AMOUNT, DAY, TEXT = "decimal(38, 12)", "date", "varchar"
TONNES = "decimal(38, 6)"
COLUMNS: dict[str, dict[str, str]] = {
    "baselines": {
        **dict.fromkeys(("baseline_key", "baseline_id", "subject_id", "facility_id", "measure", "baseline_kind"), TEXT),
        **{"version": TEXT, "unit": TEXT, "approver": TEXT, "valid_from": DAY, "ends_on": DAY, "edition_month": DAY},
        **{"value": AMOUNT, "accounted_value": AMOUNT, "first_year": "bigint", "last_year": "bigint"},
    },
    "own_changes": {
        **dict.fromkeys(("subject_id", "change_id", "facility_id", "stream_id", "kind", "object_id", "cause"), TEXT),
        **{"changed_on": DAY, "lasts_until": DAY, "is_felt_restated": "boolean"},
        **{"evidence_zh": TEXT, "evidence_en": TEXT},
    },
    "subject_lines": {"subject_id": TEXT, "facility_id": TEXT, "stream_id": TEXT},
    "parameters": {"stream_id": TEXT, "kind": TEXT},
    "restated_lines": {
        **{"subject_id": TEXT, "stream_id": TEXT, "month": DAY, "emission_id": TEXT, "emissions_tco2e": TONNES}
    },
    "emission_lines": {"emission_id": TEXT, "quantity": AMOUNT, "unit": TEXT},
    "subjects": dict.fromkeys(("subject_id", "regime", "facility_id", "name_zh", "name_en"), TEXT),
    "bounded_streams": {
        **{"stream_id": TEXT, "regime": TEXT, "is_inside": "boolean", "valid_from": DAY, "valid_to": DAY}
    },
    "baseline_years": {
        **{"subject_id": TEXT, "year": "integer", "months_known": "bigint", "months_with_production": "bigint"},
        **{"emissions_tco2e": TONNES, "production": AMOUNT},
    },
    "monthly_performance": {
        **{"subject_id": TEXT, "month": DAY, "emissions_tco2e": TONNES, "accounted_tco2e": TONNES},
        **{
            "production": AMOUNT,
            "intensity": AMOUNT,
            "restatement_tco2e": TONNES,
            "is_complete": "boolean",
            "has_production": "boolean",
        },
    },
    "expected_periods": {
        **{"baseline_key": TEXT, "subject_id": TEXT, "period_start": DAY, "grain": TEXT},
        **{"emissions_tco2e": TONNES, "expected_tco2e": TONNES},
    },
    "alarms": {
        **dict.fromkeys(("subject_id", "alarm_id", "cause", "cause_kind", "direction", "measure"), TEXT),
        **{"first_alarm_on": DAY, "began_on": DAY, "evidence_zh": TEXT, "evidence_en": TEXT},
    },
    "events": {
        **dict.fromkeys(("event_id", "event_kind", "facility_id", "name_zh", "name_en", "evidence"), TEXT),
        "happened_on": DAY,
    },
    "event_subjects": {"event_id": TEXT, "subject_id": TEXT},
    "structural_changes": {"base_key": TEXT, "event_id": TEXT, "treatment": TEXT, "effect_tco2e": "decimal(28, 6)"},
}
TYPED_RULES = {
    "draft_bases": {"draft_basis": TEXT, "rank": "integer", "is_drafted": "boolean", "adds_up": "boolean"}
    | {"said_zh": TEXT, "said_en": TEXT},
    "event_kinds": {"event_kind": TEXT, "cause": TEXT, "treatment": TEXT, "name_zh": TEXT, "name_en": TEXT},
    "performance_limits": {"name": TEXT, "value": "decimal(18, 6)"},
    "recalculation_treatments": {"treatment": TEXT, "reason_zh": TEXT, "reason_en": TEXT},
    "decision_refusals": {"refusal": TEXT, "reason_zh": TEXT, "reason_en": TEXT},
}
SUBJECT = {"subject_id": "S", "regime": "R", "facility_id": "F", "name_zh": "铸件", "name_en": "castings"}
MODELS = (
    *("expected_months", "grown_years", "reviewed_changes", "review_triggers", "touched_streams", "stream_moves"),
    *("stream_levels", "stream_effects", "drafted_changes", "review_months", "review_bases", "review_drafts"),
    "review_effects",
)


@dataclass(frozen=True)
class Company:
    """coal, gas, new: by month (activity in t, t CO2e per t); output by month; what is on record."""

    coal: Mapping[date, tuple[Decimal, Decimal]]
    gas: Mapping[date, tuple[Decimal, Decimal]]
    output: Mapping[date, Decimal]
    new: Mapping[date, tuple[Decimal, Decimal]] = field(default_factory=dict)
    accounted_over_restated: Decimal = Decimal(1)
    given: Mapping[str, Iterable[Row]] = field(default_factory=dict)

    def having(self, **given: Iterable[Row]) -> Company:
        """The same company with other rows in some tables."""
        return replace(self, given={**self.given, **given})


def steady(growth: Decimal = Decimal(1), coal_rate: Decimal = Decimal(2), since: date = date(2025, 1, 1)) -> Company:
    """Everything grows by `growth` since then, and a tonne of coal emits `coal_rate` then."""

    def of(base: int, month: date) -> Decimal:
        return base * (growth if month >= since else Decimal(1))

    return Company(
        coal={m: (of(100, m), coal_rate if m >= since else Decimal(2)) for m in MONTHS},
        gas={m: (of(50, m), Decimal(2)) for m in MONTHS},
        output={m: of(30, m) for m in MONTHS},
    )


def change(kind: str, on: date, stream: str = "", cause: str = "b") -> dict[str, Any]:
    """A change on record of the company's facility."""
    row = {"subject_id": "S", "change_id": f"{kind}|{stream}|{on}", "facility_id": "F", "stream_id": stream}
    row |= {"kind": kind, "object_id": stream, "cause": cause, "changed_on": on, "lasts_until": on}
    return row | {"is_felt_restated": kind != "factor", "evidence_zh": "有记录", "evidence_en": "on record"}


def inside(stream: str, since: date = date(2020, 1, 1), until: date = date(9999, 12, 31)) -> dict[str, Any]:
    """A stream inside the boundary from `since` until (exclusive) `until`."""
    return {"stream_id": stream, "regime": "R", "is_inside": True, "valid_from": since, "valid_to": until}


def event(kind: str, on: date = date(2025, 1, 1)) -> dict[str, Any]:
    """A declared event that concerns the company."""
    return {"event_id": f"E-{kind}", "event_kind": kind, "facility_id": "F", "name_zh": kind, "name_en": kind} | {
        "evidence": "", "happened_on": on,
    }  # fmt: skip


def reviewed(connection: duckdb.DuckDBPyConnection, company: Company) -> dict[str, dict[str, Any]]:
    """The company's review effects by review; every model of the chain stands in `connection` afterwards."""
    lay(connection, company)
    for name in MODELS:
        ground.model(connection, f"targets/{name}")
    found = connection.execute("select * from review_effects order by review_id").to_arrow_table().to_pylist()
    return {row["review_id"]: row for row in found}


def lay(connection: duckdb.DuckDBPyConnection, company: Company) -> None:
    """The company's tables, the rules and the date of account, under their bare names."""
    for name, rows in {**_tables(company), **company.given}.items():
        _lay(connection, name, COLUMNS[name], rows)
    for name, columns in TYPED_RULES.items():
        _lay(connection, name, columns, rules.rows(name))
    connection.register("build", pa.table({"as_of": pa.array([AS_OF], pa.date32())}))


def _lay(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
    typed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    connection.execute(f"create or replace table {name} ({typed})")
    values = [[None if row.get(column) == "" and kind != TEXT else row.get(column) for column, kind in columns.items()]
              for row in rows]  # fmt: skip
    if values:
        connection.executemany(f"insert into {name} values ({', '.join('?' * len(columns))})", values)


def _tables(company: Company) -> dict[str, list[Row]]:
    streams = {"COAL": company.coal, "GAS": company.gas, "NEW": company.new}
    lines = [
        {"subject_id": "S", "stream_id": stream, "month": month, "emission_id": f"{stream}|{month}", "unit": "t"}
        | {"facility_id": "F", "quantity": quantity, "emissions_tco2e": quantity * rate}
        for stream, months in streams.items()
        for month, (quantity, rate) in months.items()
    ]
    emitted = {m: sum(line["emissions_tco2e"] for line in lines if line["month"] == m) for m in MONTHS}
    months = [
        {"subject_id": "S", "month": m, "emissions_tco2e": emitted[m], "production": company.output.get(m)}
        | {"accounted_tco2e": emitted[m] * company.accounted_over_restated, "is_complete": True}
        | {"has_production": m in company.output}
        | {"intensity": round(emitted[m] / company.output[m], 9) if m in company.output else None}
        for m in MONTHS
    ]
    totals = {year: sum(emitted[m] for m in MONTHS if m.year == year) for year in (2023, 2024, 2025)}
    made = {year: [company.output[m] for m in MONTHS if m.year == year and m in company.output] for year in totals}
    years = [
        {"subject_id": "S", "year": year, "months_known": 12, "months_with_production": len(made[year])}
        | {"emissions_tco2e": total, "production": sum(made[year], Decimal(0))}
        for year, total in totals.items()
    ]
    named = {"subject_id": "S", "facility_id": "F", "baseline_kind": "typical_year", "version": "1", "approver": "丙"}
    named |= {"valid_from": date(2024, 1, 1), "ends_on": date.max, "edition_month": date(2025, 1, 1)}
    named |= {"first_year": BASE_YEAR, "last_year": BASE_YEAR}
    base = {"T": ("total", totals[BASE_YEAR], "tCO2e")}
    if made[BASE_YEAR]:
        base["I"] = ("intensity", round(totals[BASE_YEAR] / sum(made[BASE_YEAR]), 9), "tCO2e / t")
    baselines = [
        {"baseline_key": f"{key}@1", "baseline_id": key, "measure": measure, "unit": unit, "value": value}
        | {"accounted_value": value} | named
        for key, (measure, value, unit) in base.items()
    ]  # fmt: skip
    held = [name for name, found in streams.items() if found]
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    return tables | {
        "baselines": baselines, "restated_lines": lines, "emission_lines": lines, "subject_lines": lines,
        "baseline_years": years, "monthly_performance": months, "subjects": [SUBJECT],
        "parameters": [{"stream_id": "OUT", "kind": "production"}], "bounded_streams": [inside(name) for name in held],
    }  # fmt: skip
