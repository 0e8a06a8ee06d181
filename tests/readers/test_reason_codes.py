"""Every reason the readers give is declared, and every declared one has its texts. Reads no data file."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from pipelines import readers
from pipelines.workspace import SEEDS_DIR

DECLARED = {*readers.REFUSALS, *readers.BAD_ROWS, *readers.NOTICES}
REASONS = SEEDS_DIR / "every_sector" / "reason_codes.csv"
MODULES = sorted(Path(readers.__file__).parent.glob("*.py"))


def raised(module: Path) -> Iterator[str]:
    """Every text constant of a module that looks like a reason code."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            family, _, rest = node.value.partition("_")
            if family in {code.partition("_")[0] for code in DECLARED} and rest and node.value.isupper():
                yield node.value


def test_the_codes_used_are_the_codes_declared() -> None:
    used = {code for module in MODULES if module.name != "__init__.py" for code in raised(module)}
    assert used == DECLARED


def test_every_code_has_its_texts_in_both_languages() -> None:
    with REASONS.open(encoding="utf-8", newline="") as stream:
        texts = {row["code"]: row for row in csv.DictReader(stream)}
    missing = DECLARED - set(texts)
    assert not missing
    assert all(texts[code]["message_zh"] and texts[code]["message_en"] for code in DECLARED)
