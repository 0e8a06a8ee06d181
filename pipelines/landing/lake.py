"""The lake: landed files as Parquet, content-addressed, each checked against its SHA-256 before it is used again.

A stem names everything its files depend on: the delivered bytes and name, the feed, the rules and the code's versions.
It lands nothing itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import durable, reasons, records, rules, units
from pipelines.archive import Delivery
from pipelines.feeds import Feed
from pipelines.landing import numbers
from pipelines.landing.accounts import FileAccount
from pipelines.readers import READER_VERSION
from pipelines.workspace import Workspace

# Raise it whenever the same bytes under the same feed would become other records.
LANDING_VERSION = "1"
ACCOUNTS = "file_account"
# The rules landing reads beside the feeds: a changed rule lands every file again.
RULES = (units.UNITS_FILE, *rules.files("fuels"), numbers.SENTINELS_FILE, reasons.REASONS_FILE)
_ROW_GROUP = 50_000


@dataclass(frozen=True)
class Stem:
    """The name under which one delivery's files lie in the lake. feed: its name, '' for a file that was refused."""

    name: str
    feed: str


def stem_of(delivery: Delivery, feed: Feed | None, known: Sequence[Feed]) -> Stem:
    """`<file hash>-<feed hash>-<reader version>`; of a refused file, the hash of all feeds it was refused by."""
    of_feed = [feed.name, feed.digest] if feed else [part for one in known for part in (one.name, one.digest)]
    hashed = _hash([*of_feed, *_circumstances(delivery), LANDING_VERSION, _rules()])
    return Stem(f"{delivery.file_sha256[:16]}-{hashed[:8]}-{READER_VERSION}", feed.name if feed else "")


def remembered_claim(workspace: Workspace, delivery: Delivery, known: Sequence[Feed]) -> Stem | None:
    """The stem under which these feeds landed this delivery before; None when they have not."""
    file = _claim_file(workspace, delivery, known)
    try:
        name = json.loads(file.read_text(encoding="utf-8"))["feed"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    feed = next((one for one in known if one.name == name), None)
    return stem_of(delivery, feed, known) if feed or name == "" else None


def remember_claim(workspace: Workspace, delivery: Delivery, known: Sequence[Feed], feed: Feed | None) -> None:
    """Keep which feed claimed a delivery, so that it need not be read to know."""
    file = _claim_file(workspace, delivery, known)
    file.parent.mkdir(parents=True, exist_ok=True)
    durable.write_whole(file, json.dumps({"feed": feed.name if feed else ""}).encode())


def store(workspace: Workspace, stem: Stem, tables: Mapping[str, pa.Table]) -> None:
    """Write one Parquet file per table, then the list of their hashes: without that list nothing was stored."""
    lines = []
    with durable.naming_full_disk(workspace.lake):
        for name, table in tables.items():
            file = workspace.lake / name / f"{stem.name}.parquet"
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, table)
            lines.append(f"{sha256_of(file)}  {name}/{file.name}\n")
        durable.write_whole(_hashes_file(workspace, stem), "".join(lines).encode())


def stored(workspace: Workspace, stem: Stem, verify: bool) -> dict[str, Path] | None:
    """Table name → file of a stem; None when it is not there whole. verify: read and hash every file."""
    try:
        lines = _hashes_file(workspace, stem).read_text(encoding="utf-8").splitlines()
        listed = [line.split("  ", 1) for line in lines]
        files = {name.split("/")[0]: (workspace.lake / name, digest) for digest, name in listed}
    except (OSError, ValueError):
        return None
    for file, digest in files.values():
        if not file.is_file() or (verify and sha256_of(file) != digest):
            return None
    return {name: file for name, (file, _) in files.items()} if ACCOUNTS in files else None


def account_in(file: Path, file_name: str) -> FileAccount:
    """The account that lies in a file of `file_account`."""
    row = pq.read_table(file).to_pylist()[0]
    return FileAccount(**row | {"codes": tuple(row["codes"]), "file_name": file_name})


def sha256_of(file: Path) -> str:
    """SHA-256 (hex) of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(file: Path, table: pa.Table) -> None:
    """Whole or not at all. A day's values are stored as differences: smaller and quicker than any general packing."""
    partial = file.with_name(f".{file.name}.part")
    options: dict[str, Any] = {}
    if {"values", "flags"} <= set(table.column_names):
        texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
        options["use_dictionary"] = [*texts, "flags.list.element"]
        options["column_encoding"] = {"values.list.element": "DELTA_BINARY_PACKED"}
    pq.write_table(
        table,
        partial,
        compression="zstd",
        compression_level=1,
        row_group_size=_ROW_GROUP,
        store_schema=False,
        store_decimal_as_integer=True,
        **options,
    )
    partial.replace(file)


def _hashes_file(workspace: Workspace, stem: Stem) -> Path:
    return workspace.lake / ACCOUNTS / f"{stem.name}.sha256"


def _claim_file(workspace: Workspace, delivery: Delivery, known: Sequence[Feed]) -> Path:
    hashed = _hash(
        [*(part for one in known for part in (one.name, one.digest)), *_circumstances(delivery), LANDING_VERSION]
    )
    return workspace.lake / "claim" / f"{delivery.file_sha256[:16]}-{hashed[:8]}-{READER_VERSION}.json"


def _circumstances(delivery: Delivery) -> list[str]:
    """What a landed file says of its delivery beside its bytes, and what was decided of its rows."""
    told = [delivery.file_sha256, delivery.file_name, str(delivery.first_seq), delivery.received_at.date().isoformat()]
    return told + [repr(release) for release in delivery.releases]


@cache
def _rules() -> str:
    return _hash([file.read_bytes().hex() for file in RULES])


def _hash(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def with_lineage(table: pa.Table, record_type: str, delivery: Delivery, feed: Feed) -> pa.Table:
    """Records with their way home in place of their origin: file, sheet, rows, order of receipt, feed."""
    count = table.num_rows
    fixed = {
        "file_sha256": pa.repeat(pa.scalar(delivery.file_sha256), count),
        "received_seq": pa.repeat(pa.scalar(delivery.first_seq, pa.int64()), count),
        "feed": pa.repeat(pa.scalar(feed.name), count),
    }
    names = records.schema_of(record_type).names
    return pa.table([fixed[name] if name in fixed else table.column(name) for name in names], names=names)
