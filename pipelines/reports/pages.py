"""Renders a page from its template, its words and its facts. Asks no question and formats no number itself."""

from __future__ import annotations

import shlex
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.kept import Kept
from pipelines.reports import charts, figures

HERE = Path(__file__).parent
_OTHER = {"zh": "en", "en": "zh"}


class Words:
    """The words of one language (`wording/*.toml`): `words.total`, `words('total', year=2025)`; an unknown word raises."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = {key: entry[language] for key, entry in _wording().items()}

    def __getattr__(self, key: str) -> str:
        if key.startswith("_") or key not in self._words:
            raise AttributeError(key)
        return self._words[key]

    def __call__(self, key: str, **values: object) -> str:
        return self._words[key].format(**values)

    def has(self, key: str) -> bool:
        return key in self._words

    def term(self, prefix: str, code: str | None) -> str:
        """The word for a code of the marts ('status', 'complete'); a code without one is shown as it stands."""
        if not code:
            return ""
        return self._words.get(f"{prefix}_{code}".lower(), code)

    def label(self, row: dict[str, Any], column: str, code: str | None) -> str:
        """The name of a coded thing in this language, else its code."""
        return self.of(row, column) or code or ""

    def side(self, text: str | None) -> str:
        """This language's side of a text given as 'zh / en'; any other text as it stands."""
        zh, parted, en = (text or "").partition(" / ")
        if not parted or not _is_chinese(zh) or _is_chinese(en):
            return text or ""
        return zh if self.language == "zh" else en

    def of(self, row: dict[str, Any], column: str = "name") -> str:
        """`<column>_zh` or `<column>_en` of a row; where that one is empty, the other; else ''."""
        return row.get(f"{column}_{self.language}") or row.get(f"{column}_{_OTHER[self.language]}") or ""


def write(file: Path, report: str, language: str, facts: dict[str, Any], kept: Kept | None = None) -> Path:
    """The page `report` in `language` as `file`: one self-contained HTML document, UTF-8. kept: drawings of before."""
    file.write_text(render(report, language, facts, kept), encoding="utf-8", newline="\n")
    return file


def render(report: str, language: str, facts: dict[str, Any], kept: Kept | None = None) -> str:
    """The page as text."""
    words = Words(language)
    template = environment_over(HERE / "templates").get_template(f"{report}.html.j2")
    drawn = charts.draw_all(facts.get("charts", {}), words, kept)
    return template.render(facts, words=words, drawn=drawn, report=report, style=style())


def _codes(found: list[str] | str | None) -> str:
    """Reason codes parted by commas, however the mart holds them."""
    held = found if isinstance(found, list) else (found or "").replace(";", ",").split(",")
    return figures.received(", ".join(code.strip() for code in held if code.strip()))


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@cache
def _wording() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for file in sorted((HERE / "wording").glob("*.toml")):
        held = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := words.keys() & held:
            raise ValueError(f"{file.name}: {sorted(twice)} stand(s) in another file too")
        words |= held
    return words


@cache
def style() -> str:
    """The one style sheet of all pages."""
    return (HERE / "templates" / "style.css").read_text(encoding="utf-8")


@cache
def environment_over(templates: Path) -> Any:
    """Jinja over a folder of templates, with the filters by which every page prints its figures and received texts."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=figures.number,
        quantity=figures.quantity,
        percent=figures.percent,
        width=figures.width,
        month=figures.month,
        moment=figures.moment,
        period=figures.period,
        days=figures.days,
        received=figures.received,
        brief=figures.brief,
        shell=shlex.quote,
        codes=_codes,
    )
    return environment
