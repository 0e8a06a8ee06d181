"""A company's books for the accounts' tests: facilities, streams and admitted readings. It holds no expectation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import records, warehouse
from pipelines.models import ASKED_ELSEWHERE
from pipelines.workspace import PROJECT_ROOT
from tests.dbt.candidate import Candidate, lay_down

AS_OF = date(2026, 11, 22)
QUIET = ("--log-level-file", "none")
# Marts over what is due and over the doors month by month: here nothing is planned and no door is opened.
# What reads performance is left out with it: it follows the plan's subjects, and here there are none.
UNPLANNED = ("fct_overrides", "fct_nonconformities", "fct_similar_failures", "path:models/performance+")
UPSTREAM = PROJECT_ROOT / "pipelines" / "calculating" / "upstream.sql"
STAGED = [
    ("source_key", pa.string()),
    ("record_id", pa.string()),
    ("occurrence", pa.int32()),
    ("is_current", pa.bool_()),
]
STAGED += [("is_superseded_by_seq", pa.int64()), ("revision", pa.string())]
PROFILE = [("quantity", records.QUANTITY), ("values_expected", pa.int32()), ("values_missing", pa.int32())]


@dataclass
class Books:
    """What a test company has: add to it, then `close` it into an accounted warehouse."""

    facilities: list[dict[str, Any]] = field(default_factory=list)
    streams: list[dict[str, Any]] = field(default_factory=list)
    parameters: list[dict[str, Any]] = field(default_factory=list)
    meters: list[dict[str, Any]] = field(default_factory=list)
    admitted: list[dict[str, Any]] = field(default_factory=list)
    upstream: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rules: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    staged: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _facility_of: dict[str, str] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def facility(self, facility_id: str, region: str = "CN-JS", **more: Any) -> str:
        """A facility in the boundary, wholly owned, unless told otherwise."""
        row = {"facility_id": facility_id, "region_code": region, "is_in_boundary": True, "is_ets_boundary": False}
        share = {"consolidation_approach": "operational_control", "consolidation_share": "1"}
        self.facilities.append(row | share | more)
        return facility_id

    def stream(self, stream_id: str, stream_type: str, fuel: str = "", facility: str = "F1", **more: Any) -> str:
        """A stream of a facility."""
        row = {"stream_id": stream_id, "stream_type": stream_type, "fuel": fuel, "facility_id": facility}
        self.streams.append({"origin": "purchased"} | row | more)
        self._facility_of[stream_id] = facility
        return stream_id

    def reading(
        self,
        stream_id: str,
        month: date,
        value: str | Decimal | None,
        unit: str,
        kind: str = "activity_data",
        **more: Any,
    ) -> None:
        """One admitted month of one parameter: measured and whole, unless told otherwise. None: nothing came."""
        parameter = more.pop("parameter", f"{stream_id}-{kind}")
        planned = {name: more.pop(name) for name in ("measure", "record_type") if name in more}
        if parameter not in self._known:
            self._known.add(parameter)
            names = {"parameter_id": parameter, "stream_id": stream_id, "kind": kind, "unit": unit}
            self.parameters.append(names | planned)
        amount = None if value is None else Decimal(value)
        row = {
            "planned_id": f"{parameter}@{month}",
            "parameter_id": parameter,
            "stream_id": stream_id,
            "facility_id": self._facility_of[stream_id],
            "kind": kind,
            "role": "account",
            "frequency": "month",
            "period_start": month,
            "period_end": date(month.year + month.month // 12, month.month % 12 + 1, 1),
            "unit": unit,
            **dict.fromkeys(("quantity", "measured_quantity", "best_estimate", "substitute"), amount),
            "basis": "missing" if amount is None else "measured",
            "fill_best_estimate": Decimal(0),
            "fill_substitute": Decimal(0),
            "hours_expected": Decimal(720),
            "hours_missing": Decimal(0),
            "failed_controls": "",
        }
        self.admitted.append(row | more)

    def close(self, folder: Path, as_of: date = AS_OF) -> Candidate:
        """Lay everything down in `folder`, run the accounts and the marts, once."""
        candidate = self.lay(folder, as_of)
        account(candidate)
        return candidate

    def lay(self, folder: Path, as_of: date = AS_OF) -> Candidate:
        """Lay everything down in `folder`; nothing is accounted yet."""
        plan = {
            "facilities": self.facilities,
            "streams": self.streams,
            "parameters": self.parameters,
            "meters": self.meters,
        }
        candidate = lay_down(folder, {}, plan, as_of, date(2018, 1, 1))
        with warehouse.writing(candidate.file) as connection:
            connection.execute(UPSTREAM.read_text(encoding="utf-8"))
            for record_type in records.RECORD_TYPES:
                rows = pa.Table.from_pylist(self.staged.get(record_type, []), schema=_staged(record_type))
                warehouse.write_table(connection, "staging", f"stg_{record_type}s", rows)
        self.write(candidate)
        return candidate

    def write(self, candidate: Candidate) -> None:
        """Put the admitted readings, what else stands upstream and further rules into their tables, replacing readings."""
        with warehouse.writing(candidate.file) as connection:
            connection.execute("delete from readings.admitted")
            for table, rows in {"readings.admitted": self.admitted, **self.upstream}.items():
                _insert(connection, table, rows)
            for table, rows in self.rules.items():
                _insert(connection, f"rules.{table}", rows)


def account(candidate: Candidate) -> None:
    """Build the accounts and the marts, with their dbt tests, on what lies in the candidate."""
    layers = ["unit_ratios", "accounting", "decisions", "restatements", "marts"]
    build = [*QUIET, "build", "--exclude-resource-type", "unit_test"]
    candidate.run(*build, "--select", *layers, "--exclude", *UNPLANNED, *ASKED_ELSEWHERE)


def _insert(connection: Any, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows into some of a table's columns, the others null; by Arrow, as a statement a row takes far longer."""
    if rows:
        described = connection.execute(f"describe {table}").to_arrow_table().to_pydict()["column_name"]
        names = [name for name in described if any(name in row for row in rows)]
        arriving = pa.table({name: [row.get(name) for row in rows] for name in names})
        listed = ", ".join(f'"{name}"' for name in names)
        connection.register("arriving", arriving)
        connection.execute(f"insert into {table} ({listed}) select {listed} from arriving")
        connection.unregister("arriving")


def _staged(record_type: str) -> pa.Schema:
    more = STAGED + (PROFILE if record_type == "load_profile" else [])
    return pa.schema([*records.schema_of(record_type), *(pa.field(name, kind) for name, kind in more)])
