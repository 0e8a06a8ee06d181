"""Feed contracts: which files a feed claims and how their columns become one record type. No value is typed here.

The contracts are TOML files in a workspace's `feeds/`; the starter ones stand in seeds/feeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines.feeds.claiming import Claim, Header, claims, comparable, refuse_unclaimed
from pipelines.feeds.contract import Feed, Measures, Points, Source
from pipelines.feeds.parsing import read
from pipelines.feeds.tables import FeedError
from pipelines.workspace import STARTER_FEEDS_DIR, Workspace

__all__ = [
    "Claim",
    "Feed",
    "FeedError",
    "Header",
    "Measures",
    "Points",
    "Source",
    "claims",
    "comparable",
    "in_folder",
    "of_workspace",
    "read",
    "refuse_unclaimed",
    "template_columns",
]


def in_folder(folder: Path) -> list[Feed]:
    """Every feed contract in `folder`, by name; FeedError for the first that cannot be read."""
    return [read(file) for file in sorted(folder.glob("*.toml"))]


def of_workspace(workspace: Workspace | None) -> list[Feed]:
    """The workspace's feeds; without a workspace, the starter feeds."""
    return in_folder(workspace.feeds if workspace else STARTER_FEEDS_DIR)


def template_columns(record_type: str) -> Sequence[str]:
    """The Chinese headings of the workbook that `tanku template` writes for a record type, in the order of its feed.

    Required ones first; KeyError for an unknown record type.
    """
    file = STARTER_FEEDS_DIR / f"template_{record_type}.toml"
    if not file.is_file():
        raise KeyError(record_type)
    feed = read(file)
    unit = [feed.unit.column] if feed.unit.column else []
    return [source.headers[0] for source in (*feed.columns.values(), *unit, *feed.optional_columns.values())]
