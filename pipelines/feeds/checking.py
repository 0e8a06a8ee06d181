"""Whether a feed contract hangs together: its columns, its unit and its intervals. It reads no TOML."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from pipelines import records, units
from pipelines.feeds import contract
from pipelines.feeds.contract import Feed, Source
from pipelines.feeds.tables import FeedError
from pipelines.units import Unit


def check(file: Path, feed: Feed) -> None:
    """Raise FeedError for what no single key can tell: columns the record type lacks or needs, units that do not fit."""
    known = dict(records.COLUMNS[feed.record_type])
    _check_columns(file, feed, known)
    for name in contract.NEEDED[feed.record_type]:
        if name not in _given(feed):
            raise FeedError(file, f"columns.{name}", f"{feed.record_type} 必须有它", f"{feed.record_type} needs it")
    if "unit" in known and not _has_unit(feed):
        raise FeedError(file, "unit", "须写明单位：constant、column 或 map", "must say constant, column or map")
    _check_header_units(file, feed)
    minutes = feed.time.interval_minutes
    if not 1 <= minutes <= 1440 or 1440 % minutes:
        raise FeedError(file, "time.interval_minutes", "应能整除 1440", "must divide 1440")
    if feed.points and feed.points.last is None and "interval_minutes" not in feed.sources:
        raise FeedError(file, "columns.interval_minutes", 'last = "end" 时必须有', 'is needed with last = "end"')
    if feed.points and feed.points.last is not None and len(feed.points.headers()) * minutes != 1440:
        raise FeedError(file, "columns.values", "点数与 interval_minutes 不合一天", "the points do not make a day")
    if feed.unit.kind == "power" and not (feed.unit.constant and units.energy_of_power(feed.unit.constant, minutes)):
        raise FeedError(
            file, "unit.constant", "kind = power 时应为功率单位", "must be a unit of power for kind = power"
        )


def _check_columns(file: Path, feed: Feed, known: dict[str, pa.DataType]) -> None:
    into = {feed.measures.into} if feed.measures else set()
    for section, names in (
        ("columns", feed.columns.keys()),
        ("optional_columns", feed.optional_columns.keys()),
        ("constants", feed.constants.keys()),
        ("maps", feed.maps.keys()),
        ("measures", into),
    ):
        for name in names - (known.keys() - {"unit"}):
            listed = ", ".join(sorted(known.keys() - {"unit"}))
            raise FeedError(
                file, f"{section}.{name}", f"没有这个记录列；可用：{listed}", f"no such record column: {listed}"
            )


def _given(feed: Feed) -> set[str]:
    given = {*feed.sources, *feed.constants}
    if feed.points:
        given.add("values")
    if feed.measures:
        given |= {feed.measures.into, feed.figure}
    if feed.time.period and feed.period_columns[0] in given:
        given.add(feed.period_columns[1])
    return given


def _has_unit(feed: Feed) -> bool:
    rule = feed.unit
    by_measure = feed.measures is not None and set(feed.measures.units) >= set(feed.measures.columns)
    return bool(rule.constant or rule.column or rule.map_column or by_measure)


def _check_header_units(file: Path, feed: Feed) -> None:
    """A unit in a figure's heading must convert exactly into the feed's unit."""
    for source, unit in figure_units(feed):
        for header in source.headers:
            shown = units.unit_in_header(header)
            factor = units.ratio(shown, unit) if shown and unit else None
            if shown and unit and (factor is None or not units.is_finite(factor)):
                zh = f"表头“{header}”的单位不能精确换算为 {unit.name}"
                raise FeedError(file, "unit", zh, f"the unit of {header!r} does not convert exactly into {unit.name}")


def figure_units(feed: Feed) -> list[tuple[Source, Unit | None]]:
    """The sources of measured figures with the unit the feed says they are in; None where a column says it."""
    if feed.measures is None:
        source = feed.sources.get(feed.figure)
        return [(source, feed.unit.constant)] if source else []
    both = {**feed.measures.columns, **feed.measures.optional}
    return [(source, feed.measures.units.get(name, feed.unit.constant)) for name, source in both.items()]
