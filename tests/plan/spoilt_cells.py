"""Cells of a sound plan spoilt one at a time, each with the problem it must be. It tests nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.plan import folder

Tables = dict[str, folder.Table]


def _put(table: str, row: int, **cells: Any) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables[table][row] |= cells

    return spoil


def _add(table: str, source: int, **cells: Any) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables[table].append(tables[table][source] | cells)

    return spoil


# what is spoiled → code, file, line, field, and words that both texts must hold
CELLS: dict[str, tuple[Callable[[Tables], None], tuple[str, str, int, str], tuple[str, ...]]] = {
    "empty cell": (_put("streams", 1, name_zh=" "), ("EMPTY_CELL", "streams.csv", 3, "name_zh"), ()),
    "exponent as id": (
        _put("meters", 0, point_id="3.2E+16"),
        ("ID_DAMAGED", "meters.csv", 2, "point_id"),
        ("3.2E+16", "Excel"),
    ),
    "exponent as source key": (
        _put("parameters", 1, source_key="3.29910000001E+12"),
        ("ID_DAMAGED", "parameters.csv", 3, "source_key"),
        ("3.29910000001E+12",),
    ),
    "thousands": (
        _put("parameters", 0, plan_max="1,000"),
        ("BAD_DECIMAL", "parameters.csv", 2, "plan_max"),
        ("1,000",),
    ),
    "percent": (
        _put("parameters", 0, cross_check_tolerance="1%"),
        ("BAD_DECIMAL", "parameters.csv", 2, "cross_check_tolerance"),
        ("1%",),
    ),
    "exponent as number": (
        _put("parameters", 0, plan_max="1E3"),
        ("BAD_DECIMAL", "parameters.csv", 2, "plan_max"),
        ("1E3",),
    ),
    "13 decimals": (
        _put("parameters", 0, plan_min="0.1234567890123"),
        ("BAD_DECIMAL", "parameters.csv", 2, "plan_min"),
        ("0.1234567890123", "12"),
    ),
    "not a number": (_put("parameters", 0, plan_min="NaN"), ("BAD_DECIMAL", "parameters.csv", 2, "plan_min"), ("NaN",)),
    "integer": (
        _put("meters", 0, interval_minutes="15.5"),
        ("BAD_INTEGER", "meters.csv", 2, "interval_minutes"),
        ("15.5",),
    ),
    "day first": (
        _put("streams", 0, valid_from="31/12/2024"),
        ("BAD_DATE", "streams.csv", 2, "valid_from"),
        ("31/12/2024",),
    ),
    "no such day": (
        _put("streams", 0, valid_to="2025-02-29"),
        ("BAD_DATE", "streams.csv", 2, "valid_to"),
        ("2025-02-29",),
    ),
    "mixed date": (
        _put("streams", 0, valid_to="2025-02/28"),
        ("BAD_DATE", "streams.csv", 2, "valid_to"),
        ("2025-02/28",),
    ),
    "date of two rows with one key": (
        lambda tables: (
            [spoil(tables) for spoil in (_put("meters", 0, valid_to="x"), _add("meters", 0, valid_to=""))]
            and tables["meters"][1].update(valid_from="2025-01-01")
        ),
        ("BAD_DATE", "meters.csv", 2, "valid_to"),
        ("x",),
    ),
    "boolean": (
        _put("facilities", 0, is_in_boundary="maybe"),
        ("BAD_BOOLEAN", "facilities.csv", 2, "is_in_boundary"),
        ("maybe",),
    ),
    "kind": (
        _put("parameters", 2, kind="activity"),
        ("UNKNOWN_VALUE", "parameters.csv", 4, "kind"),
        ("activity_data",),
    ),
    "frequency": (
        _put("parameters", 0, frequency="weekly"),
        ("UNKNOWN_VALUE", "parameters.csv", 2, "frequency"),
        ("weekly", "day, month"),
    ),
    "record type": (
        _put("parameters", 0, record_type="load_profiles"),
        ("UNKNOWN_VALUE", "parameters.csv", 2, "record_type"),
        ("load_profile",),
    ),
    "severity": (_put("controls", 0, severity="F"), ("UNKNOWN_VALUE", "controls.csv", 2, "severity"), ("E, W, I",)),
    "enforced by": (
        _put("controls", 0, enforced_by="gx"),
        ("UNKNOWN_VALUE", "controls.csv", 2, "enforced_by"),
        ("suite",),
    ),
    "door": (_put("controls", 0, door="back"), ("UNKNOWN_VALUE", "controls.csv", 2, "door"), ("entry, exit",)),
    "missing rule": (
        _put("parameters", 0, missing_rule="MD-99"),
        ("UNKNOWN_VALUE", "parameters.csv", 2, "missing_rule"),
        ("MD-04",),
    ),
    "fuel": (_put("streams", 1, fuel="coal dust"), ("UNKNOWN_VALUE", "streams.csv", 3, "fuel"), ("coal dust",)),
    "unit": (_put("parameters", 0, unit="kWhh"), ("UNKNOWN_VALUE", "parameters.csv", 2, "unit"), ("kWhh", "kWh")),
    "stream type": (
        _put("streams", 0, stream_type="power"),
        ("UNKNOWN_VALUE", "streams.csv", 2, "stream_type"),
        ("power",),
    ),
    "duty": (_put("roles", 0, duty="boss"), ("UNKNOWN_VALUE", "roles.csv", 2, "duty"), ("approver",)),
    "result": (
        _put("calibrations", 0, result="ok"),
        ("UNKNOWN_VALUE", "calibrations.csv", 2, "result"),
        ("pass, fail",),
    ),
    "stock measure": (
        _put("parameters", 2, measure="burnt"),
        ("UNKNOWN_VALUE", "parameters.csv", 4, "measure"),
        ("consumption",),
    ),
    "facility of a stream": (
        _put("streams", 0, facility_id="F2"),
        ("UNKNOWN_REFERENCE", "streams.csv", 2, "facility_id"),
        ("F2", "facilities"),
    ),
    "stream of a parameter": (
        _put("parameters", 2, stream_id="S-COOL"),
        ("UNKNOWN_REFERENCE", "parameters.csv", 4, "stream_id"),
        ("S-COAL",),
    ),
    "point of a parameter": (
        _put("parameters", 0, source_key="PT-9"),
        ("UNKNOWN_REFERENCE", "parameters.csv", 2, "source_key"),
        ("PT-9", "meters.point_id"),
    ),
    "channel of a parameter": (
        _put("parameters", 0, measure="active_export"),
        ("UNKNOWN_REFERENCE", "parameters.csv", 2, "measure"),
        ("active_export",),
    ),
    "cross check": (
        _put("parameters", 0, cross_check_parameter_id="BILL"),
        ("UNKNOWN_REFERENCE", "parameters.csv", 2, "cross_check_parameter_id"),
        ("EL-BILL",),
    ),
    "meter of a calibration": (
        _put("calibrations", 0, meter_id="0032"),
        ("UNKNOWN_REFERENCE", "calibrations.csv", 2, "meter_id"),
        ("meters",),
    ),
    "owner": (_put("controls", 0, owner_role="R9"), ("UNKNOWN_REFERENCE", "controls.csv", 2, "owner_role"), ("roles",)),
    "control twice": (_add("controls", 0), ("DUPLICATE", "controls.csv", 3, "control_id"), ("DQ10", "2")),
    "stream twice": (_add("streams", 0), ("DUPLICATE", "streams.csv", 4, "stream_id"), ("S-EL", "2")),
    "overlapping meter": (
        _add("meters", 0, valid_from="2024-01-01", point_id="PT-2"),
        ("OVERLAPPING", "meters.csv", 3, "meter_id"),
        ("00320000000000000001", "valid_to", "2"),
    ),
    "two meters at a point": (
        _add("meters", 0, meter_id="M2", valid_from="2024-01-01"),
        ("OVERLAPPING", "meters.csv", 3, "point_id"),
        ("PT-1",),
    ),
    "same figure twice": (
        _add("parameters", 2, parameter_id="COAL-2"),
        ("DOUBLE_COUNT", "parameters.csv", 5, "source_key"),
        ("stock_movement/F1/M1/consumption", "4", "cross_check"),
    ),
    "a transfer that only one end knows of": (
        _put("streams", 0, counterpart_stream_id="S-COAL"),
        ("TRANSFER_ONE_SIDED", "streams.csv", 2, "counterpart_stream_id"),
        ("S-COAL", "S-EL"),
    ),
    "a transfer to nowhere": (
        _put("streams", 0, counterpart_stream_id="S-COLA"),
        ("UNKNOWN_REFERENCE", "streams.csv", 2, "counterpart_stream_id"),
        ("S-COLA", "S-COAL"),
    ),
    "ends before it begins": (
        _put("streams", 0, valid_to="2022-01-01"),
        ("BAD_ORDER", "streams.csv", 2, "valid_to"),
        ("2022-01-01",),
    ),
    "limits": (
        _put("parameters", 0, plan_min="2001"),
        ("BAD_ORDER", "parameters.csv", 2, "plan_max"),
        ("plan_max ≥ plan_min",),
    ),
    "share": (
        _put("facilities", 0, consolidation_share="80"),
        ("BAD_ORDER", "facilities.csv", 2, "consolidation_share"),
        ("80",),
    ),
    "multiplier": (
        _put("meters", 0, multiplier="0"),
        ("BAD_ORDER", "meters.csv", 2, "multiplier"),
        ("multiplier > 0",),
    ),
    "interval": (
        _put("meters", 0, interval_minutes="7"),
        ("BAD_ORDER", "meters.csv", 2, "interval_minutes"),
        ("1440",),
    ),
    "due before calibrated": (
        _put("calibrations", 0, due_on="2023-01-01"),
        ("BAD_ORDER", "calibrations.csv", 2, "due_on"),
        (),
    ),
    "negative tolerance": (
        _put("parameters", 0, cross_check_tolerance="-0.01"),
        ("BAD_ORDER", "parameters.csv", 2, "cross_check_tolerance"),
        ("-0.01",),
    ),
    "out of boundary without a reason": (
        _put("facilities", 0, is_in_boundary="否"),
        ("EMPTY_CELL", "facilities.csv", 2, "boundary_reason"),
        (),
    ),
    "cross check without tolerance": (
        _put("parameters", 0, cross_check_tolerance=""),
        ("EMPTY_CELL", "parameters.csv", 2, "cross_check_tolerance"),
        (),
    ),
}
