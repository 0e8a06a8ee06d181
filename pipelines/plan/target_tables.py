"""The plan's tables of events, targets, measures and the evaluation plan: columns, allowed values. No rule between rows."""

from __future__ import annotations

from pipelines.plan.fields import NAMES, VALIDITY, Field, Kind, a_decimal, an_id, one_of

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "path": ("linear", "stated"),
    "measure_status": ("planned", "running", "done", "cancelled"),
    "evaluated_content": ("activity_data", "emission_factors", "performance_parameters", "objectives"),
    "evaluation_frequency": ("month", "quarter", "year"),
    "criterion": ("at_least", "at_most"),
}

TABLES: dict[str, tuple[Field, ...]] = {
    # declared events (clause 7.4.2 b, c, d): structural changes, and what else may distort a baseline
    "events": (
        an_id("event_id"),
        *NAMES,
        Field("happened_on", Kind.DATE, required=True),
        one_of("event_kind"),
        # the facility that is transferred or touched; empty: it has none of its own here
        an_id("facility_id", required=False),
        # separated by spaces, whose bases it concerns; empty: the enterprise's and its facility's
        Field("subject_ids"),
        Field("counterpart"),
        # since when the unit has existed: younger than the base year, it changes no base
        Field("existed_since", Kind.DATE),
        # in- and outsourcing: is the emission reported in another scope before or after?
        Field("is_scope_shift_covered", Kind.BOOLEAN),
        Field("evidence"),
    ),
    # what the unit of an event emitted year by year, whoever it belonged to
    "event_emissions": (
        an_id("event_id"),
        Field("year", Kind.INTEGER, required=True),
        Field("scope"),
        Field("emissions_tco2e", Kind.DECIMAL, required=True),
        Field("source", required=True),
    ),
    "targets": (
        an_id("target_id"),
        *NAMES,
        an_id("baseline_id"),
        Field("target_year", Kind.INTEGER, required=True),
        # one of the two: a share of the base (0.10 = ten per cent less), or the value itself in the base's unit
        a_decimal("target_reduction"),
        a_decimal("target_value"),
        one_of("path"),
        an_id("owner_role"),
        *VALIDITY,
        Field("reason", required=True),
        Field("approver", required=True),
    ),
    # a stated path: the value of each year, as a reduction or as itself
    "target_steps": (
        an_id("target_id"),
        Field("year", Kind.INTEGER, required=True),
        a_decimal("target_reduction"),
        a_decimal("target_value"),
    ),
    # reduction measures with what they were expected to save, t CO2e a year
    "measures": (
        an_id("measure_id"),
        *NAMES,
        an_id("target_id", required=False),
        # the regression that its months are normalised by
        an_id("baseline_id"),
        Field("started_on", Kind.DATE, required=True),
        Field("ended_on", Kind.DATE),
        Field("ex_ante_tco2e", Kind.DECIMAL, required=True),
        Field("estimate_method", required=True),
        an_id("owner_role"),
        Field("status", required=True, allowed="measure_status"),
    ),
    # the performance evaluation plan (clause 10.1.1, table 4): what, by which methods, at which points in time, by whom
    "evaluations": (
        an_id("item_id"),
        *NAMES,
        Field("content", required=True, allowed="evaluated_content"),
        Field("monitoring_method", required=True),
        Field("accounting_method", required=True),
        Field("analysis_method", required=True),
        Field("frequency", required=True, allowed="evaluation_frequency"),
        # days after the end of the period by which it is monitored and measured, and by which it is evaluated
        Field("monitored_within_days", Kind.INTEGER, required=True),
        Field("evaluated_within_days", Kind.INTEGER, required=True),
        an_id("evaluator_role"),
        one_of("metric"),
        # a facility, subject or target, as the metric asks for; empty: the enterprise
        an_id("object_id", required=False),
        one_of("criterion"),
        Field("threshold", Kind.DECIMAL, required=True),
        *VALIDITY,
    ),
}
