"""The journal: whatever is done to it by hand is found, and whatever a crash does to it costs nothing acknowledged."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.archive import journal

seeded = settings(max_examples=150, deadline=None, derandomize=True, database=None)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
events = st.lists(
    st.tuples(st.sampled_from(["received", "retracted", "approved"]), st.dictionaries(st.just("note"), texts)),
    min_size=1,
    max_size=7,
)


@contextmanager
def journal_of(lines: list[tuple[str, dict]]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "journal.jsonl"
        journal.append_all(file, lines)
        yield file


def must_be_found(file: Path, line: int) -> None:
    before = sorted((path.name, path.read_bytes()) for path in file.parent.iterdir())
    for look in (journal.verify, journal.read):
        with pytest.raises(journal.JournalError) as caught:
            look(file)
        assert caught.value.line == line
        assert str(line) in str(caught.value)
    assert sorted((path.name, path.read_bytes()) for path in file.parent.iterdir()) == before, "evidence was altered"


@seeded
@given(events, st.data())
def test_any_byte_changed_is_found_and_its_line_named(lines: list, data: st.DataObject) -> None:
    with journal_of(lines) as file:
        text = bytearray(file.read_bytes())
        position = data.draw(st.integers(0, len(text) - 1))
        line = text[:position].count(b"\n") + 1
        text[position] ^= data.draw(st.integers(1, 255))
        file.write_bytes(text)
        must_be_found(file, line)


@seeded
@given(events, st.data())
def test_any_byte_removed_or_put_in_is_found(lines: list, data: st.DataObject) -> None:
    with journal_of(lines) as file:
        text = file.read_bytes()
        position = data.draw(st.integers(0, len(text) - 1))
        put_in = data.draw(st.sampled_from([b"", b" ", b"\n", b"0"]))
        after = position + (not put_in)
        is_line_after = put_in == b"\n" == text[position : position + 1]
        line = text[:position].count(b"\n") + 1 + is_line_after
        file.write_bytes(text[:position] + put_in + text[after:])
        must_be_found(file, line)


@seeded
@given(events, st.data())
def test_any_line_removed_is_found_the_last_one_too(lines: list, data: st.DataObject) -> None:
    with journal_of(lines) as file:
        rows = file.read_bytes().splitlines(keepends=True)
        start = data.draw(st.integers(0, len(rows) - 1))
        end = data.draw(st.integers(start + 1, len(rows)))
        file.write_bytes(b"".join(rows[:start] + rows[end:]))
        must_be_found(file, start + 1 if end < len(rows) else len(rows))


@seeded
@given(events.filter(lambda lines: len(lines) > 1), st.data())
def test_any_two_lines_swapped_or_a_line_told_twice_is_found(lines: list, data: st.DataObject) -> None:
    with journal_of(lines) as file:
        rows = file.read_bytes().splitlines(keepends=True)
        first = data.draw(st.integers(0, len(rows) - 2))
        second = data.draw(st.integers(first + 1, len(rows) - 1))
        if data.draw(st.booleans()):
            rows[first], rows[second] = rows[second], rows[first]
            wrong = first + 1
        else:
            rows.insert(second, rows[first])
            wrong = second + 1
        file.write_bytes(b"".join(rows))
        must_be_found(file, wrong)


@seeded
@given(events, st.data())
def test_a_line_forged_with_its_own_hash_put_right_is_found(lines: list, data: st.DataObject) -> None:
    with journal_of(lines) as file:
        rows = [json.loads(row) for row in file.read_text(encoding="utf-8").split("\n")[:-1]]
        number = data.draw(st.integers(0, len(rows) - 1))
        rows[number]["by"] = "somebody else"
        rows[number].pop("hash")
        rows[number]["hash"] = hashlib.sha256(journal.canonical(rows[number])).hexdigest()
        file.write_bytes(b"".join(journal.canonical(row) + b"\n" for row in rows))
        must_be_found(file, number + 2 if number + 1 < len(rows) else len(rows))


@seeded
@given(events, st.data())
def test_a_line_torn_by_a_crash_is_set_aside_and_told(lines: list, data: st.DataObject) -> None:
    with journal_of(lines) as file:
        acknowledged, head = file.read_bytes(), journal.head_file(file).read_bytes()
        journal.append(file, "received", note="never acknowledged")
        torn = file.read_bytes()[len(acknowledged) :][: data.draw(st.integers(1, 60))]
        file.write_bytes(acknowledged + torn)
        journal.head_file(file).write_bytes(head)

        assert journal.verify(file).torn_bytes == len(torn)
        assert file.read_bytes() == acknowledged + torn, "verify must not change anything"

        if data.draw(st.booleans()):
            journal.append(file, "received", note="next")
        read = journal.read(file)
        told = read[len(lines)]
        assert file.read_bytes().startswith(acknowledged)
        assert told["event"] == journal.TORN
        assert (file.parent / told["set_aside_as"]).read_bytes() == torn
        assert told["torn_sha256"] == hashlib.sha256(torn).hexdigest()
        assert journal.verify(file).torn_bytes == 0


def test_a_line_is_checked_with_a_json_reader_and_sha256_alone(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    journal.append(file, "received", file_name="用电量.csv", byte_count=3)
    journal.append(file, "retracted", reason='says "wrong"\n')
    before = "0" * 64
    for number, row in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        line = json.loads(row)
        stated = line.pop("hash")
        text = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode("utf-8")).hexdigest() == stated
        assert (line["seq"], line["prev"]) == (number, before)
        before = stated


def test_who_wrote_is_not_taken_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "forged")
    assert journal.append(tmp_path / "journal.jsonl", "approved")["by"] != "forged"


@pytest.mark.parametrize(
    "fields", [{"hash": "0"}, {"seq": 7}, {"note": {1, 2}}, {"note": float("nan")}, {"note": "\udcff"}]
)
def test_what_cannot_be_a_line_is_refused_before_anything_is_written(tmp_path: Path, fields: dict) -> None:
    file = tmp_path / "journal.jsonl"
    journal.append(file, "received")
    before = file.read_bytes()
    with pytest.raises((ValueError, TypeError)):
        journal.append(file, "note", **fields)
    assert file.read_bytes() == before


@pytest.mark.parametrize("is_emptied", [False, True])
def test_without_its_head_the_chain_still_stands_but_says_so(tmp_path: Path, is_emptied: bool) -> None:
    file = tmp_path / "journal.jsonl"
    journal.append(file, "received")
    assert journal.verify(file).is_anchored
    journal.head_file(file).unlink()
    if is_emptied:
        journal.head_file(file).touch()
    assert not journal.verify(file).is_anchored
    journal.append(file, "received")
    assert journal.verify(file).is_anchored


@pytest.mark.parametrize("head", [b"x", b"0" * 20 + b" " + b"0" * 64 + b"\n"])
def test_a_damaged_head_is_found(tmp_path: Path, head: bytes) -> None:
    file = tmp_path / "journal.jsonl"
    journal.append(file, "received")
    journal.head_file(file).write_bytes(head)
    with pytest.raises(journal.JournalError):
        journal.read(file)


def test_nothing_is_appended_to_a_journal_whose_end_is_missing_or_damaged(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    journal.append_all(file, [("received", {"number": number}) for number in range(3)])
    whole = file.read_bytes()
    rows = whole.splitlines(keepends=True)
    for broken in (b"".join(rows[:2]), whole[:-1], whole[:-3] + b"?}\n", whole + b"\n", b""):
        file.write_bytes(broken)
        with pytest.raises(journal.JournalError):
            journal.append(file, "received", number=4)
        assert file.read_bytes() == broken
    file.write_bytes(whole)
    assert journal.append(file, "received", number=3)["seq"] == 4


def test_lines_numbered_wrongly_are_found_even_when_every_hash_fits(tmp_path: Path) -> None:
    file = tmp_path / "alone" / "journal.jsonl"
    file.parent.mkdir()
    before = journal.GENESIS
    rows = []
    for seq in (1, 3, 4):
        row = {"seq": seq, "at": "2026-11-22T00:00:00Z", "by": "x", "event": "received", "prev": before}
        before = row["hash"] = hashlib.sha256(journal.canonical(row)).hexdigest()
        rows.append(journal.canonical(row) + b"\n")
    file.write_bytes(b"".join(rows))
    must_be_found(file, 2)


def test_two_processes_appending_make_one_chain(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    program = "import sys, pathlib, time\nfrom pipelines.archive import journal\n"
    program += "while time.time() < float(sys.argv[3]): pass\n"
    program += "for n in range(200): journal.append(pathlib.Path(sys.argv[1]), 'note', number=n, writer=sys.argv[2])"
    at = str(time.time() + 1)
    writers = [subprocess.Popen([sys.executable, "-c", program, str(file), name, at]) for name in "ab"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    lines = journal.read(file)
    assert [line["seq"] for line in lines] == list(range(1, 401))
    for name in "ab":
        assert [line["number"] for line in lines if line["writer"] == name] == list(range(200))
