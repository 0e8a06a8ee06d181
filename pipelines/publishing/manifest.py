"""A build's manifest: every input and every file of it by hash, so that any two builds can be compared.

It is data on a page: it neither seals nor publishes nor gathers the inputs (inputs.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

NAME = "manifest.json"


class ManifestError(Exception):
    """A manifest is missing or cannot be read; the message is bilingual."""


@dataclass(frozen=True)
class BuildManifest:
    """What a sealed build is made of.

    fingerprint: SHA-256 of its inputs. inputs: each input by hash (see inputs.collect). as_of: ISO date. files: path in
    the build's folder → {sha256, byte_count}. marts_digests: table → digest. marts_schema: digest of the marts'
    columns. code_version: hash of the code. changed_while_building: files of code or rules that changed between start
    and sealing; such a build is of no one code version and verify_build says so. journal_seq, journal_hash: the
    journal's last line when the inputs were gathered. build_info: what the caller added.
    """

    build_id: str
    sealed_at: str
    sealed_by: str
    as_of: str | None
    fingerprint: str
    code_version: str
    changed_while_building: list[str]
    marts_schema: str
    marts_digests: dict[str, str]
    files: dict[str, dict[str, Any]]
    journal_seq: int
    journal_hash: str
    build_info: dict[str, Any]
    inputs: dict[str, Any]

    @property
    def byte_count(self) -> int:
        """Size of the build's files on disk, the manifest not counted."""
        return sum(file["byte_count"] for file in self.files.values())

    def text(self) -> bytes:
        """The manifest as it stands in the build's folder."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    @property
    def sha256(self) -> str:
        """The manifest's own hash, as the journal names it."""
        return hashlib.sha256(self.text()).hexdigest()

    @classmethod
    def read(cls, folder: Path) -> BuildManifest:
        """The manifest of the build in `folder`; ManifestError when it is missing or damaged."""
        try:
            return cls(**json.loads((folder / NAME).read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise ManifestError(
                f"构建 {folder.name} 的清单读不出来 / the manifest of build {folder.name} cannot be read: {error}"
            ) from error


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What differs between two builds' inputs, as `part` or `part/name`, sorted: 'as_of', 'plan/meters.csv' …"""
    found: list[str] = []
    for part in sorted(before.keys() | after.keys()):
        old, new = before.get(part), after.get(part)
        if isinstance(old, dict) and isinstance(new, dict):
            found += [f"{part}/{name}" for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
        elif old != new:
            found.append(part)
    return found
