"""The two sides of a made-up comparison as the tables that the models of the bridge read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa

from pipelines import rules
from pipelines.comparing import bridging
from tests.comparing.generated import AS_OF, SHARES, Line

FIRST = date(2024, 1, 1)
WIDE = pa.decimal128(38, 12)
UNITS = {"ncv": "GJ/t", "quantity": "t"}


def laid(connection: duckdb.DuckDBPyConnection, generated: Iterable[Line], swap: bool = False) -> None:
    """Both sides as tables `earlier_*`, `later_*`, and the bridge between them; with `swap` the other way round."""
    held = list(generated)
    sides = {"earlier": "later", "later": "earlier"} if swap else {"earlier": "earlier", "later": "later"}
    for side, source in sides.items():
        _lay_side(connection, side, source, [line for line in held if line.only in ("", source)])
    months = sorted({line.month for line in held})
    scope = {"regime": "gbt32150", "as_of": min(AS_OF.values()), "first_period": FIRST}
    places = [{"month": month, "facility_id": facility} for month in months for facility in SHARES]
    connection.register("reported_months", pa.Table.from_pylist([place | scope for place in places]))
    shares = {name: SHARES[place["facility_id"]] for name, place in enumerate(places)}
    rows = [
        place
        | dict(
            zip(("later_share", "earlier_share") if swap else ("earlier_share", "later_share"), shares[at], strict=True)
        )
        for at, place in enumerate(places)
    ]
    typed = {"month": pa.date32(), "facility_id": pa.string(), "earlier_share": WIDE, "later_share": WIDE}
    connection.register("compared_shares", pa.Table.from_pylist(rows, schema=pa.schema(typed)))
    connection.register("build", pa.Table.from_pylist([{"as_of": max(AS_OF.values()), "first_period": FIRST}]))
    for table, columns in (("change_parts", {"position": "integer"}), ("change_error_parts", {})):
        connection.register("incoming", pa.Table.from_pylist(rules.rows(table)))
        replaced = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in columns.items())
        chosen = f"* replace ({replaced})" if replaced else "*"
        connection.execute(f"create or replace table {table} as select {chosen} from incoming")
    earlier = {name: f"earlier_{table.split('.')[1]}" for name, table in bridging.EARLIER.items()}
    later = {name: f"later_{table.split('.')[1]}" for name, table in bridging.LATER.items()} | {"build": "build"}
    own = {name: name for name in ("reported_months", "compared_shares", "change_parts", "change_error_parts")}
    bridging.lay_bridge(connection, earlier | later | own)


def _lay_side(connection: duckdb.DuckDBPyConnection, side: str, source: str, held: list[Line]) -> None:
    tables = {
        "emission_lines": [_line_row(line) for line in held],
        "emissions": [
            {"emission_id": line.emission_id, "emissions_tco2e": line.figure(source), "error_code": None}
            for line in held
        ],
        "workings": [row for line in held for row in _working_rows(line, source)],
        "admitted": [reading for line in held for reading in line.readings if reading["side"] == source],
    }
    kinds = {"emissions_tco2e": pa.decimal128(38, 6), "error_code": pa.string(), "parameter_id": pa.string()}
    kinds |= dict.fromkeys(("measured_quantity", "hours_missing", "best_estimate", "substitute"), WIDE)
    kinds |= dict.fromkeys(("factor_id",), pa.string()) | {"digits": pa.decimal128(38, 0), "scale": pa.int32()}
    for name, rows in tables.items():
        schema = pa.schema([(column, kinds.get(column) or _kind(value)) for column, value in rows[0].items()])
        connection.register("incoming", pa.Table.from_pylist(rows, schema=schema))
        chosen = "* replace (cast(digits as hugeint) as digits)" if name == "workings" else "*"
        connection.execute(f"create or replace table {side}_{name} as select {chosen} from incoming")
    connection.execute(f"""
        create or replace table {side}_regime_admitted (regime varchar, planned_id varchar, basis varchar,
            best_estimate decimal(38, 12), substitute decimal(38, 12));
        create or replace table {side}_readings (parameter_id varchar, period_start date, source_unit varchar);
        create or replace table {side}_regimes as select 'gbt32150' as regime, 'conservative' as missing_data_stance
    """)


def _kind(value: object) -> pa.DataType:
    return {str: pa.string(), int: pa.int64(), date: pa.date32()}[type(value)]


def _line_row(line: Line) -> dict[str, object]:
    return {
        "emission_id": line.emission_id,
        "regime": "gbt32150",
        "facility_id": line.facility,
        "stream_id": line.stream_id,
        "month": line.month,
        "gas": "CO2",
        "scope": "scope_1",
        "sign": line.sign,
        "unit": "t",
    }


def _working_rows(line: Line, side: str) -> list[dict[str, object]]:
    rows = []
    for order, term in enumerate(line.terms):
        value = getattr(term, side)
        if value is None:
            continue
        digits = value[0].normalize()
        scale = max(-int(digits.as_tuple().exponent), 0)
        rows.append(
            {
                "emission_id": line.emission_id,
                "term_order": order * 10,
                "term": term.name,
                "unit": UNITS.get(term.name, ""),
                "basis": term.basis,
                "digits": Decimal(int(digits.scaleb(scale))),
                "scale": scale,
                "numerator": value[1],
                "denominator": value[2],
                "factor_id": None,
                "parameter_id": f"{line.stream_id}-A" if term.name == "quantity" else None,
                "error_code": "",
            }
        )
    return rows
