"""Decisions that people take, each a line of the hash-chained journal: overrides, releases, approvals, corrections, periods,
baseline reviews.

`--as` names a role holder of plan/roles.csv, and the operating system's user is journalled beside it: this proves two
names, not two persons. What a decision does is said by SQL; nothing is computed and nothing takes effect here.
"""

from __future__ import annotations

from pipelines.deciding.correcting import correct, nonconformities, scanned
from pipelines.deciding.events import EVENTS, TABLES
from pipelines.deciding.people import DecisionError, Holder, holder
from pipelines.deciding.periods import (
    NotReportable,
    add_finding,
    advance,
    answer_finding,
    findings,
    positions,
    states,
    verified_figure,
)
from pipelines.deciding.proposing import approve, approve_substitution, override, reject
from pipelines.deciding.releasing import quarantined, release
from pipelines.deciding.reviewing import decide_review, review, reviews
from pipelines.deciding.standing import Decided, listed, read, since_build, with_releases

__all__ = [
    "EVENTS",
    "TABLES",
    "Decided",
    "DecisionError",
    "Holder",
    "NotReportable",
    "add_finding",
    "advance",
    "answer_finding",
    "approve",
    "approve_substitution",
    "correct",
    "decide_review",
    "findings",
    "holder",
    "listed",
    "nonconformities",
    "override",
    "positions",
    "quarantined",
    "read",
    "reject",
    "release",
    "review",
    "reviews",
    "scanned",
    "since_build",
    "states",
    "verified_figure",
    "with_releases",
]
