"""What was planted: one record per error. It plants nothing and finds nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.detection.files import Row


@dataclass
class Fault:
    """One error put into the files of one build.

    fault_id: 'B1-017'. kind: what a person did wrong. facilities, streams: whose data it spoils; months: the months whose
    figures it truly alters ('2024-03'; an error in a register's reading alters two). files: the files that hold it.
    spoilt: (file, row) of altered rows that are still there; `rows`: their numbers, once all is planted. owns_file: the
    whole file is the error. is_alone: no other error is in its files, and `holds` is what stands in them. wide: output,
    by which all of a site is divided: it makes alarms there explicable, which is no detection. is_resent: the same data
    came once more and nothing should come of it.
    """

    fault_id: str
    kind: str
    facilities: tuple[str, ...]
    streams: tuple[str, ...]
    months: tuple[str, ...]
    files: tuple[str, ...]
    note: str = ""
    owns_file: bool = False
    is_alone: bool = False
    holds: frozenset[tuple[str, str]] = frozenset()
    wide: bool = False
    is_resent: bool = False
    spoilt: list[tuple[str, Row]] = field(default_factory=list)
    rows: tuple[tuple[str, int], ...] = ()
