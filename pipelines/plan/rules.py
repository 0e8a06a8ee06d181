"""The rules between the rows of a plan: references, duplicates, validity, ranges, double counting. It reads no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from pipelines.plan import performance, targets
from pipelines.plan.problems import Problems
from pipelines.plan.rows import Row, Vocabularies, not_among

Tables = Mapping[str, Sequence[Row]]

# table, column → table, column it must exist in
REFERENCES = (
    ("streams", "facility_id", "facilities", "facility_id"),
    ("meters", "facility_id", "facilities", "facility_id"),
    ("streams", "counterpart_stream_id", "streams", "stream_id"),
    ("parameters", "stream_id", "streams", "stream_id"),
    ("parameters", "cross_check_parameter_id", "parameters", "parameter_id"),
    ("meters", "main_point_id", "meters", "point_id"),
    ("calibrations", "meter_id", "meters", "meter_id"),
    ("controls", "owner_role", "roles", "role_id"),
    ("tasks", "control_id", "controls", "control_id"),
    ("tasks", "facility_id", "facilities", "facility_id"),
    ("subjects", "facility_id", "facilities", "facility_id"),
    ("subjects", "product_stream_id", "streams", "stream_id"),
    ("subjects", "weather_stream_id", "streams", "stream_id"),
    ("baselines", "subject_id", "subjects", "subject_id"),
    ("warnings", "subject_id", "subjects", "subject_id"),
    ("warnings", "baseline_id", "baselines", "baseline_id"),
    *targets.REFERENCES,
)
# what may stand only once at a time (tables with validity) or only once at all
VALID_ONCE = (
    ("facilities", ("facility_id",)),
    ("streams", ("stream_id",)),
    ("meters", ("meter_id", "channel")),
    ("meters", ("point_id", "channel")),
    ("parameters", ("parameter_id",)),
    ("controls", ("control_id",)),
    ("laboratories", ("laboratory", "accreditation")),
    ("baselines", ("baseline_id",)),
    *targets.VALID_ONCE,
    ("versions", ()),
)
UNIQUE = (
    ("calibrations", ("meter_id", "calibrated_on")),
    ("tasks", ("task_id",)),
    ("roles", ("role_id",)),
    ("subjects", ("subject_id",)),
    ("baselines", ("baseline_id", "version")),
    ("warnings", ("warning_id",)),
    *targets.UNIQUE,
    ("versions", ("version",)),
)
METERED = ("load_profile", "register_reading")


def check(tables: Tables, known: Vocabularies, problems: Problems) -> None:
    """Every rule between rows; whatever breaks one goes to `problems`."""
    for table, column, target, target_column in REFERENCES:
        _references(tables, table, column, target, target_column, problems)
    for table, columns in UNIQUE:
        _unique(tables[table], columns, problems)
    for table, columns in VALID_ONCE:
        _valid_once(tables[table], columns, problems)
    _valid_once(performance.effective(tables["baselines"]), ("subject_id", "measure"), problems)
    performance.check(tables, problems)
    targets.check(tables, problems)
    _points(tables, problems)
    _movements(tables["parameters"], known["stock_measure"], problems)
    _counted_once(tables["parameters"], problems)
    _transfers(tables["streams"], problems)
    _orders(tables, problems)
    _reasons(tables, problems)


def _references(tables: Tables, table: str, column: str, target: str, target_column: str, problems: Problems) -> None:
    if any(target_column in row.bad for row in tables[target]):  # the id meant may be the one that cannot be read
        return
    there = {row[target_column] for row in tables[target] if row[target_column]}
    for row in tables[table]:
        if row[column] and row[column] not in there:
            _unknown_reference(problems, row, column, row[column], target, there)


def _points(tables: Tables, problems: Problems) -> None:
    """A metered parameter reads a point of meters, and as its measure a channel of that point ('' there: any channel)."""
    if any(row.bad & {"point_id", "channel"} for row in tables["meters"]):
        return
    channels: dict[str, list[str]] = {}
    for meter in tables["meters"]:
        channels.setdefault(meter["point_id"], []).append(meter["channel"])
    for row in tables["parameters"]:
        point = row["source_key"]
        if row["record_type"] not in METERED or not point:
            continue
        if point not in channels:
            _unknown_reference(problems, row, "source_key", point, "meters.point_id", channels)
        elif row["measure"] not in channels[point] and "" not in channels[point]:
            where = f"meters.channel ({point})"
            _unknown_reference(problems, row, "measure", row["measure"], where, channels[point])


def _movements(parameters: Iterable[Row], kinds: Sequence[str], problems: Problems) -> None:
    for row in parameters:
        if row["record_type"] == "stock_movement" and row["measure"] is not None and row["measure"] not in kinds:
            problems.add("UNKNOWN_VALUE", row.file, row.line, "measure", **not_among(row["measure"], kinds))


def _unknown_reference(
    problems: Problems, row: Row, column: str, found: str, target: str, there: Iterable[str]
) -> None:
    problems.add("UNKNOWN_REFERENCE", row.file, row.line, column, near=there, found=found, expected=target)


def _unique(rows: Iterable[Row], columns: Sequence[str], problems: Problems) -> None:
    for row, other in _clashes(rows, columns, lambda first, second: True):
        _tell_clash(problems, "DUPLICATE", row, other, columns)


def _valid_once(rows: Iterable[Row], columns: Sequence[str], problems: Problems) -> None:
    for row, other in _clashes(_dated(rows), columns, _overlap):
        is_same = columns and row["valid_from"] == other["valid_from"]
        _tell_clash(problems, "DUPLICATE" if is_same else "OVERLAPPING", row, other, columns)


def _counted_once(parameters: Iterable[Row], problems: Problems) -> None:
    """The same figure must not enter the account through two parameters."""
    counted = [row for row in parameters if (row["role"], row["kind"]) == ("account", "activity_data")]
    columns = ("record_type", "source_key", "measure")
    for row, other in _clashes(_dated(counted), columns, _overlap):
        if row["parameter_id"] != other["parameter_id"]:
            _tell_clash(problems, "DOUBLE_COUNT", row, other, columns, name="source_key")


def _transfers(streams: Iterable[Row], problems: Problems) -> None:
    """The two ends of a transfer name each other and belong to two facilities: else a group would leave out one end only."""
    by_id = {row["stream_id"]: row for row in streams}
    for row in by_id.values():
        other = by_id.get(row["counterpart_stream_id"])
        if other is None:
            continue
        same_site = row["facility_id"] == other["facility_id"]
        if same_site or other["counterpart_stream_id"] != row["stream_id"]:
            told = {"found": row["counterpart_stream_id"], "stream": row["stream_id"]}
            problems.add("TRANSFER_ONE_SIDED", row.file, row.line, "counterpart_stream_id", **told)


def _clashes(
    rows: Iterable[Row], columns: Sequence[str], clash: Callable[[Row, Row], bool]
) -> Iterator[tuple[Row, Row]]:
    """Pairs of neighbouring rows with the same key that clash: the later one, the earlier one."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if None not in key:
            groups.setdefault(key, []).append(row)
    for group in groups.values():
        ordered = sorted(group, key=lambda row: (row.values.get("valid_from") or date.min, row.line))
        yield from ((later, earlier) for earlier, later in pairwise(ordered) if clash(earlier, later))


def _dated(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if not row.bad & {"valid_from", "valid_to"}]


def _overlap(earlier: Row, later: Row) -> bool:
    return earlier["valid_to"] is None or (later["valid_from"] or date.min) < earlier["valid_to"]


def _tell_clash(problems: Problems, code: str, row: Row, other: Row, columns: Sequence[str], name: str = "") -> None:
    found = "/".join(str(row[column]) for column in columns) or str(row["version"])
    problems.add(code, row.file, row.line, name or (columns or ("valid_from",))[0], found=found, other=other.line)


def _orders(tables: Tables, problems: Problems) -> None:
    """Orders and ranges within a row, as a person would write them."""
    for table in ("facilities", "streams", "meters", "parameters", "versions", "baselines", "targets", "evaluations"):
        _compare(
            tables[table], "valid_to", "valid_to > valid_from", lambda r: r["valid_to"] > r["valid_from"], problems
        )
    _compare(
        tables["calibrations"], "due_on", "due_on > calibrated_on", lambda r: r["due_on"] > r["calibrated_on"], problems
    )
    _compare(
        tables["facilities"],
        "consolidation_share",
        "0 ≤ consolidation_share ≤ 1",
        lambda r: 0 <= r["consolidation_share"] <= 1,
        problems,
    )
    _compare(
        tables["meters"],
        "main_point_id",
        "main_point_id ≠ point_id",
        lambda r: not r["main_point_id"] or r["main_point_id"] != r["point_id"],
        problems,
    )
    _compare(
        tables["meters"],
        "sub_metered_share",
        "0 ≤ sub_metered_share ≤ 1",
        lambda r: 0 <= r["sub_metered_share"] <= 1,
        problems,
    )
    _compare(tables["meters"], "multiplier", "multiplier > 0", lambda r: r["multiplier"] > 0, problems)
    _compare(tables["meters"], "interval_minutes", "1440 % interval_minutes = 0", _divides_day, problems)
    for table, column, rule, holds in _PERFORMANCE_ORDERS:
        _compare(tables[table], column, rule, holds, problems)
    parameters = tables["parameters"]
    _compare(parameters, "plan_max", "plan_max ≥ plan_min", lambda r: r["plan_max"] >= r["plan_min"], problems)
    for column in ("cross_check_tolerance", "uncertainty"):
        _compare(parameters, column, f"{column} ≥ 0", lambda r, name=column: r[name] >= 0, problems)


_PERFORMANCE_ORDERS: tuple[tuple[str, str, str, Callable[[Row], bool]], ...] = (
    ("subjects", "production_base", "production_base > 0", lambda r: r["production_base"] > 0),
    ("baselines", "last_year", "last_year ≥ first_year", lambda r: r["last_year"] >= r["first_year"]),
    ("warnings", "window_to", "window_to > window_from", lambda r: r["window_to"] > r["window_from"]),
    ("warnings", "sigma_multiple", "sigma_multiple ≥ 2", lambda r: r["sigma_multiple"] >= 2),
    ("warnings", "smoothing", "0 < smoothing < 1", lambda r: 0 < r["smoothing"] < 1),
    ("warnings", "reference_value", "reference_value ≥ 0", lambda r: r["reference_value"] >= 0),
    ("warnings", "decision_interval", "decision_interval > 0", lambda r: r["decision_interval"] > 0),
    *targets.ORDERS,
)


def _divides_day(row: Row) -> bool:
    return row["interval_minutes"] > 0 and 1440 % row["interval_minutes"] == 0


def _compare(rows: Iterable[Row], column: str, rule: str, holds: Callable[[Row], bool], problems: Problems) -> None:
    """Note each row that does not hold; a row with an empty value in the comparison is passed over."""
    for row in rows:
        try:
            is_wrong = row[column] is not None and not holds(row)
        except TypeError:  # the other side of the comparison is empty
            continue
        if is_wrong:
            problems.add("BAD_ORDER", row.file, row.line, column, expected=rule, found=row[column])


def _reasons(tables: Tables, problems: Problems) -> None:
    """What one cell makes necessary in another."""
    for row in tables["facilities"]:
        if row["is_in_boundary"] is False and row["boundary_reason"] == "":
            problems.add("EMPTY_CELL", row.file, row.line, "boundary_reason")
    for row in tables["parameters"]:
        is_empty = row["cross_check_tolerance"] is None and "cross_check_tolerance" not in row.bad
        if row["cross_check_parameter_id"] and is_empty:
            problems.add("EMPTY_CELL", row.file, row.line, "cross_check_tolerance")
