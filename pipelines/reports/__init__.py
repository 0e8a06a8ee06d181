"""What people look at: inventory, data quality and performance reports, each in zh and en. No figure is computed here.

The questions are SQL (`questions/*.sql`) over the candidate's marts, the words stand in `wording/*.toml`, the pages are
jinja2 templates, charts are drawn by altair into SVG inside the page. A page needs no network and no other file, and says
nothing but what the warehouse says: no clock, no path, no host name.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.reports import data_quality, inventory, pages, performance

LANGUAGES = ("zh", "en")


def write_all(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """The six pages into `folder`, asked of `connection` (a warehouse with its marts built); returns their paths.

    The same marts give the same bytes. Raises duckdb.Error when a mart or a column of its contract is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    gathered = {"inventory": inventory, "data_quality": data_quality, "performance": performance}
    facts = {report: module.facts(connection) for report, module in gathered.items()}
    return [
        pages.write(folder / f"{report}.{language}.html", report, language, found)
        for report, found in facts.items()
        for language in LANGUAGES
    ]
