"""What pure steps made is kept by what it was made from: a damaged or foreign entry is never handed out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.kept import Kept


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "kept", most=3)


def never() -> bytes:
    raise AssertionError("made again")


def only_file(kept: Kept) -> Path:
    (file,) = kept.folder.iterdir()
    return file


def test_made_once_and_found_afterwards(kept: Kept) -> None:
    assert kept.get("two apples", lambda: b"\x00pie\n") == b"\x00pie\n"
    assert kept.get("two apples", never) == b"\x00pie\n"
    assert kept.get("three apples", lambda: b"") == b""
    assert kept.get("three apples", never) == b""


@pytest.mark.parametrize(
    "damage",
    [
        lambda held: held[:-1],
        lambda held: held + b" ",
        lambda held: b"",
        lambda held: held[:10],
        lambda held: held[:40] + bytes([held[40] ^ 1]) + held[41:],
        lambda held: bytes([held[0] ^ 1]) + held[1:],
    ],
)
def test_a_damaged_entry_is_made_anew(kept: Kept, damage) -> None:
    kept.get("apples", lambda: b"a long enough pie")
    file = only_file(kept)
    file.write_bytes(damage(file.read_bytes()))
    assert kept.get("apples", lambda: b"another pie") == b"another pie"
    assert kept.get("apples", never) == b"another pie"


def test_an_entry_moved_to_another_name_is_not_handed_out(kept: Kept) -> None:
    kept.get("apples", lambda: b"apple pie")
    apples = only_file(kept)
    kept.get("pears", lambda: b"pear pie")
    (pears,) = set(kept.folder.iterdir()) - {apples}
    apples.replace(pears)
    assert kept.get("pears", lambda: b"pear pie") == b"pear pie"


def test_the_longest_unused_go(kept: Kept) -> None:
    for number in range(3):
        kept.get(f"{number}", lambda number=number: b"%d" % number)
    for file in kept.folder.iterdir():
        os.utime(file, (1, 1))
    assert kept.get("1", never) == b"1"
    kept.get("new", lambda: b"new")
    kept.get("newer", lambda: b"newer")
    assert len(list(kept.folder.iterdir())) == 3
    assert kept.get("1", never) == b"1"


def test_no_room_to_keep_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    assert Kept(tmp_path / "a file" / "folder", most=3).get("apples", lambda: b"pie") == b"pie"
