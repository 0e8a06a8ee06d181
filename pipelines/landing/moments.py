"""Text → dates and times of day on a zone's wall clock, or the code of what is wrong. Knows neither columns nor files.

A column has few distinct texts, so each is looked at once, value by value; the answers are spread over the rows.
"""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.readers import Refused

EXCEL_EPOCHS = {1900: datetime(1899, 12, 30), 1904: datetime(1904, 1, 1)}
# 1954 to 2119 as days since 1900: no meter id, no year and no compact date looks like that.
SERIALS = range(20_000, 80_000)
PIVOT = 69

_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
_TAIL = rf"(?:(?:T|\s*)(?P<half>上午|下午)?\s*{_TIME}\s*(?P<noon>[AaPp][Mm])?\s*(?P<offset>Z|[+-]\d{{2}}:?\d{{2}})?)?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})(?P<sep>[-/.年])(?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})日?{_TAIL}")
_YEAR_LAST = re.compile(rf"(?P<first>\d{{1,2}})[-/.](?P<second_part>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}}){_TAIL}")
_COMPACT = re.compile(
    r"(?P<year>(?:19|20|21)\d{2})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[T ]?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EPOCH_S, _EPOCH_MS = re.compile(r"\d{10}"), re.compile(r"\d{13}")
_TIME_ONLY = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s*[AaPp][Mm])?")
_MONTH = re.compile(r"(?P<year>\d{4})(?:[-/年](?P<month>\d{1,2})月?|[.]?(?P<padded>\d{2}))")
_YEAR = re.compile(r"(?P<year>\d{4})年?")


@dataclass(frozen=True)
class MomentRule:
    """How a column's dates are written, and which of them are believed.

    order: 'ymd', 'dmy' or 'mdy' for dates that do not begin with the year. zone: stamps with an offset are put on its
    wall clock. earliest, latest: both inclusive. date_system: what a bare Excel serial counts from, 1900 or 1904.
    """

    order: str
    zone: ZoneInfo
    earliest: date
    latest: date
    date_system: int = 1900


@dataclass(frozen=True)
class Moments:
    """Per cell: the moment (timestamp, wall clock) and the code of what is wrong; `serials`: cells that were serials."""

    values: pa.Array
    codes: pa.Array
    serials: pa.Array


@dataclass(frozen=True)
class _Found:
    moment: datetime | None = None
    code: str | None = None
    form: str = field(default="")


def judge(texts: pa.Array, rule: MomentRule, heading: str) -> Moments:
    """The moments in a column. Raises Refused TS_DATE_LOST when a cell holds a time of day and no date."""
    encoded = texts.dictionary_encode()
    found = [_moment(text or "", rule) for text in encoded.dictionary.to_pylist()]
    for text, one in zip(encoded.dictionary.to_pylist(), found, strict=True):
        if one.code == "TS_DATE_LOST":
            raise Refused("TS_DATE_LOST", field=heading, found=text)
    found = _one_epoch_only(found, encoded)
    return Moments(
        _spread([one.moment for one in found], pa.timestamp("us"), encoded),
        pc.if_else(
            pc.is_null(texts), pa.scalar("TS_BLANK"), _spread([one.code for one in found], pa.string(), encoded)
        ),
        pc.fill_null(_spread([one.form == "serial" for one in found], pa.bool_(), encoded), False),
    )


def periods(texts: pa.Array, rule: MomentRule, period: str) -> tuple[pa.Array, pa.Array, pa.Array]:
    """First days, the days after the last, and codes of cells that name a whole day, month or year."""
    encoded = texts.dictionary_encode()
    found = [_period(text or "", rule, period) for text in encoded.dictionary.to_pylist()]
    codes = _spread([code for _, _, code in found], pa.string(), encoded)
    return (
        _spread([start for start, _, _ in found], pa.date32(), encoded),
        _spread([end for _, end, _ in found], pa.date32(), encoded),
        pc.if_else(pc.is_null(texts), pa.scalar("TS_BLANK"), codes),
    )


def _spread(values: list, kind: pa.DataType, encoded: pa.DictionaryArray) -> pa.Array:
    return pa.array(values, kind).take(encoded.indices)


def _moment(text: str, rule: MomentRule) -> _Found:
    if plain := _plain(text):
        return _within(plain, rule)
    bare = unicodedata.normalize("NFKC", text).strip()
    if not bare:
        return _Found(code="TS_BLANK")
    if match := _YEAR_FIRST.fullmatch(bare) or _COMPACT.fullmatch(bare):
        parts = match.groupdict()
        return _checked(parts, int(parts["year"]), int(parts["month"]), int(parts["day"]), rule)
    if match := _YEAR_LAST.fullmatch(bare):
        return _year_last(match.groupdict(), rule)
    return _counted(bare, rule)


def _counted(bare: str, rule: MomentRule) -> _Found:
    """A count of days or seconds, or nothing that is a date."""
    if _SERIAL.fullmatch(bare) and int(float(bare)) in SERIALS:
        return _within(_serial(bare, rule.date_system), rule, "serial")
    if _EPOCH_S.fullmatch(bare) or _EPOCH_MS.fullmatch(bare):
        return _epoch(bare, rule)
    return _Found(code="TS_DATE_LOST" if _TIME_ONLY.fullmatch(bare) else "TS_SYNTAX")


def _plain(text: str) -> datetime | None:
    """The usual case without ceremony: '2025-03-01', '2025-03-01 00:15', '2025-03-01T00:15:00'."""
    if len(text) in (10, 16, 19) and text[4] == "-" and text[5].isdigit() and text.isascii():
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    return None


def _year_last(parts: dict[str, str], rule: MomentRule) -> _Found:
    if rule.order == "ymd":
        return _Found(code="TS_AMBIGUOUS" if len(parts["year"]) == 4 else "TS_SYNTAX")
    day, month = int(parts["first"]), int(parts["second_part"])
    if rule.order == "mdy":
        day, month = month, day
    year = int(parts["year"])
    if year < 100:
        year += 2000 if year < PIVOT else 1900
    return _checked(parts, year, month, day, rule)


def _checked(parts: dict[str, str], year: int, month: int, day: int, rule: MomentRule) -> _Found:
    # A year out of range is said first: '1900-01-00' is Excel's zero, not a slip of the day.
    if not rule.earliest.year <= year <= rule.latest.year:
        return _Found(code="TS_OUT_OF_RANGE")
    try:
        midnight = datetime(year, month, day)
    except ValueError:
        return _Found(code="TS_IMPOSSIBLE")
    clock = _clock(parts)
    if clock is None:
        return _Found(code="TS_IMPOSSIBLE")
    return _within(_on_wall_clock(midnight + clock, parts.get("offset"), rule.zone), rule)


def _clock(parts: dict[str, str]) -> timedelta | None:
    """The time of day; 24:00 is the end of the day. None for 25:00 and the like."""
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    noon = (parts.get("noon") or "").lower() or {"上午": "am", "下午": "pm"}.get(parts.get("half") or "", "")
    if noon:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if noon == "pm" else 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _on_wall_clock(moment: datetime, offset: str | None, zone: ZoneInfo) -> datetime:
    if not offset:
        return moment
    shift = timedelta(0)
    if offset != "Z":
        shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:])) * (-1 if offset[0] == "-" else 1)
    return (moment - shift).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _serial(text: str, date_system: int) -> datetime:
    """Days since the workbook's first day; the fraction is rounded to the second, which is all Excel keeps apart."""
    seconds = (Decimal(text) * 86_400).to_integral_value(ROUND_HALF_UP)
    return EXCEL_EPOCHS[date_system] + timedelta(seconds=int(seconds))


def _epoch(text: str, rule: MomentRule) -> _Found:
    form, milliseconds = ("epoch_s", int(text) * 1000) if len(text) == 10 else ("epoch_ms", int(text))
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    return _within(instant.astimezone(rule.zone).replace(tzinfo=None), rule, form)


def _within(moment: datetime, rule: MomentRule, form: str = "") -> _Found:
    if rule.earliest <= moment.date() <= rule.latest:
        return _Found(moment, form=form)
    return _Found(code="TS_OUT_OF_RANGE", form=form)


def _one_epoch_only(found: list[_Found], encoded: pa.DictionaryArray) -> list[_Found]:
    """Seconds and milliseconds in one column may be one event twice: the rarer form (on a tie, the later) is refused."""
    forms = [one.form for one in found]
    if not {"epoch_s", "epoch_ms"} <= set(forms):
        return found
    rows = [forms[index] for index in encoded.indices.to_pylist() if index is not None]
    kept = max(("epoch_s", "epoch_ms"), key=lambda form: (rows.count(form), -rows.index(form)))
    mixed = {"epoch_s", "epoch_ms"} - {kept}
    return [_Found(code="TS_EPOCH_MIXED", form=one.form) if one.form in mixed else one for one in found]


def _period(text: str, rule: MomentRule, period: str) -> tuple[date | None, date | None, str | None]:
    bare = unicodedata.normalize("NFKC", text).strip()
    if period == "month" and (match := _MONTH.fullmatch(bare)):
        found = _checked({}, int(match["year"]), int(match["month"] or match["padded"]), 1, rule)
    elif period == "year" and (match := _YEAR.fullmatch(bare)):
        found = _checked({}, int(match["year"]), 1, 1, rule)
    else:
        found = _moment(text, rule)
    if found.moment is None:
        return None, None, "TS_SYNTAX" if found.code == "TS_DATE_LOST" else found.code
    start, end = _whole(found.moment.date(), period)
    return start, end, None


def _whole(day: date, period: str) -> tuple[date, date]:
    """The period that `day` lies in: its first day and the day after its last."""
    if period == "month":
        start = day.replace(day=1)
        return start, (start + timedelta(days=31)).replace(day=1)
    if period == "year":
        return day.replace(month=1, day=1), day.replace(year=day.year + 1, month=1, day=1)
    return day, day + timedelta(days=1)
