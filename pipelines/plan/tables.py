"""The plan's tables: columns, types and allowed values, each stated here once. No file is read here but the seeds' lists.

Text columns are never null: an empty cell is ''. An empty decimal, date, integer or yes/no is null.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from pipelines import records, rules
from pipelines.plan import performance_tables, target_tables
from pipelines.plan.fields import ARROW, NAMES, VALIDITY, Field, Kind, a_decimal, an_id, one_of

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
    "accreditation": ("CMA", "CNAS"),
    "outcome": ("pass", "fail"),
    **performance_tables.VOCABULARIES,
    **target_tables.VOCABULARIES,
}
SEED_VOCABULARIES: dict[str, tuple[str, str]] = {
    "stream_type": ("stream_types", "stream_type"),
    "fuel": ("fuels", "fuel"),
    "missing_rule": ("missing_data_rules", "rule_id"),
    "calibration_rule": ("missing_data_rules", "rule_id"),
    "kind": ("parameter_kinds", "kind"),
    "unit": ("units", "unit"),
    "stock_measure": ("movement_types", "measure"),
    "regime": ("regimes", "regime"),
    "event_kind": ("event_kinds", "event_kind"),
    "metric": ("evaluation_metrics", "metric"),
}

TABLES: dict[str, tuple[Field, ...]] = {
    "facilities": (
        an_id("facility_id"),
        *NAMES,
        Field("legal_entity"),
        an_id("credit_code", required=False),
        one_of("consolidation_approach", required=False),
        a_decimal("consolidation_share"),
        Field("region_code", required=True),
        Field("is_in_boundary", Kind.BOOLEAN, required=True),
        Field("boundary_reason"),
        Field("is_ets_boundary", Kind.BOOLEAN),
        a_decimal("estimated_tco2e"),
        Field("facility_type"),
        Field("industry_code"),
        a_decimal("capacity"),
        Field("capacity_unit"),
        Field("location"),
        Field("commissioned_on", Kind.DATE),
        *VALIDITY,
    ),
    "streams": (
        an_id("stream_id"),
        an_id("facility_id"),
        *NAMES,
        one_of("stream_type"),
        one_of("fuel", required=False),
        one_of("origin", required=False),
        # the other end of a transfer between own sites: the group's total leaves both ends out
        an_id("counterpart_stream_id", required=False),
        *VALIDITY,
    ),
    "meters": (
        an_id("meter_id"),
        an_id("point_id"),
        *NAMES,
        an_id("facility_id"),
        Field("commodity"),
        Field("channel"),
        one_of("unit"),
        a_decimal("multiplier"),
        Field("register_digits", Kind.INTEGER),
        Field("interval_minutes", Kind.INTEGER),
        a_decimal("rated_per_hour"),
        Field("accuracy_class"),
        a_decimal("maximum_permissible_error"),
        Field("position"),
        Field("meter_type"),
        Field("model"),
        Field("calibration_months", Kind.INTEGER),
        # the point that this one is a sub-meter of, and the least share of a point that its sub-meters together measure
        an_id("main_point_id", required=False),
        a_decimal("sub_metered_share"),
        *VALIDITY,
    ),
    "parameters": (
        an_id("parameter_id"),
        an_id("stream_id"),
        *NAMES,
        one_of("kind"),
        one_of("record_type"),
        an_id("source_key"),
        Field("measure"),
        one_of("unit"),
        one_of("role"),
        one_of("frequency"),
        a_decimal("plan_min"),
        a_decimal("plan_max"),
        one_of("missing_rule", required=False),
        an_id("cross_check_parameter_id", required=False),
        a_decimal("cross_check_tolerance"),
        a_decimal("uncertainty"),
        Field("responsible_department"),
        Field("review_department"),
        # how the figure comes about, as the printed plan says it (methodology 5.2)
        one_of("acquisition", required=False),
        Field("formula"),
        Field("data_source"),
        Field("data_flow"),
        Field("priority"),
        Field("standard"),
        Field("measuring_frequency"),
        Field("recording_frequency"),
        one_of("conservative_direction", required=False),
        # what answers for the readings of a meter out of calibration
        one_of("calibration_rule", required=False),
        # why a property that is measured is recorded only, and the account takes a default
        Field("record_only_reason"),
        *VALIDITY,
    ),
    "calibrations": (
        an_id("meter_id"),
        Field("calibrated_on", Kind.DATE, required=True),
        Field("due_on", Kind.DATE, required=True),
        one_of("result"),
        a_decimal("as_found_error"),
        an_id("certificate_number", required=False),
        Field("laboratory"),
    ),
    # who may test what the account takes: a laboratory as its reports name it, and how long its accreditation stands
    "laboratories": (
        Field("laboratory", required=True),
        one_of("accreditation"),
        Field("certificate_number"),
        *VALIDITY,
    ),
    "controls": (
        an_id("control_id"),
        *NAMES,
        Field("clause"),
        one_of("door"),
        one_of("severity"),
        one_of("enforced_by"),
        a_decimal("tolerance"),
        Field("treatment_zh"),
        Field("treatment_en"),
        an_id("owner_role", required=False),
        Field("message_zh"),
        Field("message_en"),
        # empty: as long as the plan itself
        Field("valid_from", Kind.DATE),
        Field("valid_to", Kind.DATE),
    ),
    # what people do by hand for a manual control: due, done, by whom, with which evidence
    "tasks": (
        an_id("task_id"),
        an_id("control_id"),
        an_id("facility_id", required=False),
        Field("due_on", Kind.DATE, required=True),
        Field("done_on", Kind.DATE),
        Field("person"),
        Field("evidence_file"),
        one_of("outcome", required=False),
        Field("note"),
    ),
    "roles": (
        an_id("role_id"),
        *NAMES,
        Field("department"),
        Field("person"),
        one_of("duty"),
    ),
    **performance_tables.TABLES,
    **target_tables.TABLES,
    "versions": (
        an_id("version"),
        *VALIDITY,
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
# What a workspace may do without: such a table is then laid down empty.
MAY_BE_ABSENT = frozenset(
    {"calibrations", "laboratories", "roles", "tasks", *performance_tables.TABLES, *target_tables.TABLES}
)
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
