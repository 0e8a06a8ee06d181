"""Fills the tables of a blank plan, for tests and the bench. It checks nothing; pipelines.plan does."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date

from pipelines.workspace import Workspace

Rows = Sequence[Mapping[str, object]]

SETTINGS = """\
[enterprise]
name_zh = "{name}"
name_en = "{name}"
time_zone = "{zone}"
[build]
regimes = [{regimes}]
first_period = {first}
as_of = {as_of}
"""


def write_settings(
    workspace: Workspace, name: str, regimes: Sequence[str], first: date, as_of: date, zone: str = "Asia/Shanghai"
) -> None:
    """`tanku.toml` with a fixed date, and a plan version valid from the first period on."""
    listed = ", ".join(f'"{regime}"' for regime in regimes)
    text = SETTINGS.format(name=name, zone=zone, regimes=listed, first=first, as_of=as_of)
    workspace.settings_file.write_text(text, encoding="utf-8")
    version = (
        f'version = "1"\nvalid_from = {first}\nauthor = "a"\nreviewer = "b"\napprover = "c"\nreason = "first issue"\n'
    )
    (workspace.plan / "plan.toml").write_text(version, encoding="utf-8")


def fill(workspace: Workspace, **tables: Rows) -> None:
    """Rows under the header that the blank plan already has; a column not given stays empty."""
    for table, rows in tables.items():
        file = workspace.plan / f"{table}.csv"
        with file.open(encoding="utf-8-sig", newline="") as blank:
            columns = next(csv.reader(blank))
        with file.open("w", encoding="utf-8", newline="") as full:
            writer = csv.DictWriter(full, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)


def facility(facility_id: str, region_code: str, valid_from: date) -> dict[str, object]:
    """A facility in the boundary, held whole."""
    return {
        "facility_id": facility_id,
        "name_zh": facility_id,
        "name_en": facility_id,
        "legal_entity": facility_id,
        "consolidation_approach": "operational_control",
        "consolidation_share": 1,
        "region_code": region_code,
        "is_in_boundary": "true",
        "boundary_reason": "under test",
        "is_ets_boundary": "false",
        "valid_from": valid_from,
    }


def stream(stream_id: str, facility_id: str, stream_type: str, fuel: str, valid_from: date) -> dict[str, object]:
    """A purchased stream."""
    return {
        "stream_id": stream_id,
        "facility_id": facility_id,
        "name_zh": stream_id,
        "name_en": stream_id,
        "stream_type": stream_type,
        "fuel": fuel,
        "origin": "purchased",
        "valid_from": valid_from,
    }


def parameter(stream_id: str, record_type: str, source_key: str, unit: str, **more: object) -> dict[str, object]:
    """A parameter that feeds the accounts, monthly, without a missing-data rule unless `more` says otherwise."""
    return {
        "parameter_id": f"{stream_id}-AD",
        "stream_id": stream_id,
        "name_zh": stream_id,
        "name_en": stream_id,
        "kind": "activity_data",
        "record_type": record_type,
        "source_key": source_key,
        "unit": unit,
        "role": "account",
        "frequency": "month",
    } | more
