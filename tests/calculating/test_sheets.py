"""One reader of a small CSV for every command that takes one: encodings, header, row numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import calculating, charting_sheets, recalculating, sheets
from pipelines.sheets import SheetError
from tests.conftest import tanku

COMMANDS: list[Callable[[Path], Any]] = [
    lambda file: calculating.calculate(file, [], None),
    lambda file: recalculating.recalculate(file, None, None),
    lambda file: charting_sheets.chart(file, "ewma", {}),
]


def read(tmp_path: Path, data: bytes, **given: Any) -> list[tuple[int, dict[str, str]]]:
    file = tmp_path / "表.csv"
    file.write_bytes(data)
    return list(sheets.read(file, ("a", "b"), ("c",), **given))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_that_excel_saves_in_read_the_same(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, "a,b,c\n煤,1,二氧化碳\n焦炭,2\n".encode(encoding)) == [
        (2, {"a": "煤", "b": "1", "c": "二氧化碳"}),
        (3, {"a": "焦炭", "b": "2", "c": ""}),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"a,b\n1,2\n\xff\xff,3\n", r"表.csv 第 3 行（第 8 字节起）.*ff ff.*row 3 \(from byte 8\)"),
        # a piece of UTF-8 in a GB18030 file: nothing is guessed
        ("a,b\n天然气,1\n".encode("gb18030") + "焦炭二氧化碳,2\n".encode(), r"第 3 行.*GB18030 \+ UTF-8"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(tmp_path: Path, data: bytes, told: str) -> None:
    with pytest.raises(SheetError, match=told) as refused:
        read(tmp_path, data)
    assert refused.value.exit_code == 2


def test_a_header_says_what_is_lacking_and_what_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"缺 b，多 d.*lacking: b, unknown: d"):
        read(tmp_path, b"a,c,d\n1,2,3\n")
    assert read(tmp_path, b"a,b,d\n1,2,3\n", may_hold_others=True) == [(2, {"a": "1", "b": "2", "d": "3"})]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_refuses_a_file_that_is_no_text(tmp_path: Path, command: Callable[[Path], Any]) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\xfd")
    with pytest.raises(SheetError, match=r"第 8 字节起"):
        command(file)


def test_the_command_line_says_it_without_a_traceback(tmp_path: Path) -> None:
    file = tmp_path / "sheet.csv"
    file.write_bytes(b"unit,year\n\xff\xff\n")
    stderr = tanku("baseline", "recalculate", file, expect=2).stderr
    assert "另存为 UTF-8" in stderr and "Traceback" not in stderr
