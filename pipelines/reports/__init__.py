"""What people look at: inventory, data quality and performance reports, each in zh and en. No figure is computed here.

The questions are SQL (`questions/*.sql`) over the candidate's marts, the words stand in `wording/*.toml`, the pages are
jinja2 templates, charts are drawn by altair into SVG inside the page. A page needs no network and no other file, and says
nothing but what the warehouse says: no clock, no path, no host name.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.kept import Kept
from pipelines.reports import data_quality, inventory, pages, performance

LANGUAGES = ("zh", "en")
DRAWINGS = 500  # of them a build of the example enterprise needs 70


def write_all(connection: duckdb.DuckDBPyConnection, folder: Path, drawings: Path | None = None) -> list[Path]:
    """The six pages into `folder`, asked of `connection` (a warehouse with its marts built); their paths.

    drawings: the folder where charts are kept from one build to the next, or None: every chart is drawn.
    The same marts give the same bytes, whatever is kept. Raises duckdb.Error when a mart or a column of its contract is
    missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = Kept(drawings, most=DRAWINGS) if drawings else None
    gathered = {"inventory": inventory, "data_quality": data_quality, "performance": performance}
    facts = {report: module.facts(connection) for report, module in gathered.items()}
    return [
        pages.write(folder / f"{report}.{language}.html", report, language, found, kept)
        for report, found in facts.items()
        for language in LANGUAGES
    ]
