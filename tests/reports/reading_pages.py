"""Reads a page as a person and a browser would: tags, headings, tables, cells. It knows nothing of how pages are made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser

HEADINGS = {"h1", "h2", "h3", "th", "caption", "figcaption", "dt", "title"}
VOID = {"meta", "br", "link", "img", "hr", "input"}


@dataclass
class Cell:
    """A table cell: its text, and the exact values behind its numbers."""

    text: str = ""
    values: list[Decimal] = field(default_factory=list)


@dataclass
class Table:
    """A table of a section, with its caption and body rows."""

    section: str
    caption: str = ""
    rows: list[list[Cell]] = field(default_factory=list)


class Page(HTMLParser):
    """A parsed page. headings: the page's own words in headings, without what the warehouse says (class 'data')."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[str] = []
        self.tables: list[Table] = []
        self.text = ""
        self._open: list[tuple[str, bool]] = []
        self._section = ""
        self._in_body = False
        self.feed(source)
        self.close()
        assert not self._open, f"unclosed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.tags.append((tag, named))
        if tag in VOID:
            return
        self._open.append((tag, "data" in named.get("class", "").split()))
        if tag == "section":
            self._section = named["id"]
        if tag == "table":
            self.tables.append(Table(self._section))
        if tag == "tbody":
            self._in_body = True
        if tag == "tr" and self._in_body:
            self.tables[-1].rows.append([])
        if tag in {"td", "th"} and self._in_body:
            self.tables[-1].rows[-1].append(Cell())
        if tag == "data":
            self.tables and self._in_body and self.tables[-1].rows[-1][-1].values.append(Decimal(named["value"]))
        if tag in HEADINGS:
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"<{opened}> closed by </{tag}>"
        if tag == "tbody":
            self._in_body = False

    def handle_data(self, data: str) -> None:
        names = [tag for tag, _ in self._open]
        if "style" in names:
            return
        self.text += data
        if any(tag in HEADINGS for tag in names) and not any(is_data for _, is_data in self._open):
            self.headings[-1] += data
        if self.tables and "caption" in names:
            self.tables[-1].caption += data
        if self._in_body and ("td" in names or "th" in names):
            self.tables[-1].rows[-1][-1].text += data

    def of(self, section: str) -> list[Table]:
        """The tables of a section."""
        return [table for table in self.tables if table.section == section]


def words(text: str) -> list[str]:
    """The Latin words of a text of two letters and more, units and formulas aside."""
    units = r"CV|RMSE|DW|EWMA|CUSUM|tCO₂e|tCO2e|tce|GJ|kWh|CO₂|CH₄|N₂O|SHA-256|GWP"
    return re.findall(r"[A-Za-z]{2,}", re.sub(units, " ", text))


def is_chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))
