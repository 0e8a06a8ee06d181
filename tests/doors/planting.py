"""The ground that faults are planted in: rows by table, sound unless a plant spoils them. It plants nothing itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tests.doors import ground

JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)


class Ground:
    """Rows by table, filled by the plants below; `expected`: control and the key of each failing row."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.expected: set[tuple[str, str]] = set()

    def add(self, table: str, *rows: dict[str, Any]) -> None:
        self.rows[table] += rows

    def stream(self, stream: str, **given: Any) -> None:
        self.add("plan.streams", {"stream_id": stream, "facility_id": stream, "valid_from": date(2020, 1, 1)} | given)

    def planned(self, parameter: str, facility: str, month: date = JANUARY, **given: Any) -> str:
        """A planned month of a parameter; its id. What is not given is sound, and no second source is asked for."""
        end = (month + timedelta(days=32)).replace(day=1)
        row = ground.GOOD | {"planned_id": f"{parameter}@{month}", "parameter_id": parameter, "stream_id": facility}
        row |= {"facility_id": facility, "period_start": month, "period_end": end, "plan_min": None, "plan_max": None}
        row |= {"cross_check_tolerance": None, "cross_check_quantity": None} | given
        row.setdefault("measured_quantity", row["quantity"])
        row["measured_quantity"] = given.get("measured_quantity", row["quantity"])
        self.add("readings.planned", row)
        return row["planned_id"]

    def parameter(self, parameter: str, **given: Any) -> None:
        self.add(
            "plan.parameters", {"parameter_id": parameter, "valid_from": date(2020, 1, 1), "role": "account"} | given
        )

    def calibrated(self, planned: str, meter: str, covered_from: date | None, accuracy: str = "0.5S") -> None:
        """The meter of a planned January, in calibration from a day on; None: it never was."""
        used = {"used_from": JANUARY, "used_to": FEBRUARY}
        self.add("readings.planned_meters", {"planned_id": planned, "meter_id": meter, **used})
        self.add(
            "plan.meters",
            {"meter_id": meter, "point_id": meter, "commodity": "electricity"} | {"accuracy_class": accuracy},
        )
        stretch = {"covered_from": covered_from, "covered_to": date(2026, 1, 1), "next_from": date(9999, 12, 31)}
        self.add("readings.meter_calibrations", *([{"meter_id": meter, **stretch}] if covered_from else []))


def months(count: int) -> list[date]:
    """`count` months from January 2024 on."""
    return [date(2024 + number // 12, number % 12 + 1, 1) for number in range(count)]


def ratios(units: Iterable[str]) -> list[dict[str, Any]]:
    return [{"from_unit": unit, "to_unit": unit, "numerator": 1, "denominator": 1} for unit in units]
