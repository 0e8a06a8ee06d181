"""What truly happened in the example and which faults were planted in its files. It writes no file.

Tests compare what the warehouse says with this; the warehouse itself never sees it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

# The faults that leave nothing at all of the months they touch.
NOTHING_CAME = ("missing_month", "quarantined_row")


@dataclass(frozen=True)
class Planted:
    """One fault put into the files on purpose.

    kind: what it is: blank_points, missing_day, outage, missing_month, missing_reading, meter_replaced, roll_over,
    revised, duplicate_file, overlap, calibration_lapsed, bill_off, quarantined_row, unknown_meter, identical_rows,
    unread_file, deprecated_footprint, before_acquisition, certificate_twice. file, sheet, rows: where, rows counted as
    a person sees them; no rows when the fault is an absence. stream_id, months: what it touches. code: the reason code a
    careful reader gives, '' when it cannot see anything. hours_missing: hours without a reading. quantity_missing: the
    true amount that cannot be read from the files, in the plan's unit.
    """

    kind: str
    file: str
    sheet: str = ""
    rows: tuple[int, ...] = ()
    stream_id: str = ""
    months: tuple[str, ...] = ()
    code: str = ""
    hours_missing: Decimal = Decimal(0)
    quantity_missing: Decimal = Decimal(0)
    note: str = ""


@dataclass(frozen=True)
class Bill:
    """One utility bill: `end` is exclusive; `quantity` as billed, in `unit`."""

    account_id: str
    start: date
    end: date
    quantity: Decimal
    unit: str


@dataclass
class Share:
    """What one kind of source adds to the example: its files by name, and its part of the truth.

    is_faulty: with the faults that real files have; without them the files are those of an enterprise that erred nowhere.
    """

    is_faulty: bool = True
    files: dict[str, bytes] = field(default_factory=dict)
    data_rows: dict[str, int] = field(default_factory=dict)
    monthly: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    bills: list[Bill] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def deliver(self, name: str, content: bytes, data_rows: int) -> None:
        """One file for the inbox; `data_rows` counts its records, without titles, headers, totals and footers."""
        self.files[name] = content
        self.data_rows[name] = data_rows


@dataclass(frozen=True)
class Truth:
    """The known truth of one seed.

    monthly: by stream (or, for measured factors, by parameter) and month ('2024-03'), the true quantity in the plan's
    unit before any fault was planted. data_rows: records per file. bills: as the supplier sent them, the planted one too.
    """

    seed: int
    units: dict[str, str]
    monthly: dict[str, dict[str, Decimal]]
    bills: tuple[Bill, ...]
    planted: tuple[Planted, ...]
    data_rows: dict[str, int]

    def year(self, stream_id: str, year: int) -> Decimal:
        """The true total of a calendar year; KeyError when a month of it is not in the truth."""
        months = self.monthly[stream_id]
        return sum((months[f"{year}-{month:02d}"] for month in range(1, 13)), Decimal(0))

    def faults(self, kind: str) -> tuple[Planted, ...]:
        """The planted faults of one kind."""
        return tuple(planted for planted in self.planted if planted.kind == kind)

    def readable(self, stream_id: str, month: str) -> Decimal | None:
        """What the files still say of a month: the truth less what the planted gaps took out; None where nothing came.

        A month whose reading was missed has its quantity in the interval with the next one: it is not less here.
        """
        gaps = [p for p in self.planted if p.stream_id == stream_id and month in p.months]
        if any(gap.kind in NOTHING_CAME for gap in gaps):
            return None
        return self.monthly[stream_id][month] - sum((gap.quantity_missing for gap in gaps), Decimal(0))

    def as_json(self) -> str:
        """The truth as JSON text; quantities are strings, so that no digit is lost."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=_text, sort_keys=True) + "\n"


def _text(value: Any) -> str:
    if isinstance(value, date | Decimal):
        return str(value)
    raise TypeError(f"{value!r} has no place in the truth")
