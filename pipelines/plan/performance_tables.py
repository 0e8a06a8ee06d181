"""The plan's tables of performance: subjects, baselines, warnings. Their rules between rows stand in performance.py.

A further one (targets, measures, events) is an entry here; a workspace may do without any of them.
"""

from __future__ import annotations

from pipelines.plan.fields import NAMES, VALIDITY, Field, Kind, a_decimal, an_id, one_of

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "subject_kind": ("enterprise", "facility", "process", "product"),
    "baseline_measure": ("total", "intensity"),
    "baseline_kind": ("prior_year", "typical_year", "historic_mean", "regression", "benchmark"),
    "grain": ("month", "day"),
    "chart": ("individuals", "moving_range", "ewma", "cusum", "regression_cusum"),
    "chart_measure": ("intensity", "residual", "accounted_residual"),
}

TABLES: dict[str, tuple[Field, ...]] = {
    # whose performance is followed: a facility, a process (some of its streams) or a product, under one regime and one
    # edition of the factors
    "subjects": (
        an_id("subject_id"),
        *NAMES,
        # empty: an enterprise, all facilities in its boundary without what they transfer to each other
        an_id("facility_id", required=False),
        one_of("subject_kind"),
        one_of("regime"),
        # separated by spaces; empty: every stream of the facility
        Field("stream_ids"),
        an_id("product_stream_id", required=False),
        Field("production_unit", allowed="unit"),
        # an intensity is per so many of the unit (1000 pieces); empty: 1
        a_decimal("production_base"),
        an_id("weather_stream_id", required=False),
        # empty: the regression looks for the one that explains most
        a_decimal("heating_base_c"),
        a_decimal("cooling_base_c"),
        # every year is restated with the factors that are in force in the month of this day
        Field("factors_as_of", Kind.DATE, required=True),
    ),
    # the candidates side by side, and which of them is the effective one; a change is a new version
    "baselines": (
        an_id("baseline_id"),
        an_id("subject_id"),
        Field("measure", required=True, allowed="baseline_measure"),
        one_of("baseline_kind"),
        Field("first_year", Kind.INTEGER),
        Field("last_year", Kind.INTEGER),
        one_of("grain", required=False),
        # of a regression, separated by spaces: production heating_degree_days cooling_degree_days weekend_days
        Field("variables"),
        a_decimal("benchmark_value"),
        Field("benchmark_source"),
        Field("is_effective", Kind.BOOLEAN, required=True),
        an_id("version"),
        *VALIDITY,
        Field("reason", required=True),
        Field("approver"),
    ),
    # the control charts of the early warning, and their parameters in multiples of the standard deviation
    "warnings": (
        an_id("warning_id"),
        an_id("subject_id"),
        *NAMES,
        one_of("chart"),
        Field("measure", required=True, allowed="chart_measure"),
        one_of("grain"),
        # whose residuals are charted
        an_id("baseline_id", required=False),
        # the in-control window that limits come from, its end exclusive
        Field("window_from", Kind.DATE, required=True),
        Field("window_to", Kind.DATE, required=True),
        a_decimal("sigma_multiple"),
        Field("run_rules"),
        a_decimal("smoothing"),
        a_decimal("reference_value"),
        a_decimal("decision_interval"),
    ),
}
