"""Whether a file writes its decimals with a point or a comma, judged by the shapes of its numbers. It types none of them."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pyarrow as pa

from pipelines.landing.numbers import asked
from pipelines.readers import Refused

# Shapes that only one decimal mark explains, and the one shape that both do.
_ONLY_COMMA = (
    r"[0-9]{1,3}([.][0-9]{3})+,[0-9]+|0,[0-9]+|[0-9]+,([0-9]{1,2}|[0-9]{4,})|[0-9]{4,},[0-9]+"
    r"|[0-9]{1,3}([.][0-9]{3}){2,}"
)
_ONLY_POINT = (
    r"[0-9]{1,3}(,[0-9]{3})+[.][0-9]+|0?[.][0-9]+|[0-9]+[.]([0-9]{1,2}|[0-9]{4,})|[0-9]{4,}[.][0-9]+"
    r"|[0-9]{1,3}(,[0-9]{3}){2,}"
)
_EITHER = r"[1-9][0-9]{0,2},[0-9]{3}"

_EVIDENCE = r"""
    with bare as (
        select t, regexp_replace(translate(t, '０１２３４５６７８９．，', '0123456789.,'), '[^0-9.,]', '', 'g') as n
        from cells
        where t like '%,%' or t like '%，%' or t like '%.%.%'
    )
    select
        min(t) filter (where regexp_full_match(n, $only_comma)) as comma,
        min(t) filter (where regexp_full_match(n, $only_point)) as point,
        min(t) filter (where regexp_full_match(n, $either)) as either
    from bare
"""


def decimal_mark(connection: duckdb.DuckDBPyConnection, columns: list[tuple[str, pa.Array]]) -> str:
    """The decimal mark of a file, judged by all its numeric columns (heading, cells) together.

    Without commas it is the point. Raises Refused NUM_AMBIGUOUS where the cells allow both readings or contradict.
    """
    found: dict[str, tuple[str, str]] = {}
    for heading, texts in columns:
        row = _first(connection, texts, _EVIDENCE, only_comma=_ONLY_COMMA, only_point=_ONLY_POINT, either=_EITHER)
        for name, text in zip(("comma", "point", "either"), row, strict=True):
            if text is not None:
                found.setdefault(name, (heading, text))
    if "comma" not in found and "either" not in found:
        return "."
    return _decided(found, lambda: any(_has_point(connection, texts) for _, texts in columns))


def _decided(found: dict[str, tuple[str, str]], has_point: Callable[[], bool]) -> str:
    has_comma, points = "comma" in found, "point" in found or has_point()
    if has_comma == points:
        heading, text = found.get("either") or found["comma"]
        raise Refused("NUM_AMBIGUOUS", field=heading, found=text)
    return "," if has_comma else "."


def _has_point(connection: duckdb.DuckDBPyConnection, texts: pa.Array) -> bool:
    query = (
        "select count(*) > 0 from cells where regexp_full_match(regexp_replace(t, '[^0-9.,]', '', 'g'), $only_point)"
    )
    return bool(_first(connection, texts, query, only_point=_ONLY_POINT)[0])


def _first(connection: duckdb.DuckDBPyConnection, texts: pa.Array, query: str, **parameters: object) -> list:
    return list(asked(connection, {"t": texts}, query, **parameters).to_pylist()[0].values())
