"""The documentation site: what the rules say, one page a sector and a regime in each language, made from the rows alone.

Static HTML that needs no network and no other file, with dbt's own documentation beside it. It holds no rule and computes
no figure: worked examples go through the models of every build.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from pipelines import calculating, models, warehouse
from pipelines.calculating import laying, sheet
from pipelines.documenting import facts, pages
from pipelines.workspace import PROJECT_ROOT, Workspace

LANGUAGES = ("zh", "en")
SHEET = PROJECT_ROOT / "docs" / "samples" / "worked_examples.csv"


def write(folder: Path, as_of: date) -> Path:
    """The site into `folder`, made when absent; returns its first page.

    as_of: publications up to this day count in the worked examples. The same rules give the same bytes, dbt's page apart.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tanku-docs-") as temporary:
        workspace = Workspace(Path(temporary))
        laying.lay_down(workspace, sheet.read(SHEET), calculating.regimes(), as_of)
        models.account(workspace, calculating.MODELS, calculating.LEFT_OUT)
        with warehouse.reading(workspace.candidate_warehouse) as connection:
            found = facts.gather(connection, SHEET.with_name("worked_results.csv"))
        text = models.documentation(workspace).read_text(encoding="utf-8")
    # dbt writes where it ran into its page; a reader elsewhere has no use for that
    _write(folder / "dbt.html", text.replace(temporary, "").replace(str(PROJECT_ROOT), ""))
    for language in LANGUAGES:
        for name, page in pages.render(found, language):
            _write(folder / f"{name}.{language}.html", page)
    _write(folder / "index.html", (folder / "index.zh.html").read_text(encoding="utf-8"))
    return folder / "index.html"


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
