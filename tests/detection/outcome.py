"""What a build says: its signals to people, its emissions and its verdicts on clean months. It judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.workspace import SEEDS_DIR, Workspace

SIGNALS = Path(__file__).with_name("signals.sql")
EMISSIONS = """
    select regime, facility_id, stream_id, strftime(month, '%Y-%m') as month, coalesce(sum(emissions_tco2e), 0)
    from accounting.emissions group by all
"""
CONTROL_MONTHS = """
    select control_id, status, count(*) from marts.fct_verdicts
    where status in ('PASS', 'FAIL', 'ERROR') group by all order by all
"""


@dataclass(frozen=True)
class Signal:
    """One thing a build says. speaker: a control, 'quarantine NUM_SYNTAX', 'refused' … identity: which, of that speaker's.

    first_month, last_month: '2024-03', None where it names no month. row_number: as a person sees it in the file.
    """

    speaker: str
    identity: str
    facility_id: str | None
    stream_id: str | None
    first_month: str | None
    last_month: str | None
    file_name: str | None
    row_number: int | None


@dataclass(frozen=True)
class Outcome:
    """A build's signals; emissions (tCO2e) by regime, site, stream and month; control-months by control and status."""

    signals: frozenset[Signal]
    emissions: dict[tuple[str, str, str, str], Decimal]
    control_months: dict[tuple[str, str], int]


def of(workspace: Workspace) -> Outcome:
    """The published build of a workspace."""
    with duckdb.connect(str(workspace.published / "warehouse.duckdb"), read_only=True) as connection:
        connection.execute("set variable messages = ?", [str(workspace.lake / "file_message" / "*.parquet")])
        codes = str(SEEDS_DIR / "every_sector" / "reason_codes.csv")
        connection.execute("set variable reason_codes = ?", [codes])
        signals = connection.execute(SIGNALS.read_text(encoding="utf-8")).fetchall()
        emissions = connection.execute(EMISSIONS).fetchall()
        months = connection.execute(CONTROL_MONTHS).fetchall()
    return Outcome(
        frozenset(Signal(*row) for row in signals),
        {(regime, site, stream, month): tonnes for regime, site, stream, month, tonnes in emissions},
        {(control, status): count for control, status, count in months},
    )
