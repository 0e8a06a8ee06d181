"""The example is the same bytes for the same seed, in any process; small; and quick to write."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
from pathlib import Path

from pipelines import example

WRITE = """
import sys
from pathlib import Path
from pipelines import example
example.write(Path(sys.argv[1]), int(sys.argv[2]))
"""
PACKAGE = Path(example.__file__).parent


def digests(root: Path) -> dict[str, str]:
    files = (file for file in sorted(root.rglob("*")) if file.is_file())
    return {str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def written_elsewhere(folder: Path, seed: int, hash_seed: str) -> dict[str, str]:
    folder.mkdir()
    environment = {"PYTHONHASHSEED": hash_seed, "TZ": "America/New_York", "PYTHONPATH": str(PACKAGE.parents[1])}
    subprocess.run([sys.executable, "-c", WRITE, str(folder), str(seed)], check=True, env=environment, timeout=15)
    return digests(folder)


def test_the_same_seed_writes_the_same_bytes_in_another_process(root: Path, tmp_path: Path) -> None:
    assert written_elsewhere(tmp_path / "again", example.SEED, "7") == digests(root)


def test_another_seed_writes_the_same_names_and_other_bytes(root: Path, tmp_path: Path) -> None:
    ours, theirs = digests(root), written_elsewhere(tmp_path / "other", 7, "1")
    assert ours.keys() == theirs.keys()
    differing = {name for name in ours if ours[name] != theirs[name]}
    assert {name for name in ours if re.search("曲线|抄表|MB51|账单|自用|填报|结算单", name)} <= differing


def test_the_inbox_is_a_few_dozen_files_of_a_few_megabytes(inbox: Path) -> None:
    sizes = [file.stat().st_size for file in inbox.iterdir()]
    assert 40 <= len(sizes) <= 120
    assert sum(sizes) < 25_000_000


def test_the_truth_is_written_only_when_asked_for(root: Path, tmp_path: Path) -> None:
    assert not [file for file in root.rglob("*") if "truth" in file.name]
    example.write(tmp_path / "w", truth_file=tmp_path / "truth.json")
    text = (tmp_path / "truth.json").read_text(encoding="utf-8")
    assert text == example.truth().as_json()
    assert f'"{example.truth().monthly["F-EL"]["2024-03"]}"' in text


def test_the_example_knows_no_other_room_but_its_own() -> None:
    for module in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in getattr(node, "names", [])]
            if isinstance(node, ast.Import | ast.ImportFrom):
                ours = [name for name in names if name and name.split(".")[0] == "pipelines"]
                assert all(name.startswith("pipelines.example") for name in ours), (module.name, names)
                outside = {name.split(".")[0] for name in names if name} - sys.stdlib_module_names
                assert outside <= {"pipelines", "xlsxwriter"}, (module.name, names)
