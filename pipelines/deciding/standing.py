"""How decisions stand, asked of the models that every build uses (dbt_project/models/decisions). It decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines import rules, warehouse
from pipelines.archive import Delivery, Release, journal
from pipelines.asking import Row, ask, grouped
from pipelines.deciding.events import TABLES
from pipelines.deciding.laying import tables
from pipelines.deciding.people import DecisionError
from pipelines.publishing import published_build
from pipelines.workspace import Workspace

MODELS = ("standings", "period_positions", "verifier_findings")
QUESTIONS = Path(__file__).with_name("questions")

Decided = Mapping[str, pa.Table]


def read(workspace: Workspace) -> Decided:
    """Every decision in the journal as typed tables; JournalError when the journal was altered."""
    return tables(journal.read(workspace.journal))


@contextmanager
def standing(decided: Decided, as_of: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """The decisions and where each stands on `as_of`, to be asked: the tables of TABLES and the models of MODELS."""
    names = {name: name for name in (*TABLES, "decision_duties", "build")}
    with warehouse.scratch() as connection:
        for name, table in decided.items():
            connection.register(name, table)
        connection.register("decision_duties", pa.Table.from_pylist(rules.rows("decision_duties")))
        connection.register("build", pa.table({"as_of": pa.array([as_of], pa.date32())}))
        for model in MODELS:
            query = warehouse.render_model(f"decisions/{model}.sql", names)
            connection.execute(f"create view {warehouse.quoted(model)} as {query}")
        yield connection


def listed(decided: Decided, as_of: date, question: str, *parameters: object) -> list[Row]:
    """The rows of a question of `questions/` about the decisions as they stand on `as_of`."""
    with standing(decided, as_of) as connection:
        return ask(connection, QUESTIONS / f"{question}.sql", *parameters)


def published(workspace: Workspace, question: str, *parameters: object) -> list[Row]:
    """The rows of a question of `questions/` about what is published.

    Raises FileNotFoundError when nothing is, DecisionError when it was published before decisions were known.
    """
    with warehouse.reading(warehouse.published(workspace)) as connection:
        try:
            return ask(connection, QUESTIONS / f"{question}.sql", *parameters)
        except duckdb.CatalogException as error:
            raise DecisionError(
                "已发布的数据仓库没有所需的表：请先运行 tanku build。",
                "the published warehouse lacks the table this needs: run `tanku build` first.",
            ) from error


def with_releases(deliveries: list[Delivery], decided: Decided, as_of: date) -> list[Delivery]:
    """The deliveries, each with its rows whose release is in force on `as_of`, in the order of their decisions."""
    if not decided["releases"].num_rows:
        return deliveries
    rows = grouped(listed(decided, as_of, "releases_in_force"), "file_sha256", "decision_id", "sheet", "row_number")
    released: dict[str, list[Release]] = {}
    for (file_sha256, decision_id, sheet, number), cells in rows.items():
        values = tuple((cell["field"], cell["value"]) for cell in cells)
        released.setdefault(file_sha256, []).append(Release(decision_id, sheet, number, values))
    return [replace(one, releases=tuple(released.get(one.file_sha256, ()))) for one in deliveries]


def since_build(workspace: Workspace, decided: Decided) -> int:
    """How many decisions the published build does not know yet; all of them when nothing is published."""
    build = published_build(workspace)
    seen = build.journal_seq if build else 0
    return sum(1 for seq in decided["lines"].column("recorded_seq").to_pylist() if seq > seen)
