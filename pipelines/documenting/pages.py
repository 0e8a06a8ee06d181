"""Renders the site's pages from their templates, words and facts, in the look of the reports. Asks no question."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pipelines import methods
from pipelines.reports import figures
from pipelines.reports import pages as reports

HERE = Path(__file__).parent


class Words(reports.Words):
    """The words of the site in one language, its own before those of the reports, and how terms are called."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        own = tomllib.loads((HERE / "wording.toml").read_text(encoding="utf-8"))
        self._words |= {key: entry[language] for key, entry in own.items()}

    def term_name(self, term: str) -> str:
        """What a term is called; a term without a name is shown as it stands."""
        return methods.terms().get(term, {}).get(self.language, term)

    def explained(self) -> set[str]:
        """The terms whose computation is told in words."""
        return {key.removeprefix("computed_") for key in self._words if key.startswith("computed_")}

    def symbol(self, term: str) -> str:
        """How a term is written in a formula."""
        return methods.terms().get(term, {}).get("symbol", term)


def render(facts: dict[str, Any], language: str) -> Iterator[tuple[str, str]]:
    """(name, page) of every page in that language: index, sector.<folder>, regime.<regime>."""
    words = Words(language)
    yield "index", _page("index", "index", words, facts, {})
    for folder, types in facts["sectors"].items():
        yield f"sector.{folder}", _page("sector", f"sector.{folder}", words, facts, {"folder": folder, "listed": types})
    for regime, row in facts["regimes"].items():
        yield f"regime.{regime}", _page("regime", f"regime.{regime}", words, facts, {"row": row})


def _page(template: str, name: str, words: Words, facts: dict[str, Any], own: dict[str, Any]) -> str:
    explained = words.explained() | set(facts["sums"])
    return (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(facts | own, words=words, page_name=name, explained=explained)
    )


@cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([HERE / "templates", Path(reports.__file__).parent / "templates"]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=figures.number, quantity=figures.quantity, received=figures.received)
    return environment
