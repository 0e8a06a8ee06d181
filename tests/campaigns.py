"""The table of the last campaign, CAMPAIGNS.md: one row a proof, rewritten when `make campaign` has run it."""

from __future__ import annotations

import os
from pathlib import Path

TABLE = Path(__file__).with_name("CAMPAIGNS.md")
HEAD = """# The last campaign

Written by `make campaign`: the long proofs, whole. `make test` runs a seeded sample of each.

| proof | what was done | what came of it | seconds |
|---|---|---|---|
"""


def record(proof: str, done: str, outcome: str, seconds: float) -> None:
    """Put a row of the table in its place; only a campaign does so (TANKU_RECORD), a single test leaves the file alone."""
    if not os.environ.get("TANKU_RECORD"):
        return
    rows = [line for line in _rows() if not line.startswith(f"| {proof} |")]
    rows.append(f"| {proof} | {done} | {outcome} | {seconds:.0f} |")
    TABLE.write_text(HEAD + "\n".join(sorted(rows)) + "\n", encoding="utf-8")


def _rows() -> list[str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines() if TABLE.is_file() else []
    return [line for line in lines if line.startswith("| ") and not line.startswith("| proof")]
