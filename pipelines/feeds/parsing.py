"""A feed's TOML file → a Feed, every key checked. It opens no data file."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines import records
from pipelines.feeds import contract
from pipelines.feeds.checking import check
from pipelines.feeds.contract import Feed, Layout, Measures, Points, SignRule, Source, TimeRule, UnitRule
from pipelines.feeds.tables import FeedError, TomlTable
from pipelines.readers import ReaderOptions

_TOP = {"record_type", "description_zh", "description_en", "files", "format", "reader", "columns", "optional_columns"}
_TOP |= {"ignored_columns", "constants", "maps", "measures", "unit", "time", "sign", "flags", "column_types"}


def read(file: Path) -> Feed:
    """The feed contract in `file`; FeedError for anything in it that is not understood."""
    content = file.read_bytes()
    try:
        text = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FeedError(file, "TOML", f"读不懂（{error}）", f"cannot be read ({error})") from None
    feed = _feed(TomlTable(file, "", text), file.stem, hashlib.sha256(content).hexdigest())
    check(file, feed)
    return feed


def _feed(top: TomlTable, name: str, digest: str) -> Feed:
    top.only(_TOP)
    columns, points = _columns(top.table("columns"), "values")
    optional, flag_points = _columns(top.table("optional_columns"), "flags")
    flags = top.table("flags")
    flags.only({"missing"})
    reader = top.table("reader")
    reader.only({"encoding", "delimiter", "sheet", "decimal", "header_rows", "totals", "final_newline"})
    return Feed(
        name=name,
        digest=digest,
        record_type=top.one_of("record_type", records.RECORD_TYPES),
        description_zh=top.get("description_zh", str, ""),
        description_en=top.get("description_en", str, ""),
        files=top.texts("files", ("*",)),
        format=top.one_of("format", tuple(sorted(contract.FORMATS))),
        reader=ReaderOptions.of(reader.content),
        layout=_layout(reader),
        columns=columns,
        optional_columns=optional,
        points=points,
        flag_points=flag_points,
        missing_flags=frozenset(flags.texts("missing")),
        ignored=top.table("ignored_columns").texts("names"),
        constants=top.table("constants").text_map(),
        maps={column: top.table("maps").table(column).text_map() for column in top.table("maps").content},
        measures=_measures(top),
        unit=_unit(top.table("unit")),
        time=_time(top.table("time")),
        sign=_sign(top.table("sign")),
        column_types=top.table("column_types").text_map(),
    )


def _columns(table: TomlTable, wide_column: str) -> tuple[dict[str, Source], Points | None]:
    """The sources of a table of columns, and the points of its one column that may be wide."""
    wide = table.content.get(wide_column)
    if not (isinstance(wide, dict) and "prefix" in wide):
        return table.sources(), None
    given = table.table(wide_column)
    given.only({"prefix", "first", "last", "digits"})
    points = Points(
        prefix=given.get("prefix", str),
        first=given.get("first", int, 1),
        last=None if given.content.get("last") == "end" else given.get("last", int, 96),
        digits=given.get("digits", int, 0),
    )
    del table.content[wide_column]
    return table.sources(), points


def _layout(reader: TomlTable) -> Layout:
    return Layout(
        decimal=reader.one_of("decimal", ("auto", ".", ","), "auto"),
        header_rows=reader.one_of("header_rows", (1, 2), 1),
        checks_totals=reader.one_of("totals", ("check", "keep"), "check") == "check",
        needs_final_newline=reader.one_of("final_newline", ("required", "optional"), "required") == "required",
    )


def _measures(top: TomlTable) -> Measures | None:
    if "measures" not in top.content:
        return None
    table = top.table("measures")
    table.only({"into", "columns", "optional", "signs", "units"})
    signs = table.table("signs")
    return Measures(
        into=table.get("into", str, ""),
        columns=table.table("columns").sources(),
        optional=table.table("optional").sources(),
        signs={name: signs.one_of(name, (1, -1)) for name in signs.content},
        units=table.table("units").unit_map(),
    )


def _unit(table: TomlTable) -> UnitRule:
    table.only({"constant", "column", "map", "kind", "dimension_by"})
    mapped = table.table("map")
    mapped.only({"column", "values"})
    return UnitRule(
        constant=table.unit("constant"),
        column=table.maybe_source("column"),
        map_column=mapped.maybe_source("column"),
        mapped=mapped.table("values").unit_map(),
        kind=table.one_of("kind", ("energy", "power"), "energy"),
        dimension_by=table.get("dimension_by", str, ""),
    )


def _time(table: TomlTable) -> TimeRule:
    table.only({"zone", "interval_minutes", "label", "order", "period", "period_end_inclusive", "earliest"})
    try:
        zone = ZoneInfo(table.get("zone", str, "Asia/Shanghai"))
    except (ZoneInfoNotFoundError, ValueError):
        raise table.wrong("zone", "不是 IANA 时区名", "is no IANA time zone") from None
    labels = (contract.INTERVAL_BEGIN, contract.INTERVAL_END, contract.MIDNIGHT_OLD_DATE)
    return TimeRule(
        zone=zone,
        interval_minutes=table.get("interval_minutes", int, 1440),
        label=table.one_of("label", labels, contract.INTERVAL_BEGIN),
        order=table.one_of("order", ("ymd", "dmy", "mdy"), "ymd"),
        period=table.one_of("period", ("", "day", "month", "year"), ""),
        period_end_inclusive=table.get("period_end_inclusive", bool, False),
        earliest=table.get("earliest", date, date(1990, 1, 1)),
    )


def _sign(table: TomlTable) -> SignRule:
    table.only({"negative", "column", "minus"})
    return SignRule(
        negative=table.one_of("negative", ("refuse", "allow"), "refuse"),
        column=table.maybe_source("column"),
        minus=table.texts("minus"),
    )
