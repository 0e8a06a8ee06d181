"""The rows of a door's table, as SQL on the caller's connection. It judges nothing and knows no GX (doors does)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.doors.shapes import ROWS
from pipelines.doors.suites import Expectation, Suite
from pipelines.doors.telling import literal, plain_text
from pipelines.warehouse import quoted

# record_kind: 'control' (one per control and suite), 'month' (control × facility × month: how many rows were due, how many
# of them could be judged) or 'failure' (expectation × row; the only kind with a row_key).
COLUMNS: tuple[tuple[str, str], ...] = (
    ("record_kind", "varchar"),
    ("control_id", "varchar"),
    ("suite", "varchar"),
    ("table_name", "varchar"),
    ("expectation", "varchar"),
    ("row_key", "varchar"),
    ("facility_id", "varchar"),
    ("period_start", "date"),
    ("planned_id", "varchar"),
    ("stream_id", "varchar"),
    ("regime", "varchar"),
    ("status", "varchar"),
    ("due_count", "bigint"),
    ("judged_count", "bigint"),
    ("unexpected_count", "bigint"),
    ("found", "varchar"),
    ("expected", "varchar"),
    ("found_zh", "varchar"),
    ("found_en", "varchar"),
    ("expected_zh", "varchar"),
    ("expected_en", "varchar"),
    ("message", "varchar"),
)
_PLANNED, _PARAMETERS = "readings.planned", "plan.parameters"


@dataclass(frozen=True)
class Outcome:
    """What GX said about one expectation: rows due, rows without a value, failing rows; `error` when it could not tell.

    due, missing: None where GX counts no rows. query: the query that lists the failing rows, None when GX gave none.
    """

    due: int | None = None
    missing: int | None = None
    unexpected: int = 0
    query: str | None = None
    error: str = ""


class Disagreement(Exception):
    """GX and SQL counted differently, so no verdict can rest on either."""


@dataclass(frozen=True)
class DoorRows:
    """The table that one door fills: a temporary one on `session`, of COLUMNS."""

    session: Any
    name: str

    @classmethod
    def empty(cls, session: Any, name: str) -> DoorRows:
        columns = ", ".join(f"{column} {kind}" for column, kind in COLUMNS)
        session.execute(f"create or replace temp table {quoted(name)} ({columns})")
        return cls(session, name)

    def relation(self) -> Any:
        """Everything that was added, as a relation on the session."""
        return self.session.sql(f"from {quoted(self.name)}")

    def add_control(self, control_id: str, suite: str, status: str, counts: Sequence[int], message: str = "") -> None:
        """The control's verdict; counts: rows due, rows judged, failing rows."""
        columns = (
            "record_kind, control_id, suite, table_name, status, due_count, judged_count, unexpected_count, message"
        )
        self.session.execute(
            f"insert into {quoted(self.name)} ({columns}) values ('control', ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            [control_id, suite, suite, status, *counts, message],
        )

    def add_months(self, suite: Suite, control_id: str, expectations: Sequence[Expectation]) -> tuple[int, int]:
        """Per facility and month: the rows the control was due for and those it could judge; returns both totals."""
        source = _months_sql(suite, expectations)
        self.session.execute(
            f"""insert into {quoted(self.name)}
                (record_kind, control_id, suite, table_name, facility_id, period_start, due_count, judged_count)
                select 'month', ?, ?, ?, facility_id, month, due, judged from ({source})""",  # noqa: S608 - quoted parts
            [control_id, suite.table, suite.table],
        )
        total = f"select coalesce(sum(due), 0)::bigint, coalesce(sum(judged), 0)::bigint from ({source})"  # noqa: S608
        return self.session.execute(total).fetchone()

    def add_failures(self, suite: Suite, expectation: Expectation, outcome: Outcome) -> None:
        """The failing rows of one expectation, by the query that GX gave; raises Disagreement on any other number."""
        if outcome.unexpected == 0:
            return
        if not outcome.query:
            raise Disagreement("GX 没有给出失败行的查询 / GX gave no query for the failing rows")
        inserted = self.session.execute(_failures_sql(self.name, suite, expectation, outcome.query)).fetchone()[0]
        _same(inserted, outcome.unexpected, "失败行数 / failing rows")

    def forget_failures(self, suite: Suite, control_id: str) -> None:
        """Take the control's failures out again: it turned out that it cannot be judged."""
        self.session.execute(
            f"""delete from {quoted(self.name)}
                where record_kind = 'failure' and control_id = ? and suite = ?""",  # noqa: S608 - quoted
            [control_id, suite.table],
        )


def agree_on_counts(session: Any, suite: Suite, expectation: Expectation, outcome: Outcome) -> None:
    """Raise Disagreement unless GX looked at the rows that SQL holds to be due, and passed over the same empty ones."""
    if outcome.due is None:
        return
    due, missing = session.execute(
        f"""select count(*) filter (where {expectation.due_sql}), count(*) filter (where {expectation.missing_sql})
            from {suite.table_sql}"""  # noqa: S608 - quoted parts
    ).fetchone()
    _same(due, outcome.due, "应检行数 / rows due")
    if outcome.missing is not None:
        _same(missing, outcome.missing, "空值行数 / rows without a value")


def _same(by_sql: int, by_gx: int, what: str) -> None:
    if by_sql != by_gx:
        raise Disagreement(f"{what}: GX {by_gx}, SQL {by_sql}")


def _months_sql(suite: Suite, expectations: Sequence[Expectation]) -> str:
    """facility_id, month, due, judged: from the table's own rows, and from the plan where the table has none."""
    due = " or ".join(expectation.due_sql for expectation in expectations)
    missing = " or ".join(expectation.missing_sql for expectation in expectations)
    counts = f"""count(*) filter (where {due}) as due,
        count(*) filter (where ({due}) and not ({missing})) as judged"""
    own = f"select {_place_sql(suite)}, {counts} from {suite.table_sql}"  # noqa: S608 - quoted parts
    if not suite.place:
        return own
    if suite.lists_offenders:
        return f"""select facility_id, date_trunc('month', period_start)::date as month, count(*) as due, count(*) as judged
            from {_PLANNED} group by all"""  # noqa: S608 - quoted parts
    own += " group by all"
    if suite.due:
        own = f"""select facility_id, month, coalesce(nullif(own.due, 0), planned.due, 0) as due,
            coalesce(own.judged, 0) as judged
            from ({own}) as own full join ({_planned_sql(suite)}) as planned using (facility_id, month)"""  # noqa: S608
    return f"select * from ({own}) where due > 0"  # noqa: S608 - quoted parts


def _planned_sql(suite: Suite) -> str:
    """What the plan makes due in a table other than readings.planned, by facility and month."""
    conditions = " and ".join(condition.sql for condition in suite.due)
    return f"""select facility_id, date_trunc('month', period_start)::date as month, count(*) as due from {_PLANNED}
        where parameter_id in (select parameter_id from {_PARAMETERS} where {conditions}) group by all"""  # noqa: S608


def _place_sql(suite: Suite) -> str:
    facility = f"{quoted(suite.facility)}::varchar" if suite.facility else "null::varchar"
    month = f"date_trunc('month', {quoted(suite.period)})::date" if suite.period else "null::date"
    return f"{facility} as facility_id, {month} as month"


def _failures_sql(name: str, suite: Suite, expectation: Expectation, query: str) -> str:
    key = " || '/' || ".join(f"coalesce({quoted(column)}::varchar, '')" for column in suite.row_key)
    facility = f"{quoted(suite.facility)}::varchar" if suite.facility else "null"
    period = f"{quoted(suite.period)}::date" if suite.period else "null"
    laid = [
        f"{quoted(column)}::varchar" if column else "null" for column in (suite.planned, suite.stream, suite.regime)
    ]
    # GX's query knows neither the row condition nor which empty rows were passed over: without this more rows come back
    judged = "true" if expectation.kind == ROWS else f"{expectation.due_sql} and not {expectation.missing_sql}"
    return f"""insert into {quoted(name)} (record_kind, control_id, suite, table_name, expectation,
            row_key, facility_id, period_start, planned_id, stream_id, regime, found, expected,
            found_zh, found_en, expected_zh, expected_en)
        select 'failure', {literal(expectation.control_id)}, {literal(suite.table)}, {literal(suite.table)},
            {literal(expectation.label)}, {key}, {facility}, {period}, {", ".join(laid)}, {plain_text(expectation.found)},
            {expectation.expected_sql}, {expectation.told_sql}
        from ({query.rstrip("; ")}) where {judged}"""  # noqa: S608 - quoted parts
