"""Every reason code is known, in two languages, and says where, what was found and what to do."""

from __future__ import annotations

import csv
import re

import pytest

from pipelines import readers, reasons
from pipelines.reasons import Place
from pipelines.workspace import PROJECT_ROOT


def rows() -> list[dict[str, str]]:
    with reasons.REASONS_FILE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_codes_stand_once_with_a_severity():
    codes = [row["code"] for row in rows()]
    assert len(codes) == len(set(codes))
    assert {row["severity"] for row in rows()} == {"error", "warning", "info"}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["code"])
def test_both_languages_say_the_same_things(row):
    placeholders = [set(re.findall(r"\{(\w+)\}", row[f"message_{language}"])) for language in ("zh", "en")]
    assert placeholders[0] == placeholders[1]
    assert row["message_zh"] and row["message_en"]
    assert bool(row["action_zh"]) == bool(row["action_en"])
    assert row["severity"] == "info" or row["action_zh"], "whoever must act is told what to do"


@pytest.mark.parametrize("code", sorted({*readers.REFUSALS, *readers.BAD_ROWS, *readers.NOTICES}))
def test_every_code_of_the_readers_has_its_sentence(code):
    assert reasons.reason(code)


def test_every_code_of_landing_has_its_sentence():
    known = {row["code"] for row in rows()}
    prefixes = "FILE|HDR|FEED|ROWS?|KEY|NUM|ID|UNIT|TS|INTERVAL|FLAG|XL|COL|SHEET|VALUE|METER|REG|CODE|TOTAL|LANDING"
    shape = re.compile(rf'["\'](({prefixes})_[A-Z_]+)["\']')
    used = {
        match[1]
        for file in [
            *(PROJECT_ROOT / "pipelines" / "landing").glob("*.py"),
            *(PROJECT_ROOT / "pipelines" / "feeds").glob("*.py"),
        ]
        for match in shape.finditer(file.read_text(encoding="utf-8"))
    }
    assert used - known == set() and len(used) > 40


def test_a_sentence_names_file_sheet_row_and_heading():
    zh, en = reasons.message("NUM_SYNTAX", Place("a.xlsx", "数据", 7, "电量"), {"found": "x1"})
    for part in ("a.xlsx", "数据", "7", "电量", "x1"):
        assert part in zh and part in en
    assert zh.endswith("。") and en.endswith(".")


def test_braces_in_what_was_found_do_no_harm():
    _, en = reasons.message("NUM_SYNTAX", Place("a.csv"), {"found": "{row} {x!r} %s"})
    assert "{row} {x!r} %s" in en
