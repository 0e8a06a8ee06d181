"""One parse of the models serves every workspace, for as long as no file of the project changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipelines import models, parsed
from pipelines.kept import Kept
from pipelines.workspace import Workspace


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one file, and nothing kept of it."""
    folder = tmp_path / "dbt_project"
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "one.sql").write_text("select 1")
    monkeypatch.setattr(parsed, "DBT_PROJECT_DIR", folder)
    monkeypatch.setattr(parsed, "KEPT", Kept(folder / "target" / "parsed", most=8))
    monkeypatch.setattr(parsed, "_read", lambda partial: partial)
    return folder


class Parser:
    """Stands in for dbt: writes what a parse leaves behind."""

    def __init__(self, target: Path, text: bytes) -> None:
        self.target, self.text, self.runs = target, text, 0

    def __call__(self) -> None:
        self.runs += 1
        (self.target / "manifest.json").write_bytes(b"manifest of " + self.text)
        (self.target / "partial_parse.msgpack").write_bytes(b"parse of " + self.text)


def test_a_second_workspace_parses_nothing(project: Path, tmp_path: Path) -> None:
    first, second = (Parser(tmp_path / name, b"one") for name in ("first", "second"))
    for parser in (first, first, second):
        assert parsed.lay_down(parser.target, parser) == b"parse of one"
        assert (parser.target / "manifest.json").read_bytes() == b"manifest of one"
    assert (first.runs, second.runs) == (1, 0)


@pytest.mark.parametrize("change", ["another text", "another file", "another name"])
def test_a_changed_project_is_parsed_anew(project: Path, tmp_path: Path, change: str) -> None:
    parser = Parser(tmp_path / "workspace", b"one")
    parsed.lay_down(parser.target, parser)
    one = project / "models" / "one.sql"
    if change == "another text":
        one.write_text("select 2")
    elif change == "another file":
        (project / "models" / "_one.yml").write_text("version: 2")
    else:
        one.rename(one.with_name("two.sql"))
    parser.text = b"another"
    assert parsed.lay_down(parser.target, parser) == b"parse of another"
    assert (parser.target / "manifest.json").read_bytes() == b"manifest of another"
    assert parser.runs == 2


def test_a_damaged_parse_is_made_anew(project: Path, tmp_path: Path) -> None:
    parser = Parser(tmp_path / "workspace", b"one")
    parsed.lay_down(parser.target, parser)
    for entry in parsed.KEPT.folder.iterdir():
        entry.write_bytes(entry.read_bytes()[:-2])
    assert parsed.lay_down(parser.target, parser) == b"parse of one"
    assert parser.runs == 2


def test_what_is_kept_is_what_dbt_parses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest laid down for a workspace is the one dbt writes there itself, but for its clock and its run's id."""
    kept, fresh = (Workspace(tmp_path / name) for name in ("kept", "fresh"))
    models.manifest(kept)
    monkeypatch.setattr(parsed, "KEPT", Kept(tmp_path / "nothing kept", most=8))
    models.manifest(fresh)
    first, second = (json.loads((one.dbt_target / "manifest.json").read_bytes()) for one in (kept, fresh))
    assert _lasting(first) == _lasting(second)
    shutil.rmtree(tmp_path / "nothing kept")


def _lasting(held: object) -> object:
    """Without what tells one parse of the same files from the next: clocks, ids, the order of the macros used."""
    if isinstance(held, dict):
        return {key: _lasting(value) for key, value in held.items() if key not in {"created_at", "metadata"}}
    return sorted((_lasting(one) for one in held), key=repr) if isinstance(held, list) else held
