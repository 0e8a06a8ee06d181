"""The rules between the rows of events, targets, measures and the evaluation plan. It reads no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipelines import rules
from pipelines.plan.problems import Problems
from pipelines.plan.rows import Row, not_among

Tables = Mapping[str, Sequence[Row]]

REFERENCES = (
    ("events", "facility_id", "facilities", "facility_id"),
    ("event_emissions", "event_id", "events", "event_id"),
    ("targets", "baseline_id", "baselines", "baseline_id"),
    ("targets", "owner_role", "roles", "role_id"),
    ("target_steps", "target_id", "targets", "target_id"),
    ("measures", "target_id", "targets", "target_id"),
    ("measures", "baseline_id", "baselines", "baseline_id"),
    ("measures", "owner_role", "roles", "role_id"),
    ("evaluations", "evaluator_role", "roles", "role_id"),
)
VALID_ONCE = (("targets", ("target_id",)), ("evaluations", ("item_id",)))
UNIQUE = (
    ("events", ("event_id",)),
    ("event_emissions", ("event_id", "year", "scope")),
    ("target_steps", ("target_id", "year")),
    ("measures", ("measure_id",)),
)
ORDERS: tuple[tuple[str, str, str, Callable[[Row], bool]], ...] = (
    ("events", "existed_since", "existed_since ≤ happened_on", lambda r: r["existed_since"] <= r["happened_on"]),
    ("event_emissions", "emissions_tco2e", "emissions_tco2e ≥ 0", lambda r: r["emissions_tco2e"] >= 0),
    ("targets", "target_reduction", "target_reduction < 1", lambda r: r["target_reduction"] < 1),
    ("targets", "target_value", "target_value ≥ 0", lambda r: r["target_value"] >= 0),
    ("targets", "target_year", "target_year ≥ valid_from", lambda r: r["target_year"] >= r["valid_from"].year),
    ("target_steps", "target_reduction", "target_reduction < 1", lambda r: r["target_reduction"] < 1),
    ("measures", "ended_on", "ended_on > started_on", lambda r: r["ended_on"] > r["started_on"]),
    (
        *("evaluations", "evaluated_within_days", "evaluated_within_days ≥ monitored_within_days"),
        lambda r: r["evaluated_within_days"] >= r["monitored_within_days"],
    ),
)
# what a metric is about → the table and column that its object stands in
OBJECTS = {
    "facility": ("facilities", "facility_id"),
    "subject": ("subjects", "subject_id"),
    "target": ("targets", "target_id"),
}
TRANSFERS = ("acquisition", "merger", "divestment", "insourcing", "outsourcing")


def check(tables: Tables, problems: Problems) -> None:
    """Every rule between them; whatever breaks one goes to `problems`."""
    _subjects(tables["subjects"], problems)
    _events(tables, problems)
    _values(tables, problems)
    _benchmarks(tables, problems)
    _regressions(tables["measures"], tables["baselines"], problems)
    _objects(tables, problems)


def _subjects(subjects: Iterable[Row], problems: Problems) -> None:
    """Only the enterprise is no facility's own."""
    for row in subjects:
        if row["subject_kind"] not in ("enterprise", None):
            _needs(row, "facility_id", problems)
        elif row["facility_id"]:
            told = not_among(row["facility_id"], ("",))
            problems.add("UNKNOWN_VALUE", row.file, row.line, "facility_id", **told)


def _events(tables: Tables, problems: Problems) -> None:
    subjects = [row["subject_id"] for row in tables["subjects"]]
    for row in tables["events"]:
        for word in (row["subject_ids"] or "").split():
            if word not in subjects:
                problems.add("UNKNOWN_VALUE", row.file, row.line, "subject_ids", **not_among(word, subjects))
        if row["event_kind"] in TRANSFERS:
            _needs(row, "existed_since", problems)
        if row["event_kind"] in ("insourcing", "outsourcing"):
            _needs(row, "is_scope_shift_covered", problems)


def _values(tables: Tables, problems: Problems) -> None:
    stated = {row["target_id"] for row in tables["target_steps"]}
    for row in (*tables["targets"], *tables["target_steps"]):
        _one_value(row, problems)
    for row in tables["targets"]:
        if row["path"] == "stated" and row["target_id"] not in stated:
            problems.add("NO_STEPS", row.file, row.line, "path", found=row["target_id"])


def _one_value(row: Row, problems: Problems) -> None:
    given = [name for name in ("target_reduction", "target_value") if row[name] is not None or name in row.bad]
    if len(given) != 1:
        problems.add("ONE_OF_TWO", row.file, row.line, "target_reduction", found="target_reduction, target_value")


def _benchmarks(tables: Tables, problems: Problems) -> None:
    """A target starts from years of one's own."""
    own = [row["baseline_id"] for row in tables["baselines"] if row["baseline_kind"] not in ("benchmark", "regression")]
    known = {row["baseline_id"] for row in tables["baselines"]}
    for row in tables["targets"]:
        if row["baseline_id"] in known and row["baseline_id"] not in own:
            problems.add("UNKNOWN_VALUE", row.file, row.line, "baseline_id", **not_among(row["baseline_id"], own))


def _regressions(measures: Iterable[Row], baselines: Iterable[Row], problems: Problems) -> None:
    kinds = {row["baseline_id"]: row["baseline_kind"] for row in baselines}
    known = [name for name, kind in kinds.items() if kind == "regression"]
    for row in measures:
        if row["baseline_id"] in kinds and row["baseline_id"] not in known:
            problems.add("UNKNOWN_VALUE", row.file, row.line, "baseline_id", **not_among(row["baseline_id"], known))


def _objects(tables: Tables, problems: Problems) -> None:
    kinds = {row["metric"]: row["object_kind"] for row in rules.rows("evaluation_metrics")}
    for row in tables["evaluations"]:
        kind = kinds.get(row["metric"], "")
        if not kind:
            continue
        if kind != "facility":
            _needs(row, "object_id", problems)
        table, column = OBJECTS[kind]
        known = list(dict.fromkeys(one[column] for one in tables[table]))
        if row["object_id"] and row["object_id"] not in known:
            problems.add(
                *("UNKNOWN_REFERENCE", row.file, row.line, "object_id"),
                near=known, found=row["object_id"], expected=f"{table}.{column}",
            )  # fmt: skip


def _needs(row: Row, column: str, problems: Problems) -> None:
    if row[column] in ("", None) and column not in row.bad:
        problems.add("EMPTY_CELL", row.file, row.line, column)
