"""Where the example's figures stand: each series' cells in the files, month by month. It alters nothing.

It knows files and formats only: what a figure should be, nobody tells it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pipelines.example import bills, curves, documents, ledgers, lines, stock
from tests.detection.files import Inbox, Row


@dataclass
class Cell:
    """One month of one series in one file.

    source: the kind of paper ('register', 'curve', 'ledger' …). series: its own name ('F-NG'). streams: the plan's streams
    that live on it. rows: the rows it stands in. column: where the figure is. months: the months that an error in it alters.
    """

    source: str
    series: str
    facility: str
    streams: tuple[str, ...]
    month: str
    months: tuple[str, ...]
    file: str
    rows: list[Row]
    column: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def row(self) -> Row:
        return self.rows[0]


LEDGER_COLUMNS = {"kingdee": (4, 5, 6, 7), "yonyou": (4, 6, 8, 10)}
REGISTER_STREAMS = {
    "F-PV-GEN": ("F-PV",),
    "F-COAL-HP": ("F-COAL",),
    "F-COAL-HS": ("F-COAL",),
    "F-CHPX": ("F-CHPX", "F-COAL", "E-CHP"),
}
CURVES = {
    (curves.FOUNDRY_MAIN, "1"): "F-EL",
    (curves.FOUNDRY_MAIN, "5"): "F-PVX",
    (curves.FOUNDRY_MELTING, "1"): "F-EL-MELT",
    (curves.ELECTRONICS_MAIN, "1"): "E-EL",
    (curves.ELECTRONICS_SMT, "1"): "E-EL-SMT",
    (curves.WORKSHOP_MAIN, "1"): "W-EL",
}
BILLS = {
    bills.FOUNDRY_POWER: "F-EL",
    bills.ELECTRONICS_POWER: "E-EL",
    bills.ELECTRONICS_GAS: "E-NG",
    bills.ELECTRONICS_HEAT: "E-HEAT",
}
MATERIALS = {
    material.code: material.stream_id
    for material in (stock.COAL, stock.COKE, stock.DIESEL, stock.GENERATOR_DIESEL, stock.PETROL)
}
PROPERTIES = {
    ("ZQ-GR", "enthalpy"): "F-STX-H",
    ("NS-HS", "temperature"): "F-COND-T",
    (stock.DIESEL.code, "biomass_share"): "F-DIESEL-BIO",
    ("GR-EF", "emission_factor"): "E-HEAT-EF",
}
OWNERS = {"F-COAL-NCV": "F-COAL", "F-COKE-NCV": "F-COKE", "F-STX-H": "F-STX", "F-COND-T": "F-COND"}
OWNERS |= {"F-DIESEL-BIO": "F-DIESEL", "E-HEAT-EF": "E-HEAT", "F-EL-MELT": "F-EL", "E-EL-SMT": "E-EL"}


def cells(inbox: Inbox) -> list[Cell]:
    """Every cell of every series, in the order of source, series and month."""
    return [cell for find in SOURCES for cell in find(inbox)]


def by_series(found: list[Cell]) -> dict[tuple[str, str], list[Cell]]:
    """The cells of each series in the order of months, by source and series."""
    grouped: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in sorted(found, key=lambda cell: (cell.source, cell.series, cell.month)):
        grouped[cell.source, cell.series].append(cell)
    return dict(grouped)


def plant_of(series: str) -> str:
    return {"F": "NJ-F", "E": "NJ-E", "W": "NJ-W"}[series[0]]


def month_of(day: str | date) -> str:
    return str(day)[:7]


def next_month(label: str) -> str:
    year, month = int(label[:4]), int(label[5:7])
    return f"{year + month // 12}-{month % 12 + 1:02d}"


def _cell(source: str, series: str, month: str, file: str, rows: list[Row], column: int, **given: Any) -> Cell:
    streams = given.pop("streams", (OWNERS.get(series, series),))
    months = given.pop("months", (month,))
    return Cell(source, series, plant_of(series), streams, month, months, file, rows, column, given)


def _registers(inbox: Inbox) -> Iterator[Cell]:
    """A reading at a month's end stands for that month, and the next one begins with it."""
    meters = {line.meter.meter_id: line.series for line in lines.LINES} | {lines.NEW_FURNACE_GAS.meter_id: "F-NG"}
    for file in inbox.names("能源计量抄表"):
        for row in inbox.rows(file)[1:]:
            series, day = meters[row[0]], date.fromisoformat(row[1][:10])
            before = day if row[1].endswith("24:00") else day - timedelta(days=1)
            month = month_of(before)
            if row[5] or (day.day != 1 and row[1].endswith("00:00")) or before.isoformat() < "2023":
                continue
            if before.isoformat() == "2024-06-30" and series == "W-NG":
                continue  # the reading that the workshop's first month begins with
            streams = REGISTER_STREAMS.get(series, (series,))
            months = (month, next_month(month)) if month < "2026-01" else (month,)
            yield _cell("register", series, month, file, [row], 2, streams=streams, months=months)


def _curves(inbox: Inbox) -> Iterator[Cell]:
    for file in inbox.names("用电负荷曲线"):
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in inbox.rows(file)[1:]:
            found[CURVES[row[0], row[2]], month_of(row[1])].append(row)
        for (series, month), rows in found.items():
            if month < "2026-02":
                streams = ("F-PV", "F-PVX") if series == "F-PVX" else (OWNERS.get(series, series),)
                yield _cell("curve", series, month, file, rows, 3, streams=streams)


def _ledgers(inbox: Inbox) -> Iterator[Cell]:
    for file in inbox.names("物料收发汇总表"):
        for row in inbox.rows(file)[3:-2]:
            year, month = row[0].rstrip("月").split("年")
            label = f"{year}-{int(month):02d}"
            yield _ledger("kingdee", MATERIALS[row[1]], label, file, row, inbox.rows(file))
    for file in inbox.names("收发存汇总表"):
        rows = inbox.rows(file, ledgers.FUEL_STORE)
        for row in rows[ledgers.YONYOU_ROWS_ABOVE : -1]:
            yield _ledger("yonyou", MATERIALS[row[1]], row[0], file, row, rows)


def _ledger(layout: str, series: str, month: str, file: str, row: Row, page: list[Row]) -> Cell:
    columns = LEDGER_COLUMNS[layout]
    months = (month, next_month(month)) if month < "2026-01" else (month,)
    given = {"layout": layout, "columns": columns, "page": page, "both": months}
    return _cell("ledger", series, month, file, [row], columns[2], **given)


def _movements(inbox: Inbox) -> Iterator[Cell]:
    for file in inbox.names("MB51"):
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in inbox.rows(file)[1:]:
            if row[4] in MATERIALS:
                found[MATERIALS[row[4]], month_of(row[0])].append(row)
        for (series, month), rows in found.items():
            yield _cell("movement", series, month, file, rows, 7)


def _bills(inbox: Inbox) -> Iterator[Cell]:
    """A bill that runs into the next month alters both."""
    for file in inbox.names("账单"):
        for row in inbox.rows(file)[1:]:
            months = tuple(sorted({month_of(row[2]), month_of(row[3])}))
            if "2022-12" not in months:
                yield _cell("bill", BILLS[row[0]], months[-1], file, [row], 4, months=months)


def _outputs(inbox: Inbox) -> Iterator[Cell]:
    series = {documents.CASTINGS[1]: "F-OUT", documents.BOARDS[1]: "E-OUT"}
    for file in inbox.names("产量月报"):
        for row in inbox.rows(file)[1:]:
            yield _cell("output", series[row[1]], row[3], file, [row], 4)


def _own_use(inbox: Inbox) -> Iterator[Cell]:
    for file in inbox.names("光伏自用电量"):
        for row in inbox.rows(file)[1:]:
            yield _cell("own_use", "F-PV", row[2], file, [row], 3)


def _assays(inbox: Inbox) -> Iterator[Cell]:
    for file in inbox.names("煤焦检测报告"):
        for row in inbox.rows(file)[1:]:
            series = f"{documents.ASSAY_PARAMETERS[row[1]]}-NCV"
            yield _cell("assay", series, month_of(row[3]), file, [row], 5)


def _properties(inbox: Inbox) -> Iterator[Cell]:
    for file in [*inbox.names("化验与品质填报"), *inbox.names("供热排放因子")]:
        for row in inbox.rows(file)[1:]:
            if (row[1], row[3]) in PROPERTIES:
                yield _cell("property", PROPERTIES[row[1], row[3]], month_of(row[6]), file, [row], 4)


def _purchases(inbox: Inbox) -> Iterator[Cell]:
    for file in inbox.names("采购入库明细"):
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in inbox.rows(file)[1:]:
            if row[4] in MATERIALS:
                found[MATERIALS[row[4]], month_of(row[6])].append(row)
        for (series, month), rows in found.items():
            yield _cell("purchase", series, month, file, rows, 7)


def _settlements(inbox: Inbox) -> Iterator[Cell]:
    for file in inbox.names("绿电交易结算单"):
        for row in inbox.rows(file)[1:]:
            yield _cell("settlement", "E-GREEN", month_of(row[3]), file, [row], 5)


SOURCES = (
    _registers,
    _curves,
    _ledgers,
    _movements,
    _bills,
    _outputs,
    _own_use,
    _assays,
    _properties,
    _purchases,
    _settlements,
)
