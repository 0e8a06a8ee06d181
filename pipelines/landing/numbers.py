"""Text → exact numbers, or the code of what is wrong with it. Knows neither columns nor files.

The syntax is checked before any cast (a cast takes '1_000' for 1000 and 'NaN' for a number); a digit more than can be kept
is a reason code, never a rounding.
"""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import records, units
from pipelines.units import Unit
from pipelines.workspace import SEEDS_DIR

SENTINELS_FILE = SEEDS_DIR / "every_sector" / "sentinels.csv"
INTERVAL_DECIMALS, QUANTITY_DECIMALS = 6, 12

# Codes that say "no value here" rather than "a wrong one".
MISSING = frozenset({"NUM_BLANK", "NUM_SENTINEL"})


_BATCH = 1 << 16


@dataclass(frozen=True)
class NumberRule:
    """How a column's numbers are written and what may be kept of them.

    mark: the decimal mark, '.' or ','. decimals: how many can be stored: 0, 6 or 12. factor: what turns them into the
    unit stored. unit: the column's own unit, so that '100kWh' is understood; None: a unit inside a cell is a wrong number.
    """

    mark: str = "."
    decimals: int = QUANTITY_DECIMALS
    refuses_negative: bool = True
    factor: Fraction = Fraction(1)
    unit: Unit | None = None


@dataclass(frozen=True)
class Judged:
    """Values (DECIMAL, null where there is none) and codes (null where the value is good), cell by cell."""

    values: pa.Array
    codes: pa.Array


_PLAIN = "[0-9]{1,12}([.][0-9]{1,6})?"
_PLAIN_WHOLE = "[0-9]{1,12}"

_FAST = """
    select case when regexp_full_match(t, $plain) then cast(cast(t as decimal(18, 6)) as decimal(38, 12)) end as value
    from cells
"""

# Full-width forms and typographic minus signs become plain ones; what sets off thousands goes once the groups are right.
_CAREFUL = r"""
    with bare as (
        select trim(case
            when regexp_matches(t, '[^ -~]') then translate(
                t,
                '０１２３４５６７８９．，－−–（）＋％’' || chr(9) || chr(160) || chr(12288) || chr(8239),
                '0123456789.,---()+%''    '
            )
            else t
        end) as t
        from cells
    ),
    signed as (
        select t as found, case
            when regexp_full_match(t, '\(.+\)') then '-' || trim(t[2:-2])
            when regexp_full_match(t, '.*[0-9]\s*-') then '-' || trim(t[:-2])
            when regexp_full_match(t, '.*[0-9]\s*(CR|cr|Cr)') then '-' || trim(t[:-3])
            when regexp_full_match(t, '.*[0-9]\s*(DR|dr|Dr)') then trim(t[:-3])
            else t
        end as t
        from bare
    ),
    marked as (
        select found, case when $mark = ',' then translate(t, ',.', '.,') else t end as t from signed
    ),
    split as (
        select found, t, regexp_extract(
            t,
            '^([+-]?)([0-9]*|[0-9]{1,3}(?:[, ''][0-9]{3})+)(?:[.]([0-9]+))?(?:[eE]([+-]?[0-9]{1,2}))?$',
            ['sign', 'whole', 'fraction', 'power']
        ) as p
        from marked
    ),
    ungrouped as (
        select found, p, replace(replace(replace(p.whole, ',', ''), ' ', ''), '''', '') as digits from split
    ),
    parts as (
        select
            found,
            p.sign || digits || '.' || p.fraction as plain,
            ltrim(digits, '0') as whole,
            rtrim(p.fraction, '0') as fraction,
            p.sign = '-' as is_negative,
            coalesce(try_cast(nullif(p.power, '') as integer), 0) as power,
            p.whole || p.fraction != '' as is_number
        from ungrouped
    ),
    coded as (
        select *, case
            when found = '' then 'NUM_BLANK'
            when list_contains($sentinels, upper(found)) or regexp_full_match(found, '-9{4,6}([.]0+)?') then 'NUM_SENTINEL'
            when regexp_full_match(found, '(?i)[+-]?(nan|inf|infinity|[0-9][.]#(inf|ind|qnan|snan)[0-9]*)')
                then 'NUM_NOT_FINITE'
            when regexp_full_match(found, '#(DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)') then 'XL_ERROR_CELL'
            when not is_number then 'NUM_SYNTAX'
            when length(fraction) - power > 12 then 'NUM_PRECISION'
            when length(whole) + power > 15 then 'NUM_RANGE'
            when is_negative and $refuses_negative and whole || fraction != '' then 'NUM_NEGATIVE'
        end as code
        from parts
    )
    select code, case
        when code is not null then null
        when power != 0 then try_cast(replace(plain || 'e', '.e', 'e') || power as decimal(38, 12))
        else (case when is_negative then -1 else 1 end) * (
            cast(cast('0' || whole as decimal(18, 0)) as decimal(38, 12))
            + cast(cast('0.' || fraction || '0' as decimal(13, 13)) as decimal(38, 12))
        )
    end as value
    from coded
"""

_CONVERT = """
    with product as (select value is null as is_missing, try(value * $factor) as value from cells),
    kept as (
        select *, case
            when $decimals = 0 and cast(value as decimal(38, 0)) = value then cast(value as decimal(38, 12))
            when $decimals = 6 and cast(value as decimal(38, 6)) = value then cast(value as decimal(38, 12))
            when $decimals = 12 and cast(value as decimal(38, 12)) = value then cast(value as decimal(38, 12))
        end as exact
        from product
    )
    select exact as value, case
        when is_missing or exact is not null then null
        when value is null then 'NUM_RANGE'
        else 'NUM_PRECISION'
    end as code
    from kept
"""


def judge(connection: duckdb.DuckDBPyConnection, texts: pa.Array, rule: NumberRule) -> Judged:
    """The numbers in `texts`, in their order."""
    plain = _PLAIN if rule.mark == "." else _PLAIN_WHOLE
    values = asked(connection, {"t": texts}, _FAST, plain=plain).column("value").combine_chunks()
    odd = pc.is_null(values)
    judged = Judged(values, pa.nulls(len(texts), pa.string()))
    # A plain number has six decimals at most: only the others can be too long for the column as they stand.
    stands = rule.factor == 1 and rule.decimals >= INTERVAL_DECIMALS
    if pc.any(odd).as_py():
        found = _carefully(connection, texts.filter(odd), rule)
        judged = Judged(*_patched(judged, odd, _converted(connection, found, rule) if stands else found))
    return judged if stands else _converted(connection, judged, rule)


def fits(value: Fraction) -> bool:
    """Whether a conversion factor can be applied without rounding anything."""
    return units.is_finite(value) and as_decimal(value).adjusted() <= 8


def _carefully(connection: duckdb.DuckDBPyConnection, texts: pa.Array, rule: NumberRule) -> Judged:
    answer = asked(
        connection,
        {"t": pc.fill_null(texts, "")},
        _CAREFUL,
        mark=rule.mark,
        sentinels=sentinels(),
        refuses_negative=rule.refuses_negative,
    )
    judged = Judged(answer.column("value").combine_chunks(), answer.column("code").combine_chunks())
    return _with_cell_units(connection, texts, judged, rule) if rule.unit else judged


def _with_cell_units(
    connection: duckdb.DuckDBPyConnection, texts: pa.Array, judged: Judged, rule: NumberRule
) -> Judged:
    """Cells such as '100kWh' and '22℃': the number counts, converted into the column's unit, if its unit fits."""
    split = pc.extract_regex(
        texts, r"^(?P<number>.*?[0-9０-９][)）\-]?)[\s\x{3000}]*(?P<unit>[^0-9０-９\s.,()+\-].*?)\s*$"
    )
    wrong = pc.and_(pc.equal(pc.fill_null(judged.codes, ""), "NUM_SYNTAX"), pc.is_valid(split))
    if not pc.any(wrong).as_py():
        return judged
    for shown in pc.unique(pc.struct_field(split.filter(wrong), "unit")).to_pylist():
        unit = units.unit_of(shown)
        if unit is None or rule.unit is None:
            continue
        mask = pc.and_(wrong, pc.fill_null(pc.equal(pc.struct_field(split, "unit"), shown), False))
        numbers = pc.struct_field(split.filter(mask), "number")
        factor = units.ratio(unit, rule.unit)
        if factor is None or not fits(factor):
            code = "UNIT_DIMENSION" if factor is None else "UNIT_INEXACT"
            found = Judged(pa.nulls(len(numbers), records.QUANTITY), pa.array([code] * len(numbers), pa.string()))
        else:
            # Beyond this cell's own unit there is nothing to convert: the column's factor is applied to all cells alike.
            found = judge(connection, numbers, replace(rule, unit=None, factor=factor, decimals=QUANTITY_DECIMALS))
        judged = Judged(*_patched(judged, mask, found))
    return judged


def _converted(connection: duckdb.DuckDBPyConnection, judged: Judged, rule: NumberRule) -> Judged:
    """Values in the unit stored, each exact or coded NUM_PRECISION."""
    if rule.factor == 1 and rule.decimals == QUANTITY_DECIMALS:
        return judged
    answer = asked(
        connection, {"value": judged.values}, _CONVERT, factor=as_decimal(rule.factor), decimals=rule.decimals
    )
    values, codes = (answer.column(name).combine_chunks() for name in ("value", "code"))
    return Judged(values, pc.coalesce(codes, judged.codes))


def _patched(judged: Judged, mask: pa.Array, found: Judged) -> tuple[pa.Array, pa.Array]:
    return (
        pc.replace_with_mask(judged.values, mask, found.values),
        pc.replace_with_mask(judged.codes, mask, found.codes),
    )


def asked(
    connection: duckdb.DuckDBPyConnection, cells: dict[str, pa.Array], query: str, **parameters: object
) -> pa.Table:
    # Several batches, so that DuckDB scans them on all its threads.
    connection.register("cells", pa.Table.from_batches(pa.table(cells).to_batches(_BATCH), pa.table(cells).schema))
    try:
        return connection.execute(query, parameters).to_arrow_table()
    finally:
        connection.unregister("cells")


def as_decimal(value: Fraction) -> Decimal:
    """A finite fraction as a decimal, without loss."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return Decimal((value * 10**places).numerator).scaleb(-places)


@cache
def sentinels() -> list[str]:
    """The placeholders that stand for a missing number, in upper case."""
    with SENTINELS_FILE.open(encoding="utf-8", newline="") as stream:
        return [row["token"].upper() for row in csv.DictReader(stream)]
