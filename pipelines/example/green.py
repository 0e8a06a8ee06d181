"""Green power: the certificates, the contract's monthly settlements, and one certificate that two sites claim.

It holds no bill: what is settled here is a part of what the bills charge.
"""

from __future__ import annotations

from datetime import date

from pipelines.example import bills, chance, days, sheets
from pipelines.example.truth import Planted, Share

CERTIFICATES = ["证书编号", "类型", "户号", "起始日期", "截止日期", "电量", "单位", "签发机构", "状态"]
SETTLEMENTS = ["结算单编号", *CERTIFICATES[1:]]
ISSUER, EXCHANGE = "示例绿证核发机构", "江苏示例电力交易中心"
CONTRACTED_FROM = date(2024, 1, 1)
CLAIMED_TWICE = "GEC-EXAMPLE-2024-0801"
CLAIMED_MONTH = date(2024, 8, 1)

Row = list[str]


def share(seed: int, is_faulty: bool = True) -> Share:
    """The electronics plant's certificates and settlements; the truth is what they certify, MWh by month."""
    result = Share(is_faulty)
    _certificates(result)
    _settlements(seed, result)
    _claimed_twice(result)
    return result


def _certificates(result: Share) -> None:
    """Certificates kept on record only: one a quarter of 2025, the last not yet cancelled."""
    rows = []
    for quarter in range(4):
        start = date(2025, 3 * quarter + 1, 1)
        end = days.next_month(start.replace(month=start.month + 2)) - days.ONE_DAY
        status = "已核销" if quarter < 3 else "有效"
        number = f"GEC-EXAMPLE-2025-{quarter + 1:04d}"
        rows.append(_row(number, "绿证", start, end, "300.000", ISSUER, status))
    content = sheets.delimited([CERTIFICATES, *rows], "utf-8-sig")
    result.deliver("2026-01_NJ-E_绿色电力证书_2025.csv", content, len(rows))


def _settlements(seed: int, result: Share) -> None:
    """The contract with a wind farm: settled month by month for what was generated and used."""
    random = chance.stream(seed, "green contract")
    settled = result.monthly["E-GREEN"] = {}
    for year in (2024, 2025, 2026):
        rows = []
        for month in [m for m in days.MONTHS if m >= CONTRACTED_FROM and m.year == year]:
            energy = settled[days.label(month)] = chance.rounded(205 * chance.around(random, 0.18), 3)
            last = days.next_month(month) - days.ONE_DAY
            rows.append(_row(f"LD-EXAMPLE-{month:%Y-%m}", "绿电", month, last, str(energy), EXCHANGE, "已结算"))
        content = sheets.delimited([SETTLEMENTS, *rows], "utf-8-sig")
        result.deliver(f"{days.received(year)}_NJ-E_绿电交易结算单_{year}.csv", content, len(rows))


def _claimed_twice(result: Share) -> None:
    """One certificate of August 2024, bought for the group: both sites enter it in their plans, so neither may count it.

    Without faults it is the electronics plant's alone.
    """
    last = days.next_month(CLAIMED_MONTH) - days.ONE_DAY
    energy = chance.rounded(150, 3)
    rows = [_row(CLAIMED_TWICE, "绿证", CLAIMED_MONTH, last, str(energy), ISSUER, "已核销")]
    name = "2024-Q4_NJ-E_绿色电力证书_2024.csv"
    result.deliver(name, sheets.delimited([CERTIFICATES, *rows], "utf-8-sig"), len(rows))
    months, told = (days.label(CLAIMED_MONTH),), ("CERTIFICATE_TWICE",)
    for stream_id in ("E-GEC", "F-GEC") if result.is_faulty else ("E-GEC",):
        result.monthly[stream_id] = {months[0]: energy}
        if not result.is_faulty:
            continue
        result.planted.append(
            Planted("certificate_twice", name, "", (2,), stream_id, months, *told, note=CLAIMED_TWICE)
        )


def _row(number: str, kind: str, start: date, last: date, energy: str, issuer: str, status: str) -> Row:
    period = [start.isoformat(), last.isoformat()]
    return [number, kind, bills.ELECTRONICS_POWER, *period, energy, "MWh", issuer, status]
