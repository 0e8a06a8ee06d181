"""A number's way home: its product, factors, readings and the source rows as received. It computes and changes nothing.

The product is checked again in exact fractions, and every archived file against its SHA-256 before a row of it is shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipelines.asking import Row, ask
from pipelines.explaining import telling
from pipelines.explaining.archived import ArchivedRows
from pipelines.explaining.product import product
from pipelines.explaining.readings import parameters
from pipelines.workspace import Workspace

QUESTIONS = Path(__file__).parent / "questions"


class ExplainError(Exception):
    """Nothing fits what was asked, or it was asked wrongly; the message is bilingual and says what there is."""

    exit_code = 2


@dataclass(frozen=True)
class Explanation:
    """Either one figure walked home (`content['figure']`) or the figures that fit (`content['figures']`)."""

    content: dict[str, Any]

    def as_json(self) -> str:
        """For a machine: exact numbers as text, dates in ISO form."""
        return json.dumps(self.content, ensure_ascii=False, indent=2, default=_plain)

    def as_text(self) -> str:
        """For a person, Chinese and English side by side."""
        return telling.tell(self.content)


def explain(
    connection: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    facility: str | None = None,
    stream: str | None = None,
    month: str | date | None = None,
    gas: str | None = None,
    regime: str | None = None,
) -> Explanation:
    """Walk a figure of the inventory home; `month`: 'YYYY-MM'. With parts left out, the figures that fit are listed.

    Raises ExplainError when nothing fits or the month cannot be read.
    """
    figures = ask(connection, QUESTIONS / "figures.sql", facility, stream, _first_day(month), gas, regime)
    if not figures:
        raise ExplainError(_nothing_fits(connection))
    if len(figures) > 1:
        return Explanation({"figures": [_shown(figure) for figure in figures]})
    return Explanation(_walked(connection, workspace, figures[0]))


def _walked(connection: duckdb.DuckDBPyConnection, workspace: Workspace, figure: Row) -> dict[str, Any]:
    terms = ask(connection, QUESTIONS / "terms.sql", figure["emission_id"])
    return {
        "figure": _shown(figure),
        "product": product(figure, terms),
        "parameters": parameters(connection, figure, ArchivedRows(workspace)),
    }


def _shown(figure: Row) -> Row:
    inner = {"sign", "decimals", "activity_unit"}
    return {key: value for key, value in figure.items() if key not in inner} | {"month": f"{figure['month']:%Y-%m}"}


def _first_day(month: str | date | None) -> date | None:
    if month is None or isinstance(month, date):
        return month.replace(day=1) if month else None
    try:
        return datetime.strptime(month.strip(), "%Y-%m").date()
    except ValueError:
        raise ExplainError(
            f"月份应写作 2025-03，收到 {month!r}。 / a month is written 2025-03, not {month!r}."
        ) from None


def _nothing_fits(connection: duckdb.DuckDBPyConnection) -> str:
    there = ask(connection, QUESTIONS / "choices.sql")[0]
    if not there["first_month"]:
        return "还没有任何排放量。 / there is no figure yet."
    known = "\n".join(
        [
            f"  --regime    {', '.join(there['regimes'])}",
            f"  --facility  {', '.join(there['facilities'])}",
            f"  --stream    {', '.join(there['streams'])}",
            f"  --gas       {', '.join(gas for gas in there['gases'] if gas)}",
            f"  --month     {there['first_month']:%Y-%m} … {there['last_month']:%Y-%m}",
        ]
    )
    return f"没有符合的数字。现有：\n / no figure fits. There are:\n{known}"


def _plain(value: object) -> str:
    """Decimals keep every digit; dates are ISO."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
