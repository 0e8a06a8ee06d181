"""The plan's tables: columns, types and allowed values, each stated here once. No file is read here but the seeds' lists.

Text columns are never null: an empty cell is ''. An empty decimal, date, integer or yes/no is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from pipelines import records, rules


class Kind(StrEnum):
    """What a cell holds. An ID is text that Excel may have damaged."""

    ID = "id"
    TEXT = "text"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    BOOLEAN = "boolean"


ARROW: dict[Kind, pa.DataType] = {
    Kind.ID: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.DECIMAL: records.QUANTITY,
    Kind.INTEGER: pa.int32(),
    Kind.DATE: pa.date32(),
    Kind.BOOLEAN: pa.bool_(),
}


@dataclass(frozen=True)
class Field:
    """A column. required: its cells must not be empty. allowed: the vocabulary its values come from, '' for any."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    allowed: str = ""


# Vocabularies that are part of this contract; the others are columns of the rules.
VOCABULARIES: dict[str, tuple[str, ...]] = {
    "consolidation_approach": ("operational_control", "financial_control", "equity_share"),
    "origin": ("purchased", "own_by_product", "own_generated", "transferred_in", "resold", "biogenic"),
    "record_type": records.RECORD_TYPES,
    "role": ("account", "cross_check", "record"),
    "frequency": ("day", "month"),
    "result": ("pass", "fail"),
    "door": ("entry", "exit", "both"),
    "severity": ("E", "W", "I"),
    "enforced_by": ("suite", "dbt", "manual"),
    "duty": ("recorder", "checker", "approver"),
    "acquisition": ("measured", "default", "computed", "supplier"),
    "conservative_direction": ("up", "down", "neutral"),
    "outcome": ("pass", "fail"),
}
SEED_VOCABULARIES: dict[str, tuple[str, str]] = {
    "stream_type": ("stream_types", "stream_type"),
    "fuel": ("fuels", "fuel"),
    "missing_rule": ("missing_data_rules", "rule_id"),
    "calibration_rule": ("missing_data_rules", "rule_id"),
    "kind": ("parameter_kinds", "kind"),
    "unit": ("units", "unit"),
    "stock_measure": ("movement_types", "measure"),
}

_NAMES = (Field("name_zh", required=True), Field("name_en"))
_VALIDITY = (Field("valid_from", Kind.DATE, required=True), Field("valid_to", Kind.DATE))


def _id(name: str, required: bool = True) -> Field:
    return Field(name, Kind.ID, required)


def _one_of(name: str, required: bool = True) -> Field:
    return Field(name, required=required, allowed=name)


def _decimal(name: str) -> Field:
    return Field(name, Kind.DECIMAL)


TABLES: dict[str, tuple[Field, ...]] = {
    "facilities": (
        _id("facility_id"),
        *_NAMES,
        Field("legal_entity"),
        _id("credit_code", required=False),
        _one_of("consolidation_approach", required=False),
        _decimal("consolidation_share"),
        Field("region_code", required=True),
        Field("is_in_boundary", Kind.BOOLEAN, required=True),
        Field("boundary_reason"),
        Field("is_ets_boundary", Kind.BOOLEAN),
        _decimal("estimated_tco2e"),
        Field("facility_type"),
        Field("industry_code"),
        _decimal("capacity"),
        Field("capacity_unit"),
        Field("location"),
        Field("commissioned_on", Kind.DATE),
        *_VALIDITY,
    ),
    "streams": (
        _id("stream_id"),
        _id("facility_id"),
        *_NAMES,
        _one_of("stream_type"),
        _one_of("fuel", required=False),
        _one_of("origin", required=False),
        # the other end of a transfer between own sites: the group's total leaves both ends out
        _id("counterpart_stream_id", required=False),
        *_VALIDITY,
    ),
    "meters": (
        _id("meter_id"),
        _id("point_id"),
        *_NAMES,
        _id("facility_id"),
        Field("commodity"),
        Field("channel"),
        _one_of("unit"),
        _decimal("multiplier"),
        Field("register_digits", Kind.INTEGER),
        Field("interval_minutes", Kind.INTEGER),
        _decimal("rated_per_hour"),
        Field("accuracy_class"),
        _decimal("maximum_permissible_error"),
        Field("position"),
        Field("meter_type"),
        Field("model"),
        Field("calibration_months", Kind.INTEGER),
        # the point that this one is a sub-meter of, and the least share of a point that its sub-meters together measure
        _id("main_point_id", required=False),
        _decimal("sub_metered_share"),
        *_VALIDITY,
    ),
    "parameters": (
        _id("parameter_id"),
        _id("stream_id"),
        *_NAMES,
        _one_of("kind"),
        _one_of("record_type"),
        _id("source_key"),
        Field("measure"),
        _one_of("unit"),
        _one_of("role"),
        _one_of("frequency"),
        _decimal("plan_min"),
        _decimal("plan_max"),
        _one_of("missing_rule", required=False),
        _id("cross_check_parameter_id", required=False),
        _decimal("cross_check_tolerance"),
        _decimal("uncertainty"),
        Field("responsible_department"),
        Field("review_department"),
        # how the figure comes about, as the printed plan says it (methodology 5.2)
        _one_of("acquisition", required=False),
        Field("formula"),
        Field("data_source"),
        Field("data_flow"),
        Field("priority"),
        Field("standard"),
        Field("measuring_frequency"),
        Field("recording_frequency"),
        _one_of("conservative_direction", required=False),
        # what answers for the readings of a meter out of calibration
        _one_of("calibration_rule", required=False),
        *_VALIDITY,
    ),
    "calibrations": (
        _id("meter_id"),
        Field("calibrated_on", Kind.DATE, required=True),
        Field("due_on", Kind.DATE, required=True),
        _one_of("result"),
        _decimal("as_found_error"),
        _id("certificate_number", required=False),
        Field("laboratory"),
    ),
    "controls": (
        _id("control_id"),
        *_NAMES,
        Field("clause"),
        _one_of("door"),
        _one_of("severity"),
        _one_of("enforced_by"),
        _decimal("tolerance"),
        Field("treatment_zh"),
        Field("treatment_en"),
        _id("owner_role", required=False),
        Field("message_zh"),
        Field("message_en"),
        # empty: as long as the plan itself
        Field("valid_from", Kind.DATE),
        Field("valid_to", Kind.DATE),
    ),
    # what people do by hand for a manual control: due, done, by whom, with which evidence
    "tasks": (
        _id("task_id"),
        _id("control_id"),
        _id("facility_id", required=False),
        Field("due_on", Kind.DATE, required=True),
        Field("done_on", Kind.DATE),
        Field("person"),
        Field("evidence_file"),
        _one_of("outcome", required=False),
        Field("note"),
    ),
    "roles": (
        _id("role_id"),
        *_NAMES,
        Field("department"),
        Field("person"),
        _one_of("duty"),
    ),
    "versions": (
        _id("version"),
        *_VALIDITY,
        Field("made_on", Kind.DATE),
        Field("author"),
        Field("reviewer"),
        Field("approver"),
        Field("reason"),
        # the guides it was made for, "gbt32150 2025; ghgp_location 2015"; empty: not said
        Field("guides"),
    ),
}
VERSIONS = "versions"
MAY_BE_ABSENT = frozenset({"calibrations", "roles", "tasks"})
MAY_BE_EMPTY = MAY_BE_ABSENT | {"meters"}


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a table of the plan."""
    return pa.schema([(field.name, ARROW[field.kind]) for field in TABLES[table]])


def vocabularies() -> Mapping[str, tuple[str, ...]]:
    """Every vocabulary with its values in order."""
    listed = {name: _listed(table, column) for name, (table, column) in SEED_VOCABULARIES.items()}
    return VOCABULARIES | listed


def _listed(table: str, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[column] for row in rules.rows(table) if row[column]))
