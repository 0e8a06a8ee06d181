"""A TOML table that knows where it stands: every wrong key is answered with the file, the key and what belongs there.

It does not know which keys a feed has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines import units
from pipelines.feeds.contract import Source
from pipelines.units import Unit


class FeedError(Exception):
    """A feed contract is wrong: the bilingual message names the file, the key and what is expected there."""

    exit_code = 2

    def __init__(self, file: Path, key: str, zh: str, en: str):
        super().__init__(f"{file} 的 {key}：{zh}。 / {file}, {key}: {en}.")
        self.file, self.key = file, key


class TomlTable:
    """A TOML table that knows where it stands and which of its keys were asked for."""

    def __init__(self, file: Path, path: str, content: Mapping[str, Any]):
        self.file, self.path, self.content = file, path, dict(content)

    def key(self, name: str) -> str:
        return f"{self.path}.{name}".lstrip(".")

    def wrong(self, name: str, zh: str, en: str) -> FeedError:
        return FeedError(self.file, self.key(name), zh, en)

    def only(self, known: frozenset[str] | set[str]) -> None:
        for name in self.content.keys() - known:
            listed = ", ".join(sorted(known))
            raise self.wrong(name, f"没有这个键；可用：{listed}", f"no such key; known: {listed}")

    def table(self, name: str) -> TomlTable:
        found = self.content.get(name, {})
        if not isinstance(found, dict):
            raise self.wrong(name, "应为表 [..]", "must be a table [..]")
        return TomlTable(self.file, self.key(name), found)

    def get(self, name: str, kind: type, default: Any = None) -> Any:
        found = self.content.get(name, default)
        if found is None or (isinstance(found, kind) and not (kind is int and isinstance(found, bool))):
            return found
        raise self.wrong(name, f"应为 {kind.__name__}，现为 {found!r}", f"must be {kind.__name__}, is {found!r}")

    def one_of(self, name: str, known: tuple[Any, ...], default: Any = None) -> Any:
        found = self.content.get(name, default)
        if found in known:
            return found
        listed = ", ".join(map(str, known))
        raise self.wrong(name, f"应为 {listed} 之一，现为 {found!r}", f"must be one of {listed}, is {found!r}")

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        found = self.content.get(name, default)
        listed = (found,) if isinstance(found, str) else found
        if isinstance(listed, (list, tuple)) and all(isinstance(one, str) for one in listed):
            return tuple(listed)
        raise self.wrong(name, "应为文本或文本列表", "must be text or a list of texts")

    def text_map(self) -> dict[str, str]:
        return {name: self.get(name, str) for name in self.content}

    def source(self, name: str) -> Source:
        found = self.content[name]
        if not isinstance(found, dict):
            return Source(headers=self.texts(name))
        table = self.table(name)
        table.only({"join", "separator", "title", "file_name"})
        source = Source(
            join=table.texts("join"),
            separator=table.get("separator", str, "/"),
            title=table.pattern("title"),
            file_name=table.pattern("file_name"),
        )
        if sum(map(bool, (source.join, source.title, source.file_name))) != 1:
            raise self.wrong(name, "应为 join、title、file_name 之一", "must be one of join, title, file_name")
        return source

    def pattern(self, name: str) -> str:
        found = self.get(name, str, "")
        try:
            is_right = not found or re.compile(found).groups == 1
        except re.error:
            is_right = False
        if not is_right:
            raise self.wrong(name, "应为带一个括号组的正则表达式", "must be a regular expression with one group")
        return found

    def sources(self) -> dict[str, Source]:
        return {name: self.source(name) for name in self.content}

    def maybe_source(self, name: str) -> Source | None:
        return self.source(name) if name in self.content else None

    def unit(self, name: str) -> Unit | None:
        found = self.get(name, str)
        unit = units.unit_of(found) if found else None
        if found and unit is None:
            raise self.wrong(name, f"单位 {found!r} 不在 units.csv 中", f"the unit {found!r} is not in units.csv")
        return unit

    def unit_map(self) -> dict[str, Unit]:
        return {name: unit for name in self.content if (unit := self.unit(name))}
