"""What the columns of a mart mean, as its dbt model describes them. It describes nothing itself."""

from __future__ import annotations

import re
from functools import cache

from pipelines.workspace import DBT_PROJECT_DIR

# the Chinese term stands once in a description: before the English words, or in parentheses among them
_LEADING = re.compile(r"([\u4e00-\u9fff][^\sA-Za-z]*)\s*(.*)", re.DOTALL)
_TERM = re.compile(r"\s*[(（]([^()（）]*[\u4e00-\u9fff][^()（）]*)[)）]")


def of_columns(mart: str) -> dict[str, tuple[str, str]]:
    """Column → (Chinese term, English sentence) of a mart; empty for a mart without a description."""
    return {name: parted(text) for name, text in _described().get(mart, {}).items()}


def parted(description: str) -> tuple[str, str]:
    """('排放量', 'Emissions in tonnes.') from '排放量 Emissions in tonnes.' and from 'Emissions (排放量) in tonnes.'."""
    leading = _LEADING.fullmatch(description.strip())
    if leading:
        return leading[1], leading[2]
    found = _TERM.search(description)
    if not found:
        return "", description.strip()
    return found[1].strip(), (description[: found.start()] + description[found.end() :]).strip()


@cache
def _described() -> dict[str, dict[str, str]]:
    import yaml

    described = {}
    for file in sorted((DBT_PROJECT_DIR / "models" / "marts").glob("*.yml")):
        for model in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("models", []):
            columns = model.get("columns", [])
            described[model["name"]] = {column["name"]: column.get("description") or "" for column in columns}
    return described
