"""Every mutant of the rules must be killed: in a copy of the project the judgement fails on it by an answer, not a crash."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipelines.workspace import PROJECT_ROOT
from tests import campaigns
from tests.mutation.mutants import KINDS, Mutant, listed

SEED = 20261122
JUDGEMENT = "tests/mutation/test_judgement.py"
COPIED = ("pipelines", "dbt_project", "seeds", "tests")
LEFT_OUT = shutil.ignore_patterns("target", "logs", "__pycache__")


class Laboratory:
    """A copy of the project, and one folder for its warehouse: the unchanged path keeps dbt's partial parse."""

    def __init__(self, folder: Path) -> None:
        self.project, self.judged = folder / "project", folder / "judged"
        self.judged.mkdir()
        for name in COPIED:
            shutil.copytree(PROJECT_ROOT / name, self.project / name, ignore=LEFT_OUT)
        shutil.copy(PROJECT_ROOT / "pyproject.toml", self.project)

    def survives(self, mutant: Mutant) -> str:
        """'' for a killed mutant, else what the judgement said of it."""
        file = self.project / mutant.file
        original = file.read_text(encoding="utf-8")
        file.write_text(mutant.applied(self.project), encoding="utf-8")
        try:
            code, said = self.judge()
        finally:
            file.write_text(original, encoding="utf-8")
        is_killed = (
            code == 1 and re.search(r"^FAILED ", said, re.MULTILINE) and not re.search(r"^ERROR ", said, re.MULTILINE)
        )
        return "" if is_killed else f"{mutant.id} ({mutant.why}):\n{said[-3000:]}"

    def judge(self) -> tuple[int, str]:
        """The exit code and the words of the judgement, run by pytest in the copy."""
        (self.judged / "warehouse.duckdb").unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--tb=short", JUDGEMENT]
        environment = {name: value for name, value in os.environ.items() if name != "TANKU_RECORD"}
        environment |= {"PYTHONPATH": str(self.project), "TANKU_JUDGED": str(self.judged)}
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=self.project, env=environment, timeout=300, check=False
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Laboratory:
    return Laboratory(tmp_path_factory.mktemp("mutation"))


def survivors(laboratory: Laboratory, mutants: Iterable[Mutant]) -> list[str]:
    return [said for mutant in mutants if (said := laboratory.survives(mutant))]


def test_the_list_is_long_and_every_mutant_still_has_its_place():
    mutants = listed()
    assert len(mutants) >= 40 and len({mutant.id for mutant in mutants}) == len(mutants)
    assert {mutant.kind for mutant in mutants} == KINDS
    for mutant in mutants:
        assert mutant.applied(PROJECT_ROOT) != (PROJECT_ROOT / mutant.file).read_text(encoding="utf-8")
        assert mutant.why


def test_a_mutant_that_lost_its_place_is_an_error():
    lost = Mutant("lost", "pyproject.toml", "no such text", "", "unit", "")
    with pytest.raises(ValueError, match="stands 0 times"):
        lost.applied(PROJECT_ROOT)


def test_a_sample_of_the_mutants_is_killed(laboratory):
    print(f"seed {SEED}")
    assert survivors(laboratory, random.Random(SEED).sample(listed(), 2)) == []


@pytest.mark.campaign
def test_every_mutant_is_killed(laboratory):
    started = time.monotonic()
    code, said = laboratory.judge()
    assert code == 0, said
    mutants = listed()
    assert survivors(laboratory, mutants) == []
    done = f"{len(mutants)} wrong changes of the accounts' SQL and rules, each in a copy, against the judgement"
    campaigns.record("mutants", done, f"{len(mutants)} of {len(mutants)} killed", time.monotonic() - started)
