"""Closed periods: what was reported is kept as it was, with digests, rules and inputs, whatever comes later.

A closing is a folder in `closed/` and a line of the journal that holds the folder's own hash. It computes no figure: what a
closed period comes to now, and why, is said by dbt_project/models/restatements and marts.
"""

from __future__ import annotations

from pipelines.closing.closed import Closing, ClosingError, closings, inputs_of, tables_of, verify
from pipelines.closing.laying import lay_down, lay_nothing
from pipelines.closing.rerunning import rerun
from pipelines.closing.taking import close, days_of, reopen

__all__ = [
    "Closing",
    "ClosingError",
    "close",
    "closings",
    "days_of",
    "inputs_of",
    "lay_down",
    "lay_nothing",
    "reopen",
    "rerun",
    "tables_of",
    "verify",
]
