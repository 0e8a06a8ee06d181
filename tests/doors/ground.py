"""The tables that the doors judge, made by hand in a DuckDB. It holds no expectation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines import doors

QUANTITY = "decimal(38, 12)"
_TEXT = "varchar"


def _texts(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, _TEXT)


def _quantities(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, QUANTITY)


_VALID = {"valid_from": "date", "valid_to": "date"}
_PLACED = _texts("planned_id", "facility_id", "stream_id") | {"period_start": "date"}
_ROW = _texts("row_key") | _PLACED
_STAGED = {"is_current": "boolean"}
# What the plan, the settings and the journal hold.
SOURCES: dict[str, dict[str, str]] = {
    "plan.controls": {
        **_texts("control_id", "name_zh", "name_en", "door", "severity", "enforced_by"),
        **_texts("treatment_zh", "treatment_en", "owner_role", "message_zh", "message_en"),
        **_quantities("tolerance"),
        **_VALID,
    },
    "plan.roles": _texts("role_id", "name_zh", "name_en", "person"),
    "plan.tasks": {
        **_texts("task_id", "control_id", "facility_id", "person", "evidence_file", "outcome", "note"),
        **{"due_on": "date", "done_on": "date"},
    },
    "plan.parameters": {
        **_texts("parameter_id", "stream_id", "kind", "record_type", "source_key", "measure", "role", "unit"),
        **_texts("frequency", "data_source", "record_only_reason"),
        **_VALID,
    },
    "plan.laboratories": _texts("laboratory", "accreditation") | _VALID,
    "plan.versions": _texts("version", "author", "reviewer", "approver"),
    "plan.streams": _texts("stream_id", "facility_id", "fuel", "origin", "stream_type") | _VALID,
    "plan.facilities": _texts("facility_id"),
    "plan.meters": {
        **_texts("meter_id", "point_id", "commodity", "accuracy_class", "main_point_id"),
        **_quantities("sub_metered_share"),
        **_VALID,
    },
    "settings.build": {"as_of": "date", "first_period": "date"},
    "settings.regimes": _texts("regime"),
    "archive.deliveries": {"file_sha256": _TEXT, "received_at": "timestamp"},
}
# What other rooms compute; inside dbt each is a stand-in that passes given rows on.
GIVEN: dict[str, dict[str, str]] = {
    "readings.planned": {
        **_texts(
            "planned_id", "parameter_id", "stream_id", "facility_id", "role", "kind", "record_type", "stream_type"
        ),
        **_texts("aggregation", "frequency", "unit", "plan_version", "basis"),
        **{"period_start": "date", "period_end": "date", "hours_missing": "decimal(18, 3)", "readings_count": "bigint"},
        **_quantities("quantity", "measured_quantity", "plan_min", "plan_max", "cross_check_quantity"),
        **_quantities("cross_check_tolerance"),
        # for the trial of an expectation type alone
        **{"calibrated_from": "date", "calibrated_to": "date"},
    },
    "readings.unplanned": _texts("record_type", "source_key", "measure"),
    "readings.unversioned_changes": _texts("change_id", "table_name", "changed_id", "facility_id")
    | {"changed_on": "date"},
    "readings.readings": {
        **_texts("parameter_id", "record_type", "file_sha256"),
        **{"period_start": "date", "quantity": QUANTITY},
    },
    "readings.planned_meters": _texts("planned_id", "meter_id") | {"used_from": "date", "used_to": "date"},
    "readings.meter_calibrations": {
        "meter_id": _TEXT,
        **dict.fromkeys(["covered_from", "covered_to", "next_from"], "date"),
    },
    "readings.claims": _texts("parameter_id", "record_type", "source_key", "measure", "unit"),
    "readings.unit_ratios": _texts("from_unit", "to_unit") | dict.fromkeys(["numerator", "denominator"], "hugeint"),
    "readings.stock_balances": {
        **_texts("row_key", "facility_id", "material_code", "unit"),
        "month": "date",
        **_quantities("opening", "receipts", "consumption", "other", "closing", "imbalance", "closing_before"),
        **_quantities("consumed_by_balance"),
    },
    "staging.stg_lab_assays": {
        **_texts("record_id", "site_code", "material_code", "source_key", "sample_id", "property", "basis", "unit"),
        **_texts("laboratory"),
        **{"sampled_on": "date", "tested_on": "date", "quantity": QUANTITY},
        **_STAGED,
    },
    "staging.stg_energy_attributes": _texts("certificate_id", "account_id", "status")
    | {"period_start": "date"}
    | _STAGED,
    "staging.stg_stock_movements": {
        **_texts("site_code", "source_key", "movement", "document_number", "file_sha256"),
        **{"posting_date": "date", "quantity": QUANTITY},
        **_STAGED,
    },
    "staging.stg_purchases": {
        **_texts("site_code", "source_key", "document_number", "file_sha256", "unit"),
        **{"posting_date": "date", "quantity": QUANTITY, "amount_cny": QUANTITY},
        **_STAGED,
    },
    "staging.stg_utility_bills": {
        **_texts("record_id", "account_id", "source_key", "commodity", "unit"),
        **{"period_start": "date", "period_end": "date", "quantity": QUANTITY, "amount_cny": QUANTITY},
        **_STAGED,
    },
    "readings.stock_months": {
        **_texts("facility_id", "material_code", "unit"),
        **{"month": "date", "receipts": QUANTITY, "is_unknown": "boolean"},
    },
    "staging.stg_fuel_consumptions": _texts("site_code") | {"period_start": "date"} | _STAGED,
    "staging.stg_production_outputs": _texts("site_code") | {"period_start": "date"} | _STAGED,
    "staging.stg_evidence_documents": {
        **_texts("document_type", "document_number", "subject", "evidence_sha256"),
        **{"period_start": "date", "period_end": "date"},
        **_STAGED,
    },
    "accounting.emissions": {
        **_texts("emission_id", "regime", "facility_id", "stream_id", "scope", "error_code"),
        **{"month": "date", "emissions_tco2e": "decimal(38, 6)"},
    },
    "accounting.emission_terms": _texts("measured_id", "basis"),
    "accounting.factors_in_force": {
        **_texts("regime", "term", "gas", "subject", "stream_type", "region_code", "dimension"),
        **{"month": "date", "factor_id": _TEXT, "error_code": _TEXT},
    },
    "accounting.parameter_months": {
        **_texts("stream_id", "facility_id", "kind", "unit"),
        **{"month": "date", "first_date": "date", "best_estimate": QUANTITY},
    },
}
# What the models of this room and of checks compute, as far as the suites look at it.
COMPUTED: dict[str, dict[str, str]] = {
    "checks.fuel_stocks": {**GIVEN["readings.stock_balances"], **_PLACED, **_quantities("tolerance_quantity")},
    "checks.metered_periods": {
        **_ROW,
        **dict.fromkeys(["used_from", "used_to", "covered_from", "covered_to"], "date"),
        **_quantities("accuracy_class", "class_allowed"),
    },
    "checks.histories": {
        **_PLACED,
        **_quantities("gap", "gap_allowed", "intensity_gap", "intensity_gap_allowed"),
        **{
            "has_history": "boolean",
            "has_intensity_history": "boolean",
            "repeats": "integer",
            "repeated_month": "date",
        },
    },
    "checks.frozen_meters": _PLACED | {"days_still": "bigint", "days_allowed": "bigint"},
    "checks.meter_groups": _PLACED | _quantities("sub_quantity", "least_quantity", "most_quantity"),
    "checks.own_generation": _ROW | _quantities("generated", "imbalance", "allowed") | {"copies": "integer"},
    "checks.day_sums": _ROW | _quantities("difference", "tolerance"),
    "checks.purchased_fuels": _ROW | _quantities("difference", "allowed", "allowed_without_warning"),
    "checks.properties": {
        **_ROW,
        **_texts("control_id"),
        **_quantities("lowest", "highest", "plausible_low", "plausible_high"),
    },
    "checks.assays": {
        **_ROW,
        **{"sample_id": _TEXT, "sampled_on": "date", "tested_on": "date", "test_due_on": "date"},
        **dict.fromkeys(["times_in_a_row", "times_too_many", "sample_reuses", "sample_copies"], "bigint"),
        "year_repeats": "bigint",
    },
    "checks.laboratory_reports": {
        **_ROW,
        **_texts("laboratory", "not_stated"),
        **{"is_accredited": "boolean", "needs_accreditation": "boolean"},
    },
    "checks.last_digits": _PLACED | _quantities("chi_square", "chi_square_allowed"),
    "checks.unused_measurements": _PLACED | _texts("regime", "record_only_reason"),
    "checks.certificates": _ROW | {"certificate_id": _TEXT, "other_uses": "bigint", "unusable_status": _TEXT},
    "checks.property_histories": _ROW | _quantities("level", "gap", "gap_allowed") | {"has_history": "boolean"},
    "checks.repeated_bills": _ROW | {"repeats": "integer"},
    "checks.received_fuels": _PLACED | _quantities("difference", "allowed"),
    "checks.double_bookings": _PLACED | {"doubles": "bigint", "undocumented": "bigint"},
    "checks.slipped_days": _PLACED | {"days_slipped": "bigint"},
    "checks.unexplained_changes": _PLACED | _quantities("unexplained_gap", "gap_allowed") | {"has_history": "boolean"},
    "checks.cut_offs": _PLACED | _quantities("shift", "shift_allowed") | {"has_history": "boolean"},
    "checks.steam_states": _ROW | _quantities("misfit", "misfit_allowed") | {"has_history": "boolean"},
    "checks.unit_prices": _ROW | _quantities("gap", "gap_allowed") | {"has_history": "boolean"},
    "checks.repeated_days": _PLACED | {"days_repeated": "bigint", "days_allowed": "bigint"},
    "checks.green_power": _PLACED | _quantities("green_quantity", "bought_quantity"),
    "checks.product_balances": _ROW | _quantities("produced", "sold", "opening", "closing", "tolerance_quantity"),
    "checks.facilities": _texts("row_key", "facility_id", "unmapped_site") | {"period_start": "date"},
    "checks.submissions": _PLACED | {"received_on": "date", "due_on": "date"},
    "checks.evidence": _PLACED | _texts("document", "evidence_sha256"),
    "checks.emission_errors": GIVEN["accounting.emissions"],
    "checks.mass_balances": {
        **_texts("row_key", "regime", "facility_id"),
        **{"period_start": "date", "emissions_tco2e": "decimal(38, 6)"},
    },
    "checks.energy_totals": _PLACED | _quantities("difference", "allowed"),
    "checks.specific_consumptions": _ROW | _quantities("intensity", "plausible_low", "plausible_high"),
    "doors.annual_coverage": {
        **_texts("coverage_id", "regime", "facility_id", "stream_id"),
        **{"period_start": "date", "is_ended": "boolean", "months_expected": "bigint", "months_present": "bigint"},
    },
}
TABLES = SOURCES | GIVEN | COMPUTED
EXIT_CHECKS = ("emission_errors", "mass_balances", "energy_totals", "specific_consumptions", "unused_measurements")
ENTRY = (
    "readings.planned",
    "readings.unplanned",
    "readings.unversioned_changes",
    *(name for name in COMPUTED if name.split(".")[0] == "checks" and name.split(".")[1] not in EXIT_CHECKS),
    "plan.versions",
)
EXIT = (
    "checks.emission_errors",
    "accounting.factors_in_force",
    "doors.annual_coverage",
    *(f"checks.{name}" for name in EXIT_CHECKS[1:]),
)
# A planned reading that no control finds fault with; each test spoils what it is about.
GOOD = {
    **{"parameter_id": "P1", "stream_id": "S1", "facility_id": "F1", "role": "account"},
    **{"period_start": date(2025, 1, 1), "period_end": date(2025, 2, 1), "quantity": "50", "hours_missing": 0},
    **{"plan_min": "10", "plan_max": "100", "kind": "activity_data", "measured_quantity": "50"},
    **{"cross_check_quantity": "50.05", "cross_check_tolerance": "0.01", "plan_version": "1"},
    **{"frequency": "month", "record_type": "utility_bill", "unit": "MWh", "aggregation": "sum"},
    **{"basis": "measured", "readings_count": 1},
}


def lay(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table, empty."""
    for table, columns in TABLES.items():
        connection.execute(f"create schema if not exists {table.split('.')[0]}")
        connection.execute(f"create table {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")


def put(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows into a table; a column that a row does not name is null, one that the table does not know is an error."""
    columns = list(TABLES[table])
    listed = [dict(row) for row in rows]
    unknown = {name for row in listed for name in row} - set(columns)
    assert not unknown, f"{table} has no {unknown}"
    marks = ", ".join("?" * len(columns))
    if listed:
        connection.executemany(
            f"insert into {table} values ({marks})", [[row.get(c) for c in columns] for row in listed]
        )


def plan_controls(connection: duckdb.DuckDBPyConnection, *control_ids: str, **given: str) -> None:
    """Controls of the plan; `given`: door, severity, enforced_by other than entry, E, suite."""
    columns = {
        "door": "entry",
        "severity": "E",
        "enforced_by": "suite",
        "message_zh": "错",
        "message_en": "wrong",
    } | given
    put(connection, "plan.controls", [{"control_id": one, **columns} for one in control_ids])


def planned(count: int, prefix: str, **spoiled: Any) -> list[dict[str, Any]]:
    """`count` planned readings, good but for what is spoiled."""
    return [GOOD | {"planned_id": f"{prefix}{number}"} | spoiled for number in range(count)]


def write_suite(folder: Path, table: str, expectations: Sequence[Mapping[str, Any]], **content: Any) -> None:
    """A suite file as a person would write it."""
    text = yaml.safe_dump({"table": table, **content, "expectations": list(expectations)}, allow_unicode=True)
    (folder / f"{table}.yml").write_text(text, encoding="utf-8")


def judged(
    connection: duckdb.DuckDBPyConnection, door: str, tables: Sequence[str], folder: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """The door's rows as table `verdicts`, to ask."""
    result = doors.judge(connection, door, tables, folder) if folder else doors.judge(connection, door, tables)
    result.create("verdicts")
    return connection


def controls(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, int]]:
    """Each control's status and failing rows, as the door says."""
    rows = connection.execute(
        "select control_id, status, unexpected_count from verdicts where record_kind = 'control'"
    ).fetchall()
    assert len(rows) == len({row[0] for row in rows})
    return {control_id: (status, count) for control_id, status, count in rows}
