"""dbt's parse of the project, kept by what was parsed: one parse serves every workspace. It runs no model.

A parse takes longer than all the models of a small sheet. It depends on the project's files and on dbt itself, on nothing
of a workspace: of the warehouse's path only the base name goes into it, and that is always the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines.kept import Kept
from pipelines.workspace import DBT_PROJECT_DIR

# dbt's own folder for what it makes, which no commit holds; of other states of the code only a few are kept
KEPT = Kept(DBT_PROJECT_DIR / "target" / "parsed", most=8)
_MANIFEST, _PARTIAL = "manifest.json", "partial_parse.msgpack"


def lay_down(target: Path, parse: Callable[[], object]) -> Any:
    """The parsed project as dbt's runner takes it; `target` then holds its manifest.json.

    parse: runs `dbt parse` with `target` as its target path; called only where no parse of these files is kept.
    """
    of_project = fingerprint()

    def made(name: str) -> Callable[[], bytes]:
        def read() -> bytes:
            if not done:
                parse()
                done.append(True)
            return (target / name).read_bytes()

        return read

    done: list[bool] = []
    target.mkdir(parents=True, exist_ok=True)
    partial = KEPT.get(f"{of_project} {_PARTIAL}", made(_PARTIAL))
    manifest = KEPT.get(f"{of_project} {_MANIFEST}", made(_MANIFEST))
    mark = target / "manifest.inputs"
    if not (mark.is_file() and mark.read_text() == of_project and (target / _MANIFEST).is_file()):
        (target / _MANIFEST).write_bytes(manifest)
        mark.write_text(of_project)
    return _read(partial)


def fingerprint() -> str:
    """SHA-256 (hex) over every file that dbt parses, and which dbt it is."""
    digest = hashlib.sha256(f"{version('dbt-core')} {version('dbt-duckdb')} {DBT_PROJECT_DIR}".encode())
    for path in sorted(_files()):
        digest.update(f"{path.relative_to(DBT_PROJECT_DIR)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _files() -> list[Path]:
    found = [path for pattern in ("*.sql", "*.yml", "*.py") for path in DBT_PROJECT_DIR.rglob(pattern)]
    return [path for path in found if "target" not in path.parts]


def _read(partial: bytes) -> Any:
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    manifest: Any = Manifest.from_msgpack(partial, decoder=extended_mashumuro_decoder)
    manifest.build_parent_and_child_maps()
    manifest.build_flat_graph()
    return manifest
