"""The house's own Great Expectations: what its built-in ones cannot say of a row. They hold no limit; limits are columns.

Each compares columns of one row, in the database. Importing this module imports Great Expectations and registers them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import sqlalchemy as sa
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_map_metric_provider import (
    MulticolumnMapMetricProvider,
)

from pipelines.doors import shapes

# a ratio is a quotient of decimals, which DuckDB divides as floating point: beyond these digits it says nothing
RATIO_DIGITS = 9


def _stock_balances(columns: Sequence[Any]) -> Any:
    opening, receipts, consumption, other, closing, tolerance = columns
    return sa.func.abs(opening + receipts - consumption + other - closing) <= tolerance


def _sub_meters_fit(columns: Sequence[Any]) -> Any:
    sub_meters, least, most = columns
    return sa.and_(sub_meters >= least, sub_meters <= most)


def _meter_agrees_with_bill(columns: Sequence[Any]) -> Any:
    metered, billed, tolerance = columns
    ratio = sa.func.round(sa.func.abs(metered - billed) / sa.func.nullif(sa.func.abs(billed), 0), RATIO_DIGITS)
    return sa.or_(metered == billed, sa.func.coalesce(ratio <= tolerance, sa.false()))


def _meter_is_calibrated(columns: Sequence[Any]) -> Any:
    """A meter that was never calibrated has no stretch: null is a failure here, not another control's."""
    used_from, used_to, covered_from, covered_to = columns
    return sa.func.coalesce(sa.and_(covered_from <= used_from, covered_to >= used_to), sa.false())


def _production_is_sold_or_stored(columns: Sequence[Any]) -> Any:
    produced, sold, opening, closing, tolerance = columns
    return sa.func.abs(produced - sold - closing + opening) <= tolerance


def _laboratory_value_does_not_repeat(columns: Sequence[Any]) -> Any:
    times, too_many = columns
    return times < too_many


CONDITIONS: dict[str, Callable[[Sequence[Any]], Any]] = {
    shapes.STOCK: _stock_balances,
    shapes.SUB_METERS: _sub_meters_fit,
    shapes.BILL: _meter_agrees_with_bill,
    shapes.CALIBRATED: _meter_is_calibrated,
    shapes.PRODUCTION: _production_is_sold_or_stored,
    shapes.NO_REPEAT: _laboratory_value_does_not_repeat,
}


class _OwnExpectation(MulticolumnMapExpectation):
    """An expectation over several columns of a row; its condition is the metric of its own name."""

    column_list: Sequence[str]  # type: ignore[assignment] # lists and tuples alike, as GX's own subclasses have it
    args_keys: ClassVar[tuple[str, ...]] = ("column_list",)


def _register(kind: str, holds: Callable[[Sequence[Any]], Any]) -> None:
    """The metric and the expectation of one condition; GX registers a class by its name when it is made."""

    @multicolumn_condition_partial(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(cls: type, column_list: Sequence[Any], **kwargs: Any) -> Any:
        return holds(column_list)

    metric = kind.removeprefix("expect_")
    keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")
    name = "".join(part.capitalize() for part in kind.split("_"))
    module = {"__module__": __name__}
    parts = {"condition_metric_name": metric, "condition_domain_keys": keys, "_sqlalchemy": _sqlalchemy}
    type(f"{name}Metric", (MulticolumnMapMetricProvider,), parts | module)
    type(name, (_OwnExpectation,), {"map_metric": metric, "__doc__": holds.__doc__ or kind, **module})


for _kind, _holds in CONDITIONS.items():
    _register(_kind, _holds)
