"""Runs the models of dbt_project/models/restatements between any two sides. It attributes nothing: the models do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb
import pyarrow as pa

from pipelines import rules, warehouse

# In the order in which one stands on another; the last holds the bridge, line by line.
MODELS = (
    "paired_lines",
    "paired_terms",
    "placed_terms",
    "changed_readings",
    "changed_places",
    "quantity_changes",
    "change_options",
    "change_divisors",
    "change_products",
    "change_multiples",
    "shared_changes",
    "one_sided_changes",
    "line_changes",
)
# What the models read of the earlier side and of the later one: name in the models → schema.table of a build.
EARLIER = {
    "reported_emission_lines": "accounting.emission_lines",
    "reported_emissions": "accounting.emissions",
    "reported_workings": "accounting.workings",
    "reported_admitted": "readings.admitted",
    "reported_regime_admitted": "readings.regime_admitted",
    "reported_readings": "readings.readings",
    "reported_regimes": "rules.regimes",
}
LATER = {
    "emission_lines": "accounting.emission_lines",
    "emissions": "accounting.emissions",
    "workings": "accounting.workings",
    "admitted": "readings.admitted",
    "regime_admitted": "readings.regime_admitted",
    "readings": "readings.readings",
    "regimes": "rules.regimes",
    "build": "settings.build",
}


# Of the rules, those of today: what a part is called does not depend on the builds.
RULES = ("change_parts", "change_error_parts")
# What part of a facility's month is the company's: of the validities that touch it, the last. A closed period of an older
# version kept none: it counts its sites whole.
_SHARES = """
    create or replace table {side}_shares as
    select months.facility_id, months.month, max_by(shares.share, shares.valid_from) as share
    from (select distinct facility_id, month from reported_months) as months
    inner join {side}.accounting.facility_shares as shares on months.facility_id = shares.facility_id
    where shares.valid_from <= last_day(months.month) and shares.valid_to > months.month
    group by months.facility_id, months.month
"""
_COMPARED_SHARES = """
    create or replace table compared_shares as
    select
        months.facility_id,
        months.month,
        coalesce(earlier.share, later.share, 1) as earlier_share,
        coalesce(later.share, earlier.share, 1) as later_share
    from (select distinct facility_id, month from reported_months) as months
    left join earlier_shares as earlier on months.facility_id = earlier.facility_id and months.month = earlier.month
    left join later_shares as later on months.facility_id = later.facility_id and months.month = later.month
"""
_NO_SHARES = "create or replace table {side}_shares (facility_id varchar, month date, share decimal(38, 12))"
_SCOPE = """
    create or replace table reported_months as
    select distinct lines.facility_id, lines.month, lines.regime, builds.as_of, builds.first_period
    from (
        select facility_id, month, regime from earlier.accounting.emission_lines
        union
        select facility_id, month, regime from later.accounting.emission_lines
    ) as lines
    cross join earlier.settings.build as builds
    where lines.regime = $regime and lines.month >= $since and lines.month < $until
"""


def lay_sides(connection: duckdb.DuckDBPyConnection, regime: str, period: tuple[date, date] | None) -> None:
    """The bridge between the attached databases `earlier` and `later` under one regime, over a period or all of it.

    Of a closed period only its own months and facilities are compared: it knows no others.
    """
    since, until = period or (date.min, date.max)
    connection.execute(_SCOPE, {"regime": regime, "since": since, "until": until})
    for closed in ("earlier", "later"):
        _keep_closed_months(connection, closed)
    for table in RULES:
        connection.register("incoming", pa.Table.from_pylist(rules.rows(table)))
        typed = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in rules.declared()[table].items())
        connection.execute(f"create or replace table {table} as select {typed} from incoming")  # noqa: S608
        connection.unregister("incoming")
    earlier = {name: f"earlier.{table}" for name, table in EARLIER.items()}
    later = {name: f"later.{table}" for name, table in LATER.items()}
    for side in ("earlier", "later"):
        held = _holds(connection, side, "accounting", "facility_shares")
        connection.execute((_SHARES if held else _NO_SHARES).format(side=side))
    connection.execute(_COMPARED_SHARES)
    own = {name: name for name in ("reported_months", "compared_shares", *RULES)}
    lay_bridge(connection, {**earlier, **later, **own})


def _keep_closed_months(connection: duckdb.DuckDBPyConnection, side: str) -> None:
    if _holds(connection, side, "closed", "months"):
        connection.execute(
            f"delete from reported_months where (facility_id, month) not in "  # noqa: S608 - one of two words
            f"(select (facility_id, month) from {side}.closed.months)"
        )


def _holds(connection: duckdb.DuckDBPyConnection, side: str, schema: str, name: str) -> bool:
    """Whether a side has the table: a build holds tables, a closed period views of files."""
    listed = connection.execute(
        "select 1 from information_schema.tables where table_catalog = ? and table_schema = ? and table_name = ?",
        [side, schema, name],
    )
    return bool(listed.fetchall())


def lay_bridge(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, str]) -> None:
    """The tables of MODELS in the connection's own database, from what `tables` names (see EARLIER, LATER)."""
    names = {**{model: model for model in MODELS}, **tables}
    for model in MODELS:
        query = warehouse.render_model(f"restatements/{model}.sql", names)
        connection.execute(f"create or replace table {warehouse.quoted(model)} as {query}")
