"""Everything a build is a pure function of, by hash. It is quick, imports no engine, and decides nothing.

A build with the same fingerprint under the same libraries gives the same digits, so it need not be run again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import archive
from pipelines.archive import journal
from pipelines.workspace import DBT_PROJECT_DIR, EXPECTATIONS_DIR, PROJECT_ROOT, SEEDS_DIR, Workspace

# Journal events that tell what a build or its upkeep did; every other event is somebody's decision and counts.
HOUSEKEEPING = frozenset({"published", "pruned", "interrupted", journal.TORN})
# dbt's own output, and what editors and Python leave behind.
_NOT_INPUTS = frozenset({"target", "logs", "dbt_packages", "__pycache__"})
# Read while a build runs: the enterprise's own files, and the product's code and rules.
OWN_FILES = ("settings", "plan", "feeds")
CODE = ("code", "seeds", "expectations")
# Where the journal stood: kept in the manifest as an anchor, but publishing itself moves it.
_NOT_FINGERPRINTED = frozenset({"journal"})


def collect(workspace: Workspace, as_of: date | None) -> dict[str, Any]:
    """Each input by hash: deliveries and decisions from the journal, and every file read, as {path: SHA-256}."""
    lines = journal.read(workspace.journal)
    return {
        "as_of": as_of.isoformat() if as_of else None,
        "journal": {"seq": len(lines), "hash": lines[-1]["hash"] if lines else journal.GENESIS},
        "deliveries": [delivery_key(one) for one in archive.folded(workspace, lines)],
        "decisions": [line["hash"] for line in lines if line["event"] not in HOUSEKEEPING | archive.EVENTS],
        **read_while_building(workspace),
    }


def read_while_building(workspace: Workspace) -> dict[str, dict[str, str]]:
    """The files that a build reads on its way: if one changes meanwhile, the build is of no one state of them."""
    return {
        "settings": _hashes(workspace.root, [workspace.settings_file]),
        "plan": _hashes(workspace.plan, _files(workspace.plan)),
        "feeds": _hashes(workspace.feeds, _files(workspace.feeds)),
        "seeds": _hashes(SEEDS_DIR, _files(SEEDS_DIR)),
        "expectations": _hashes(EXPECTATIONS_DIR, _files(EXPECTATIONS_DIR)),
        "code": _hashes(PROJECT_ROOT, _code()),
    }


def fingerprint(inputs: dict[str, Any]) -> str:
    """SHA-256 (hex) over the inputs that `collect` gave."""
    return _hash({part: value for part, value in inputs.items() if part not in _NOT_FINGERPRINTED})


def input_fingerprint(workspace: Workspace, as_of: date | None) -> str:
    """The fingerprint of the workspace as it stands now."""
    return fingerprint(collect(workspace, as_of))


def code_version(inputs: dict[str, Any]) -> str:
    """Which code, rules and locked libraries: one hash over them."""
    return _hash({part: inputs.get(part) for part in CODE})[:16]


def delivery_key(delivery: archive.Delivery) -> list[Any]:
    """What a build can see of a delivery, its instant of receipt left out."""
    return [
        delivery.received_seq,
        delivery.file_sha256,
        delivery.file_name,
        delivery.event,
        delivery.first_seq,
        delivery.reason,
    ]


def _code() -> Iterator[Path]:
    yield from _files(PROJECT_ROOT / "pipelines", {".py", ".sql", ".toml", ".j2", ".css", ".csv"})
    yield from _files(DBT_PROJECT_DIR, {".sql", ".yml", ".py"})
    yield PROJECT_ROOT / "requirements.lock"


def _files(folder: Path, suffixes: set[str] | None = None) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name.startswith((".", "~$")) or path.name in _NOT_INPUTS:
            continue
        if path.is_dir():
            yield from _files(path, suffixes)
        elif suffixes is None or path.suffix in suffixes:
            yield path


def _hashes(root: Path, files: Iterable[Path]) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(files)
        if file.is_file()
    }


def _hash(value: object) -> str:
    return hashlib.sha256(journal.canonical(value)).hexdigest()
