"""Encodings: which one a text is in, and that no byte is guessed at. Splits no rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.readers import Refused, decoding
from tests.readers.reading import only_table, refusal, rows_of

TEXT = "电表编号,电量\n0032,100.5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_gives_the_same_text(encoding: str) -> None:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    data = marks.get(encoding, b"") + TEXT.encode(encoding)
    assert decoding.to_utf8(data).decode("utf-8") == TEXT


def test_a_character_of_four_bytes_is_read_in_gb18030() -> None:
    rare = "用能单位,𠮷田工厂\n"
    assert decoding.to_utf8(rare.encode("gb18030")).decode("utf-8") == rare


def test_bytes_that_no_encoding_explains_are_refused_with_their_line(tmp_path: Path) -> None:
    refused = refusal(tmp_path, "电表,电量\nA,1\n".encode("gbk") + b"B,\xff\xff\n")
    assert (refused.code, refused.values["row"], refused.values["found"]) == ("ENC_INVALID", "3", "ff ff 0a")


def test_a_utf8_piece_appended_to_a_gbk_file_is_refused(tmp_path: Path) -> None:
    data = "电表,备注\nA,正常\n".encode("gbk") + "B,能源计量器具\n".encode()
    refused = refusal(tmp_path, data)
    assert (refused.code, refused.values["row"]) == ("ENC_MIXED", "3")


def test_a_named_encoding_is_taken_at_its_word(tmp_path: Path) -> None:
    data = "Zähler;Menge\nÄ1;5\n".encode("cp1252")
    assert rows_of(only_table(tmp_path, data, encoding="cp1252"))[0] == ["Zähler", "Menge"]
    assert refusal(tmp_path, b"a,b\n\xff,1\n", encoding="ascii").code == "ENC_INVALID"
    assert refusal(tmp_path, b"a,b\n", encoding="no-such-codec").code == "ENC_INVALID"


def test_a_false_declaration_does_not_win_over_utf8() -> None:
    assert decoding.to_utf8("电量".encode(), declared="gbk").decode() == "电量"
    assert decoding.to_utf8("電力量".encode("shift_jis"), declared="shift_jis").decode() == "電力量"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=200))
def test_chinese_text_in_gbk_is_never_taken_for_something_else(text: str) -> None:
    """GBK bytes that happen to be valid UTF-8 exist (联通); they are ASCII-free and short, so none of three or more."""
    data = text.encode("gbk")
    try:
        decoded = decoding.to_utf8(data).decode("utf-8")
    except Refused as refused:
        assert refused.code == "ENC_MIXED"
        return
    assert decoded == text or decoding.is_utf8(data)


@given(st.binary(max_size=300))
def test_is_utf8_agrees_with_python(data: bytes) -> None:
    try:
        data.decode("utf-8")
        valid = True
    except UnicodeDecodeError:
        valid = False
    assert decoding.is_utf8(data) is valid
