"""Candidate → sealed → published: the only way by which a build comes before readers. It computes and judges nothing.

A build works in `builds/candidate`. Sealing closes it: no process has the warehouse open, no `.wal` lies beside it,
every file is hashed and on the disk, the manifest names all inputs; then one rename makes it `builds/<id>`. Publishing
moves the pointer `published` in one more rename. Whatever happens before that, readers go on seeing what they saw.
"""

from __future__ import annotations

import json
import shutil
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipelines.archive import journal
from pipelines.durable import DiskFull, naming_full_disk, require_free, sync_folder, write_whole
from pipelines.locking import user_name
from pipelines.publishing import file_hashes
from pipelines.publishing import inputs as build_inputs
from pipelines.publishing.builds import builds, prune, published_build, published_id, verify_build
from pipelines.publishing.file_hashes import StillOpen
from pipelines.publishing.inputs import input_fingerprint
from pipelines.publishing.manifest import NAME, BuildManifest, differences
from pipelines.workspace import Workspace

__all__ = [
    "BuildManifest",
    "DiskFull",
    "InputsChanged",
    "PublishingError",
    "StillOpen",
    "builds",
    "input_fingerprint",
    "prune",
    "publish",
    "published_build",
    "published_id",
    "seal",
    "start_candidate",
    "verify_build",
]

LEAST_FREE_BYTES = 200_000_000
GROWTH = 3
_INPUTS = ".inputs.json"


class PublishingError(Exception):
    """The candidate is not fit to be sealed, or the pointer cannot be moved; the message is bilingual."""


class InputsChanged(PublishingError):
    """The plan, a feed, the settings or a delivery changed while the build ran: it is of no one state. `changed`: what."""

    def __init__(self, changed: list[str]):
        self.changed = changed
        what = ", ".join(changed[:10]) + (" …" if len(changed) > 10 else "")
        super().__init__(
            f"构建期间输入发生了变化：{what}；没有发布，请再运行一次。"
            f" / inputs changed while the build was running: {what}; nothing was published, run it again."
        )


def start_candidate(workspace: Workspace, needed_bytes: int | None = None) -> Path:
    """An empty `builds/candidate`, and the inputs as they stand now noted in it. Call it with the build lock held.

    needed_bytes: what must be free on the volume; else 3 × the last build's size and at least 200 MB. Raises DiskFull.
    """
    workspace.builds.mkdir(parents=True, exist_ok=True)
    with naming_full_disk(workspace.builds):
        _journal_pointer(workspace)
        if workspace.candidate.exists():
            shutil.rmtree(workspace.candidate)
        require_free(workspace.builds, estimate(workspace) if needed_bytes is None else needed_bytes)
        workspace.candidate.mkdir()
        noted = build_inputs.collect(workspace, None)
        write_whole(workspace.candidate / _INPUTS, journal.canonical(noted))
    return workspace.candidate


def estimate(workspace: Workspace) -> int:
    """Bytes that must be free before a build starts."""
    made = builds(workspace)
    return max(GROWTH * made[-1].byte_count if made else 0, LEAST_FREE_BYTES)


def publish(workspace: Workspace, build_info: dict[str, Any] | None = None) -> BuildManifest:
    """Seal the candidate and move the pointer to it; returns its manifest.

    Raises StillOpen, InputsChanged, PublishingError, DiskFull; `published` then points where it pointed.
    """
    noted = workspace.candidate / _INPUTS
    if not noted.is_file():
        raise PublishingError("没有候选构建可发布。 / there is no candidate to publish.")
    manifest = seal(workspace, json.loads(noted.read_bytes()), build_info or {})
    with naming_full_disk(workspace.root):
        _point_at(workspace, manifest.build_id)
    return manifest


def seal(workspace: Workspace, inputs: dict[str, Any], build_info: dict[str, Any]) -> BuildManifest:
    """Turn `builds/candidate` into `builds/<id>`, whole and on the disk, with its manifest; not published yet.

    inputs: what `inputs.collect` gave when the build started; its as_of is read off the candidate. build_info: anything
    plain to keep with the build. Raises as `publish` does.
    """
    with naming_full_disk(workspace.builds):
        files = _hashed(workspace)
        facts = _facts(workspace)
        facts["changed_code"] = _changed_code(workspace, inputs, facts.pop("deliveries"), facts.pop("decisions"))
        inputs = inputs | {"as_of": facts["as_of"] or inputs.get("as_of")}
        manifest = _manifest(workspace, inputs, build_info, files, facts)
        folder = workspace.candidate
        (folder / _INPUTS).unlink(missing_ok=True)
        write_whole(folder / NAME, manifest.text())
        _freeze(folder)
        folder.rename(workspace.builds / manifest.build_id)
        sync_folder(workspace.builds)
    return manifest


def _hashed(workspace: Workspace) -> dict[str, dict[str, Any]]:
    folder = workspace.candidate
    if not workspace.candidate_warehouse.is_file():
        raise PublishingError("候选构建里没有数据仓库。 / the candidate holds no warehouse.")
    if wal := next(folder.rglob("*.wal"), None):
        raise PublishingError(
            f"{wal} 还在：数据仓库没有完整写盘。 / {wal} is still there: the warehouse was not checkpointed and closed."
        )
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in {_INPUTS, NAME}]
    hashes = file_hashes.hash_files(paths, closed=[path for path in paths if path.suffix == ".duckdb"])
    return {path.relative_to(folder).as_posix(): vars(hashes[path]) for path in paths}


def _facts(workspace: Workspace) -> dict[str, Any]:
    """What the sealed warehouse says of itself: its marts' digests, its date, the deliveries it was built from."""
    from pipelines import warehouse
    from pipelines.publishing import digests

    with warehouse.reading(workspace.candidate_warehouse) as connection:
        found = connection.execute("select table_schema || '.' || table_name from information_schema.tables").fetchall()
        tables = {name for (name,) in found}
        as_of = deliveries = None
        decisions: list[str] = []
        if "settings.build" in tables:
            as_of = connection.execute("select as_of from settings.build").fetchall()[0][0]
        if "archive.deliveries" in tables:
            rows = "select received_seq, file_sha256, file_name, event, first_seq, reason from archive.deliveries"
            deliveries = [list(row) for row in connection.execute(f"{rows} order by received_seq").fetchall()]
        if "decisions.lines" in tables:
            decisions = [line for (line,) in connection.execute("select line_hash from decisions.lines").fetchall()]
        return {
            "as_of": as_of.isoformat() if isinstance(as_of, date) else None,
            "deliveries": deliveries,
            "decisions": decisions,
            "marts_digests": digests.mart_digests(connection),
            "marts_schema": digests.schema_digest(connection),
        }


def _changed_code(
    workspace: Workspace, inputs: dict[str, Any], deliveries: list[list[Any]] | None, decisions: list[str]
) -> list[str]:
    """Code and rules that changed since the start; InputsChanged when one of the enterprise's own inputs did."""
    now = build_inputs.read_while_building(workspace)
    changed = {
        parts: differences(*({part: held[part] for part in parts if part in inputs} for held in (inputs, now)))
        for parts in (build_inputs.OWN_FILES, build_inputs.CODE)
    }
    own = changed[build_inputs.OWN_FILES]
    if deliveries is not None and "deliveries" in inputs and deliveries != inputs["deliveries"]:
        own.append("deliveries")
    if not set(decisions) <= set(inputs.get("decisions", decisions)):
        own.append("decisions")
    if own:
        raise InputsChanged(own)
    return changed[build_inputs.CODE]


def _manifest(
    workspace: Workspace,
    inputs: dict[str, Any],
    build_info: dict[str, Any],
    files: dict[str, dict[str, Any]],
    facts: dict[str, Any],
) -> BuildManifest:
    fingerprint = build_inputs.fingerprint(inputs)
    sealed_at = _unused_instant(workspace, fingerprint)
    head = inputs.get("journal", {"seq": 0, "hash": journal.GENESIS})
    return BuildManifest(
        build_id=_build_id(sealed_at, fingerprint),
        sealed_at=sealed_at.isoformat(timespec="milliseconds"),
        sealed_by=user_name(),
        as_of=inputs["as_of"],
        fingerprint=fingerprint,
        code_version=build_inputs.code_version(inputs),
        changed_while_building=facts["changed_code"],
        marts_schema=facts["marts_schema"],
        marts_digests=facts["marts_digests"],
        files=files,
        journal_seq=head["seq"],
        journal_hash=head["hash"],
        build_info=build_info,
        inputs=inputs,
    )


def _build_id(sealed_at: datetime, fingerprint: str) -> str:
    return f"{sealed_at:%Y%m%dT%H%M%S}{sealed_at.microsecond // 1000:03d}Z-{fingerprint[:8]}"


def _unused_instant(workspace: Workspace, fingerprint: str) -> datetime:
    while (workspace.builds / _build_id(now := datetime.now(UTC), fingerprint)).exists():
        time.sleep(0.001)
    return now


def _freeze(folder: Path) -> None:
    # Write-protected, so that nobody opens a published warehouse for writing by mistake; every name made durable.
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
        else:
            path.chmod(0o444)
    sync_folder(folder)


def _point_at(workspace: Workspace, build_id: str) -> None:
    if workspace.published.exists() and not workspace.published.is_symlink():
        raise PublishingError(
            f"{workspace.published} 不是指针而是文件夹，请先移走。"
            f" / {workspace.published} is not the pointer but a folder: move it away first."
        )
    there, back = workspace.root / ".published.there.part", workspace.root / ".published.back.part"
    _make_pointer(there, workspace, build_id)
    # What takes room is done before the pointer moves, so that it can move back when the journal has none left.
    _make_pointer(back, workspace, published_id(workspace))
    there.replace(workspace.published)
    try:
        sync_folder(workspace.root)
        _journal_pointer(workspace)
    except BaseException:
        _move_back(back, workspace)
        raise
    back.unlink(missing_ok=True)


def _make_pointer(pointer: Path, workspace: Workspace, build_id: str | None) -> None:
    pointer.unlink(missing_ok=True)
    if build_id is not None:
        pointer.symlink_to(Path(workspace.builds.name) / build_id)


def _move_back(back: Path, workspace: Workspace) -> None:
    if back.is_symlink():
        back.replace(workspace.published)
    else:
        workspace.published.unlink()


def _journal_pointer(workspace: Workspace) -> None:
    """Journal the build the pointer points at, unless it is there: after a kill in between, the next build does it."""
    build = published_build(workspace)
    if build is None:
        return
    lines = journal.read(workspace.journal)
    told = [line["build_id"] for line in lines if line["event"] == "published"]
    if not told or told[-1] != build.build_id:
        journal.append(workspace.journal, "published", build_id=build.build_id, manifest_sha256=build.sha256)
