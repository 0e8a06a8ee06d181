"""The closed periods that there are, and whether their files are what the journal says. It closes none."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.archive.closed_periods import closed_periods
from pipelines.publishing import file_hashes
from pipelines.workspace import Workspace

MANIFEST = "manifest.json"
MARTS, TABLES, RULES, INPUTS = "marts", "tables", "rules", "inputs"


class ClosingError(Exception):
    """A period that cannot be closed, found or read; the message is bilingual."""

    exit_code = 2

    def __init__(self, zh: str, en: str):
        super().__init__(f"{zh} / {en}")


@dataclass(frozen=True)
class Closing:
    """One closed period, as its manifest says.

    name: the folder in `closed/`. since, until: first day, and the day after the last. facilities, regimes: what it holds.
    build_id, as_of, journal_seq, code_version: the build it was taken from. build: that build's whole manifest. files:
    path → {sha256, byte_count}. marts_digests: mart → digest of its rows of the period, the same on any machine.
    """

    name: str
    since: str
    until: str
    facilities: list[str]
    regimes: list[str]
    build_id: str
    as_of: str
    journal_seq: int
    code_version: str
    closed_by: str
    marts_digests: dict[str, str]
    files: dict[str, dict[str, Any]]
    build: dict[str, Any]

    @property
    def period(self) -> tuple[date, date]:
        return date.fromisoformat(self.since), date.fromisoformat(self.until)

    def text(self) -> bytes:
        """The manifest as it stands in the folder."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def closings(workspace: Workspace) -> list[Closing]:
    """Every period that is closed and was not reopened since, in the order of closing.

    Raises ClosingError, naming the file, when a manifest is not what the journal says.
    """
    held = closed_periods(workspace.journal)
    # a line of an older workspace may close a build without any folder: it protects the build, no more
    digests = {name: line["manifest_sha256"] for name, line in held.items() if "manifest_sha256" in line}
    return [_read(workspace.closed / name / MANIFEST, digest) for name, digest in digests.items()]


def _read(file: Path, digest: str) -> Closing:
    try:
        text = file.read_bytes()
    except OSError as error:
        raise _damaged(file, "读不出来", f"cannot be read ({error.strerror})") from error
    if hashlib.sha256(text).hexdigest() != digest:
        raise _damaged(file, "与日志所记的哈希不符", "does not have the hash that the journal holds")
    return Closing(**json.loads(text))


def verify(workspace: Workspace, closing: Closing) -> None:
    """Read every byte of a closed period; ClosingError names the first file that is missing or is not as it was closed."""
    folder = workspace.closed / closing.name
    paths = {name: folder / name for name in closing.files}
    for path in paths.values():
        if not path.is_file():
            raise _damaged(path, "文件不见了", "is missing")
    hashes = file_hashes.hash_files(list(paths.values()))
    for name, path in paths.items():
        if hashes[path].sha256 != closing.files[name]["sha256"]:
            raise _damaged(path, "内容与关闭时的哈希不符", "is not what was closed: its hash differs")


def tables_of(workspace: Workspace, closing: Closing) -> Path:
    """The folder of the tables that a comparison reads: `<schema>.<table>.parquet`."""
    return workspace.closed / closing.name / TABLES


def inputs_of(workspace: Workspace, closing: Closing) -> Path:
    """The folder of settings, plan, feeds and rules as they were."""
    return workspace.closed / closing.name / INPUTS


def _damaged(path: Path, zh: str, en: str) -> ClosingError:
    return ClosingError(
        f"已关闭期间的文件 {path} {zh}；请从备份恢复该文件，不要修改。",
        f"{path} of a closed period {en}: restore the file from a backup, do not edit it.",
    )
