"""The builds that are kept: which there are, which one is published, whether they are whole, and which may go.

It makes no build (its room does).
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pipelines.archive import journal
from pipelines.archive.closed_periods import closed_periods
from pipelines.durable import sync_folder
from pipelines.locking import BuildLock, BuildLocked
from pipelines.publishing import file_hashes
from pipelines.publishing.manifest import NAME, BuildManifest, ManifestError
from pipelines.workspace import Workspace

_PRUNED = ".pruned-"
_log = logging.getLogger(__name__)


def published_build(workspace: Workspace) -> BuildManifest | None:
    """The build that readers see; None when there is none, or (which is logged) when its manifest cannot be read."""
    build_id = published_id(workspace)
    return _readable(workspace.builds / build_id) if build_id else None


def published_id(workspace: Workspace) -> str | None:
    """The name of the build the pointer points at, whether or not it is whole."""
    return workspace.published.readlink().name if workspace.published.is_symlink() else None


def builds(workspace: Workspace) -> list[BuildManifest]:
    """Every sealed build, oldest first: by where the journal stood, not by the clock."""
    sealed = [manifest for folder in _folders(workspace) if (manifest := _readable(folder))]
    return sorted(sealed, key=lambda manifest: (manifest.journal_seq, manifest.build_id))


def verify_build(workspace: Workspace, build_id: str) -> list[str]:
    """What is wrong with a build, each finding bilingual; empty when every byte is as sealed and the journal agrees.

    Compares the manifest with the journal's `published` line, the journal with the place the manifest remembers, and
    every file with its hash; a file that the manifest does not know (a `.wal` above all) is a finding too.
    """
    folder = workspace.builds / build_id
    try:
        manifest = BuildManifest.read(folder)
    except ManifestError as error:
        return [str(error)]
    return [*_wrong_in_journal(workspace, folder, manifest), *_wrong_in_files(folder, manifest), *_mixed(manifest)]


def prune(workspace: Workspace, keep: int, dry_run: bool = False) -> list[str]:
    """Remove old builds; returns the ids of those removed, or with `dry_run` of those that would be.

    Kept: the published build, those that hold a closed period, and the newest `keep`. A candidate left behind by a dead
    build goes too, listed as 'candidate'. Each removal is journalled before it happens.
    """
    everything = [manifest.build_id for manifest in builds(workspace)]
    newest = everything[-keep:] if keep > 0 else []
    safe = {*newest, published_id(workspace), *_closed(workspace)}
    going = [build_id for build_id in everything if build_id not in safe]
    if dry_run:
        return going + (["candidate"] if workspace.candidate.is_dir() and not _is_building(workspace) else [])
    # First what needs no journal line: on a full disk its room lets the journal be written.
    removed = _remove_dead_candidate(workspace)
    for build_id in going:
        journal.append(workspace.journal, "pruned", build_id=build_id)
        (workspace.builds / build_id).rename(workspace.builds / f"{_PRUNED}{build_id}")
        sync_folder(workspace.builds)
    for folder in workspace.builds.glob(f"{_PRUNED}*"):
        shutil.rmtree(folder)
    return going + removed


def _folders(workspace: Workspace) -> Iterator[Path]:
    if workspace.builds.is_dir():
        for folder in sorted(workspace.builds.iterdir()):
            if folder != workspace.candidate and not folder.name.startswith(".") and (folder / NAME).is_file():
                yield folder


def _readable(folder: Path) -> BuildManifest | None:
    try:
        return BuildManifest.read(folder)
    except ManifestError as error:
        _log.warning("%s", error)
        return None


def _wrong_in_journal(workspace: Workspace, folder: Path, manifest: BuildManifest) -> Iterator[str]:
    name = folder.name
    lines = journal.read(workspace.journal)
    published = [line for line in lines if line["event"] == "published" and line["build_id"] == name]
    if manifest.build_id != name:
        yield f"{name}: 清单属于另一个构建 / its manifest is another build's: {manifest.build_id}"
    found = hashlib.sha256((folder / NAME).read_bytes()).hexdigest()
    if published and published[-1]["manifest_sha256"] != found:
        yield f"{name}/{NAME}: 与日志所记不符 / is not what the journal says was published"
    seq = manifest.journal_seq
    anchor = lines[seq - 1]["hash"] if 0 < seq <= len(lines) else journal.GENESIS
    if anchor != manifest.journal_hash:
        yield f"{name}: 日志第 {seq} 行已非当时的样子 / journal line {seq} is not what it was"


def _wrong_in_files(folder: Path, manifest: BuildManifest) -> Iterator[str]:
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    del found[NAME]
    for name in sorted(manifest.files.keys() - found.keys()):
        yield f"{folder.name}/{name}: 文件不见了 / the file is missing"
    for name in sorted(found.keys() - manifest.files.keys()):
        yield f"{folder.name}/{name}: 清单里没有这个文件 / the manifest does not know this file"
    hashes = file_hashes.hash_files(list(found.values()))
    for name, path in found.items():
        if name in manifest.files and hashes[path].sha256 != manifest.files[name]["sha256"]:
            yield f"{folder.name}/{name}: 内容已变 / its content has changed"


def _mixed(manifest: BuildManifest) -> Iterator[str]:
    if changed := manifest.changed_while_building:
        what = ", ".join(changed[:5]) + (" …" if len(changed) > 5 else "")
        yield (
            f"{manifest.build_id}: 构建期间代码或规则被改动，请重新构建：{what}"
            f" / code or rules changed while it was built, build again: {what}"
        )


def _closed(workspace: Workspace) -> set[str]:
    """Builds that hold a closed period: journalled `closed` and not `reopened` since."""
    return {line["build_id"] for line in closed_periods(workspace.journal).values()}


def _is_building(workspace: Workspace) -> bool:
    try:
        with BuildLock(workspace.lock, what=None):
            return False
    except BuildLocked:
        return True


def _remove_dead_candidate(workspace: Workspace) -> list[str]:
    with suppress(BuildLocked), BuildLock(workspace.lock, what=None):
        if workspace.candidate.is_dir():
            shutil.rmtree(workspace.candidate)
            return ["candidate"]
    return []
