"""What would become of a file: its account, its totals, and how it stands to what the workspace holds. Stores nothing."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import archive, feeds, landing, plan, warehouse
from pipelines.landing import held, lake, one_file, sums
from pipelines.landing.accounts import Ledger
from pipelines.landing.inspected import InspectResult
from pipelines.landing.one_file import Delivered, Landed
from pipelines.plan.tables import schema_of as plan_schema
from pipelines.workspace import Workspace


def inspect(workspace: Workspace | None, path: Path, feed_file: Path | None) -> InspectResult:
    """See landing.inspect."""
    known = [feeds.read(feed_file)] if feed_file else feeds.of_workspace(workspace)
    latest = (datetime.now(UTC) + timedelta(days=landing.DAYS_AHEAD)).date()
    landed = one_file.landed(Delivered(path, path.name, lake.sha256_of(path), latest), known)
    if landed.records is None:
        return InspectResult(landed.account, (), landed.ledger)
    ledger, meters = landed.ledger, _planned_meters(workspace)
    with warehouse.scratch() as connection:
        totals = sums.totals(connection, landed, meters)
        for code, values in sums.register_warnings(connection, landed, meters):
            ledger.say(code, values)
        is_held = workspace is not None and _is_held(connection, workspace, landed)
    _name_unplanned(landed.records, meters, ledger)
    return _answer(landed, totals, is_held)


def _answer(landed: Landed, totals: list[sums.Total], is_held: bool) -> InspectResult:
    """The account with what was found out since; rows that are held already would be skipped."""
    before = landed.account
    loaded, held_back = (0, before.rows_loaded) if is_held else (before.rows_loaded, 0)
    values = (before.values_read, before.values_missing)
    account = landed.ledger.closed(before.rows_read, loaded, 0 if is_held else before.records, values, held_back)
    return InspectResult(account, () if is_held else tuple(totals), landed.ledger)


def _is_held(connection: duckdb.DuckDBPyConnection, workspace: Workspace, landed: Landed) -> bool:
    """Whether nothing in the file is new; what is held, and what differs, is said."""
    ledger, records, feed = landed.ledger, landed.records, landed.feed
    assert records is not None and feed is not None
    deliveries = archive.deliveries(workspace)
    twin = next((one for one in deliveries if one.file_sha256 == landed.account.file_sha256), None)
    if twin:
        ledger.say("FILE_DUPLICATE", {"found": twin.file_name})
        return True
    files = landing.lake_files(workspace, deliveries).get(feed.record_type, [])
    found = held.compare(connection, records, feed.record_type, files)
    if found.revised:
        ledger.say("VALUE_REVISED", {"found": str(found.revised), "expected": found.example})
    elif found.same == found.fresh and found.fresh:
        ledger.say("ROWS_ALREADY_LOADED", {"found": str(landed.account.rows_loaded)})
        return True
    elif found.same:
        ledger.say("ROWS_OVERLAP", {"found": str(found.same)})
    return False


def _planned_meters(workspace: Workspace | None) -> pa.Table:
    """The plan's meters; none without a workspace or a readable plan: a file can be looked at all the same."""
    if workspace:
        with suppress(plan.PlanError):
            return plan.load(workspace).tables["meters"]
    return plan_schema("meters").empty_table()


def _name_unplanned(records: pa.Table, meters: pa.Table, ledger: Ledger) -> None:
    """Meters the plan does not know: their rows are kept and accounted for by nobody."""
    if not meters.num_rows or "meter_id" not in records.column_names:
        return
    planned = set(meters.column("meter_id").to_pylist())
    for meter in sorted(set(pc.unique(records.column("meter_id")).to_pylist()) - planned):
        ledger.say("METER_UNPLANNED", {"found": meter}, field="meter_id")
