"""The doors: suite × table → verdicts, on the connection of whoever asks. The only module that imports Great Expectations.

GX counts; SQL fetches. A failing row comes from GX's own query, run as INSERT … SELECT: the lists in a GX result are cut at
20 or 200 rows without a word. Where GX and SQL do not agree on a count, and where an expectation could not be evaluated,
the verdict is ERROR, never FAIL and never PASS. Computing what is judged is not done here (dbt_project/ does).
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.doors.shapes import ALL_DIFFERENT, CALIBRATED, PAIRS, ROWS, WIDTHS
from pipelines.doors.suites import Condition, Expectation, Suite, load
from pipelines.doors.verdict_rows import DoorRows, Outcome, agree_on_counts
from pipelines.workspace import EXPECTATIONS_DIR

if TYPE_CHECKING:
    from pipelines.plan import Plan

RESULTS_VARIABLE = "TANKU_GX_RESULTS"

_NO_EXPECTATION = (
    "计划写明由套件执行，但没有套件含有它：请补期望，或改 enforced_by。"
    " / the plan says a suite enforces it, but no suite holds it: add an expectation or change enforced_by."
)
_NOT_EVALUATED = "GX 没有给出结果 / GX returned no result"
_MESSAGE_LENGTH = 600
# a GX context is global to its process, and dbt may open both doors on threads of their own
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class CheckSpec:
    """A control as an asset check shows it; its verdicts stand in doors.control_months. `severity`: E, W or I."""

    control_id: str
    severity: str
    description_zh: str
    description_en: str


def verdict_checks(plan: Plan) -> list[CheckSpec]:
    """One check per control of the plan, in the plan's order, manual ones included; of a dated one its last row."""
    newest = {row["control_id"]: row for row in plan.tables["controls"].to_pylist()}
    return [
        CheckSpec(control_id, row["severity"], row["name_zh"], row["name_en"]) for control_id, row in newest.items()
    ]


def judge(session: Any, door: str, tables: Sequence[str], folder: Path = EXPECTATIONS_DIR) -> Any:
    """Every control that the plan gives to a suite of `door` ('entry' or 'exit'), judged on `tables` (`schema.table`).

    session: the caller's open DuckDB connection (dbt's, inside a model); the answer is a relation on it, its columns are
    verdict_rows.COLUMNS. An expectation whose control is not in the plan does not run; a control of the plan without an
    expectation is an ERROR. Raises SuiteError when the suite of one of `tables` cannot be used.
    """
    controls = _controls(session, door)
    rows = DoorRows.empty(session, f"{door}_door_rows")
    judged: set[str] = set()
    suites = [load(table, folder) for table in tables]
    with _ONE_AT_A_TIME, _source(session) as source:
        for suite in suites:
            active = [expectation for expectation in suite.expectations if expectation.control_id in controls]
            _judge_suite(rows, source, suite, active)
            judged |= {expectation.control_id for expectation in active}
    for control_id in sorted(controls - judged):
        rows.add_control(control_id, "", "ERROR", (0, 0, 0), _NO_EXPECTATION)
    return rows.relation()


def _controls(session: Any, door: str) -> set[str]:
    query = "select distinct control_id from plan.controls where door in (?, 'both') and enforced_by = 'suite'"
    return {control_id for (control_id,) in session.execute(query, [door]).fetchall()}


def _judge_suite(rows: DoorRows, source: Any, suite: Suite, active: Sequence[Expectation]) -> None:
    if not active:
        return
    answers = list(zip(active, _ask(source, suite, active), strict=True))
    for control_id in sorted({expectation.control_id for expectation in active}):
        _judge_control(rows, suite, control_id, [pair for pair in answers if pair[0].control_id == control_id])


def _judge_control(
    rows: DoorRows, suite: Suite, control_id: str, answers: Sequence[tuple[Expectation, Outcome]]
) -> None:
    """The control's months, failures and verdict; where anything went wrong the verdict is ERROR without failures."""
    due = judged = 0
    error = next((outcome.error for _, outcome in answers if outcome.error), "")
    try:
        due, judged = rows.add_months(suite, control_id, [expectation for expectation, _ in answers])
        for expectation, outcome in answers if not error else ():
            agree_on_counts(rows.session, suite, expectation, outcome)
            rows.add_failures(suite, expectation, outcome)
    except Exception as problem:
        error = error or _told(problem)
        rows.forget_failures(suite, control_id)
    unexpected = sum(outcome.unexpected for _, outcome in answers)
    status = "ERROR" if error else "FAIL" if unexpected else _unfailed(suite, judged)
    rows.add_control(control_id, suite.table, status, (due, judged, unexpected), error)


def _unfailed(suite: Suite, judged: int) -> str:
    """PASS, or MISSING when nothing was judged; a table that only lists offenders passes when it is empty."""
    return "PASS" if judged or not suite.place else "MISSING"


def _told(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:_MESSAGE_LENGTH]


# --- Great Expectations ---------------------------------------------------------------------------------------------


def _ask(source: Any, suite: Suite, active: Sequence[Expectation]) -> list[Outcome]:
    """One GX run over the suite's table; what GX could not evaluate comes back as an error."""
    try:
        with _batch(source, suite) as batch:
            result = _validate(batch, suite, active)
    except Exception as problem:
        return [Outcome(error=_told(problem))] * len(active)
    _keep(suite, result)
    by_position = {one["expectation_config"]["meta"]["position"]: one for one in result["results"]}
    return [_outcome(suite, expectation, by_position.get(at)) for at, expectation in enumerate(active)]


@contextmanager
def _source(session: Any) -> Iterator[Any]:
    """The caller's database as a GX data source, one for all suites of a door.

    AUTOCOMMIT without a ROLLBACK at the end, because DuckDB loses an open result on it; disposed of on the way out, or
    the file stays locked. A GX project in memory: no files, no progress bars, nothing sent anywhere.
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import duckdb_sqlalchemy
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    for talkative in ("great_expectations", ProgressBarsConfig.__module__):  # the latter says INFO whatever its parent
        logging.getLogger(talkative).setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    options = {
        "isolation_level": "AUTOCOMMIT",
        "skip_autocommit_rollback": True,
        "creator": lambda: duckdb_sqlalchemy.ConnectionWrapper(session.cursor()),
    }
    add_sql: Any = context.data_sources.add_sql  # its stub does not know `kwargs`
    source = add_sql("candidate", connection_string="duckdb:///:memory:", kwargs=options)
    try:
        yield source
    finally:
        source.get_engine().dispose()


@contextmanager
def _batch(source: Any, suite: Suite) -> Iterator[Any]:
    """The suite's table as a GX batch, closed on the way out."""
    schema, table = suite.table.split(".")
    asset = source.add_table_asset(suite.table, table_name=table, schema_name=schema)
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    try:
        yield batch
    finally:
        batch.data.execution_engine.close()


def _validate(batch: Any, suite: Suite, active: Sequence[Expectation]) -> dict[str, Any]:
    import great_expectations as gx

    expectations = [_in_gx(expectation, at) for at, expectation in enumerate(active)]
    shown = {column for expectation in active for column in expectation.shown}
    result_format = {
        "result_format": "SUMMARY",
        "return_unexpected_index_query": True,
        # no sample rows: they would be floats, and GX walks the whole call stack for each decimal among them
        "partial_unexpected_count": 0,
        "unexpected_index_column_names": list(dict.fromkeys([*suite.carried, *sorted(shown)])),
    }
    named = gx.ExpectationSuite(name=suite.table, expectations=expectations)
    return batch.validate(named, result_format=result_format).to_json_dict()


def _in_gx(expectation: Expectation, at: int) -> Any:
    """The expectation as GX's own; NULL belongs to its own not-null control, so a row with one is passed over."""
    from great_expectations.expectations.registry import get_expectation_impl

    if expectation.kind in WIDTHS:
        from pipelines.doors import own_expectations  # noqa: F401 - registers them

    arguments = dict(expectation.arguments)
    if expectation.kind in PAIRS:
        arguments["ignore_row_if"] = "either_value_is_missing"
    if expectation.kind == ALL_DIFFERENT or expectation.kind in WIDTHS:
        arguments["ignore_row_if"] = "never" if expectation.kind == CALIBRATED else "any_value_is_missing"
    if expectation.due_when:
        arguments["row_condition"] = _condition_in_gx(expectation.due_when)
    meta = {"control": expectation.control_id, "position": at}
    return get_expectation_impl(expectation.kind)(**arguments, meta=meta)


def _condition_in_gx(conditions: Sequence[Condition]) -> Any:
    from great_expectations.expectations.row_conditions import AndCondition, Column

    def one(condition: Condition) -> Any:
        column = Column(condition.column)
        if condition.operator == "is_null":
            return column.is_null() if condition.value else column.is_not_null()
        return column.is_in(condition.value) if condition.operator == "is_in" else column == condition.value

    parts = [one(condition) for condition in conditions]
    return parts[0] if len(parts) == 1 else AndCondition(conditions=parts)


def _outcome(suite: Suite, expectation: Expectation, one: dict[str, Any] | None) -> Outcome:
    error = _NOT_EVALUATED if one is None else _error_in(one["exception_info"])
    if one is None or error:
        return Outcome(error=error)
    result = one["result"]
    if expectation.kind == ROWS:
        query = expectation.arguments["unexpected_rows_query"].format(batch=suite.table_sql)
        return Outcome(unexpected=result["observed_value"], query=query)
    if result.get("element_count") is None or (result["element_count"] and result.get("unexpected_count") is None):
        return Outcome(error=_NOT_EVALUATED)
    return Outcome(
        due=result["element_count"],
        missing=result.get("missing_count"),
        unexpected=result.get("unexpected_count") or 0,
        query=result.get("unexpected_index_query"),
    )


def _error_in(exception_info: dict[str, Any]) -> str:
    """GX's own words when the expectation raised, else ''. GX nests them by metric, or not."""
    nested = [value for value in exception_info.values() if isinstance(value, dict)] or [exception_info]
    raised = [str(value.get("exception_message")) for value in nested if value.get("raised_exception")]
    return raised[0][:_MESSAGE_LENGTH] if raised else ""


def _keep(suite: Suite, result: dict[str, Any]) -> None:
    """GX's validation result as JSON, for those who use GX, in the folder that TANKU_GX_RESULTS names."""
    if folder := os.environ.get(RESULTS_VARIABLE):
        result.get("meta", {}).pop("batch_markers", None)  # the clock: the same inputs give the same file
        Path(folder).mkdir(parents=True, exist_ok=True)
        text = json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True, default=str)
        (Path(folder) / f"{suite.table}.json").write_text(text, encoding="utf-8")
