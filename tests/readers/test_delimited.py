"""Delimited text: what a person sees in line n is row n, and no row is shifted, cut or lost. Types nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.readers import Refused, Table, delimited, delimited_careful, delimited_fast, dialect
from tests.readers.reading import codes, document_of, numbered, only_table, refusal, rows_of

HEADER = "电表编号,日期,电量(kWh)\n"


def text_of(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


# --- round trip -------------------------------------------------------------------------------------------------

NAMES = st.text(st.sampled_from("电表量编号日期abcXYZ"), min_size=1, max_size=6)
VALUES = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-99999, max_value=99999).map(str),
    st.text(st.characters(codec="gb18030", exclude_categories=["Cc", "Cs"]), max_size=8),
    st.just(""),
    st.text(st.sampled_from('a"\n,;电 '), max_size=6),
)


@st.composite
def tables_of_text(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 6))
    header = draw(st.lists(NAMES, min_size=width, max_size=width))
    body = draw(st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=12))
    return [header, *body]


def written(table: list[list[str]], delimiter: str, line_end: str) -> tuple[str, list[int]]:
    """The table as csv, and the line each row begins in."""
    stream = io.StringIO(newline="")
    starts = []
    for row in table:
        starts.append(stream.getvalue().count("\n") + 1)
        csv.writer(stream, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerow(row)
    return stream.getvalue(), starts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@settings(deadline=None, max_examples=15)
@given(table=tables_of_text(), line_end=st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read_with_its_line_numbers(
    tmp_path_factory: pytest.TempPathFactory, encoding: str, delimiter: str, table: list[list[str]], line_end: str
) -> None:
    text, starts = written(table, delimiter, line_end)
    try:
        found = only_table(tmp_path_factory.mktemp("csv"), text.encode(encoding), delimiter=delimiter)
    except Refused as refused:
        assume(refused.code == "ENC_MIXED" and encoding == "gb18030")
        raise
    expected = {start: [value or None for value in row] for start, row in zip(starts, table, strict=True)}
    assert numbered(found) == expected
    assert not found.bad_rows


@settings(deadline=None, max_examples=60)
@given(table=tables_of_text(), delimiter=st.sampled_from(",;\t|"))
def test_the_delimiter_is_found_by_itself_in_plain_tables(table: list[list[str]], delimiter: str) -> None:
    plain = [["".join(ch for ch in value if ch.isalnum()) or "x" for value in row] for row in table]
    text, _ = written(plain, delimiter, "\n")
    assert dialect.detect(text.encode()).delimiter == delimiter


def test_a_comma_for_decimals_does_not_make_it_the_delimiter(tmp_path: Path) -> None:
    data = text_of("Zähler;Menge", "a;1,5", "b;2,25", "c;3,5")
    assert rows_of(only_table(tmp_path, data))[1] == ["a", "1,5"]


def test_excels_own_hint_names_the_delimiter(tmp_path: Path) -> None:
    data = text_of("sep=;", "a;b", "1,0;2,0")
    assert numbered(only_table(tmp_path, data)) == {1: ["sep=", None], 2: ["a", "b"], 3: ["1,0", "2,0"]}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_the_same(tmp_path: Path, line_end: str) -> None:
    data = line_end.join(["a,b", "1,2", "", "3,4", ""]).encode()
    assert numbered(only_table(tmp_path, data)) == {1: ["a", "b"], 2: ["1", "2"], 3: [None, None], 4: ["3", "4"]}


# --- the two paths ----------------------------------------------------------------------------------------------


def assembled(split: delimited.Split, layout: dialect.Dialect) -> Table:
    return delimited._assemble(split, layout)


def same(one: Table, other: Table) -> bool:
    return (numbered(one), one.bad_rows) == (numbered(other), other.bad_rows)


@settings(deadline=None, max_examples=500)
@given(
    header=st.sampled_from(["", "h,i,j\n", "h;i;j\n", "标题\nh,i,j\n"]),
    body=st.lists(st.text(st.sampled_from('ab1.,;\t\n\r" \0中'), max_size=12), max_size=8).map("\n".join),
)
def test_the_fast_path_and_the_careful_one_give_the_same(header: str, body: str) -> None:
    data = (header + body).encode()
    assume(data.strip())
    layout = dialect.detect(data)
    fast = delimited_fast.split(data, layout)
    if fast is not None:
        assert same(assembled(fast, layout), assembled(delimited_careful.split(data, layout), layout))


def big_file(rows: int, **odd: str) -> bytes:
    lines = [f"00320101{number:06d},2025-03-01,{number}.25" for number in range(rows)]
    for number, line in odd.items():
        lines[int(number[1:])] = line
    return ("meter,date,kwh\n" + "\n".join(lines) + "\n").encode()


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"n7": "", "n12000": "A,2025-03-01,1,400.5", "n15000": "合计,1"},
        {"n9": "A,2025-03-01,1\0", "n11999": "A,\0,1"},
        {"n5": '"A,1",2025-03-01,"1"'},
    ],
    ids=["clean", "odd rows", "nul", "quotes"],
)
def test_both_paths_agree_far_into_a_big_file(odd: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the first blocks of the parallel reader, where line numbers could go astray."""
    monkeypatch.setattr(delimited_fast, "_BLOCK_BYTES", 100_000)
    data = big_file(20_000, **odd)
    layout = dialect.detect(data)
    fast, careful = delimited_fast.split(data, layout), delimited_careful.split(data, layout)
    assert fast is not None and len(data) > 600_000
    one, other = assembled(fast, layout), assembled(careful, layout)
    assert one.cells.num_rows + len(one.bad_rows) == 20_001
    assert one.row_numbers.equals(other.row_numbers)
    assert one.bad_rows == other.bad_rows
    assert one.cells.combine_chunks().equals(other.cells.combine_chunks())


def test_line_ends_inside_quotes_take_the_careful_path(tmp_path: Path) -> None:
    data = b'id,remark,kwh\n1,"two\nlines",5\n2,one,6\n'
    assert delimited_fast.split(data, dialect.detect(data)) is None
    assert numbered(only_table(tmp_path, data)) == {
        1: ["id", "remark", "kwh"],
        2: ["1", "two\nlines", "5"],
        4: ["2", "one", "6"],
    }


# --- rows that do not fit ---------------------------------------------------------------------------------------


def test_an_unquoted_thousands_comma_is_a_ragged_row(tmp_path: Path) -> None:
    table = only_table(tmp_path, (HEADER + "1,2025-03-01,300\n2,2025-03-02,1,400.5\n").encode())
    (bad,) = table.bad_rows
    assert (bad.row_number, bad.code, bad.text) == (3, "ROW_RAGGED", "2,2025-03-02,1,400.5")
    assert bad.values == {"found": "4", "expected": "3"}
    assert table.row_numbers.to_pylist() == [1, 2]


def test_the_heading_decides_even_when_most_rows_are_ragged(tmp_path: Path) -> None:
    rows = "".join(f"{number},2025-03-0{number},1,40{number}.5\n" for number in range(1, 8))
    table = only_table(tmp_path, (HEADER + rows + "9,2025-03-09,300\n").encode())
    assert len(table.bad_rows) == 7
    assert rows_of(table)[1:] == [["9", "2025-03-09", "300"]]


def test_titles_before_the_table_and_footers_after_it_are_rows_filled_up(tmp_path: Path) -> None:
    data = text_of("XX公司用电量", "单位:kWh", "", "表号,日期,电量,备注", "1,2025-03-01,5,a", "合计,,5,", "制表:张三")
    table = only_table(tmp_path, data)
    assert not table.bad_rows
    assert numbered(table) == {
        1: ["XX公司用电量", None, None, None],
        2: ["单位:kWh", None, None, None],
        3: [None] * 4,
        4: ["表号", "日期", "电量", "备注"],
        5: ["1", "2025-03-01", "5", "a"],
        6: ["合计", None, "5", None],
        7: ["制表:张三", None, None, None],
    }


def test_a_title_wider_than_the_table_keeps_all_its_fields(tmp_path: Path) -> None:
    table = only_table(
        tmp_path, text_of("公司,宝钢,期间,2025,3月", "表号,日期,电量", "1,2025-03-01,5", "2,2025-03-01,6")
    )
    assert rows_of(table)[0] == ["公司", "宝钢", "期间", "2025", "3月"]
    assert not table.bad_rows


def test_padded_commas_are_no_fault(tmp_path: Path) -> None:
    table = only_table(tmp_path, (HEADER + "1,2025-03-01,5,,,\n2,2025-03-01,6\n").encode())
    assert rows_of(table)[1:] == [["1", "2025-03-01", "5"], ["2", "2025-03-01", "6"]]


def test_a_row_of_95_points_under_96_headings_is_ragged(tmp_path: Path) -> None:
    heading = "meter,date," + ",".join(f"P{n}" for n in range(1, 97))
    full, short = "A,2025-03-01" + ",4" * 96, "A,2025-03-02" + ",4" * 95
    table = only_table(tmp_path, text_of(heading, full, short, full))
    assert [(bad.row_number, bad.values["found"]) for bad in table.bad_rows] == [(3, "97")]


def test_ends_that_exporters_leave_out_are_filled_up(tmp_path: Path) -> None:
    """Excel writes the last commas only where the column is filled somewhere near."""
    rows = ["1,2025-03-01,5,换表", "2,2025-03-01,6,", "3,2025-03-01,7", "4,2025-03-01"]
    table = only_table(tmp_path, text_of("表号,日期,示数,事件", *rows))
    assert rows_of(table)[3] == ["3", "2025-03-01", "7", None]
    assert [bad.row_number for bad in table.bad_rows] == [5]


def test_a_nul_byte_sets_only_its_row_aside(tmp_path: Path) -> None:
    table = only_table(tmp_path, HEADER.encode() + b"1,2025-03-01,30\x000\n2,2025-03-02,5\n")
    assert [(bad.row_number, bad.code, bad.text) for bad in table.bad_rows] == [(2, "ENC_NUL", "1,2025-03-01,30␀0")]
    assert numbered(table)[3] == ["2", "2025-03-02", "5"]


def test_decorated_identifiers_arrive_as_written(tmp_path: Path) -> None:
    rows = ["'0032,2025-03-01,1", "\t0033,2025-03-01,2", '="0034",2025-03-01,3', '5" pipe,2025-03-01,4']
    table = only_table(tmp_path, text_of("表号,日期,电量", *rows))
    assert [row[0] for row in rows_of(table)[1:]] == ["'0032", "\t0033", '="0034"', '5" pipe']


# --- files cut off ----------------------------------------------------------------------------------------------


def test_a_last_line_without_its_end_is_noted(tmp_path: Path) -> None:
    document = document_of(tmp_path, (HEADER + "1,2025-03-01,300\n2,2025-03-02,400.").encode())
    assert [(notice.code, notice.row_number) for notice in document.notices] == [("FILE_PARTIAL", 3)]
    assert codes(document_of(tmp_path, (HEADER + "1,2025-03-01,300\n").encode())) == []


@pytest.mark.parametrize("tail", ['2,2025-03-02,"400', '2,2025-03-02,"400\n', '2,2025-03-02,"' + "9" * 200_000 + "\n"])
def test_a_quote_open_at_the_end_refuses_the_file(tmp_path: Path, tail: str) -> None:
    refused = refusal(tmp_path, (HEADER + "1,2025-03-01,300\n" + tail).encode())
    assert (refused.code, refused.values["row"]) == ("FILE_PARTIAL", "3")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \r\n\t\n", b"\x1a"])
def test_nothing_in_it(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content).code == "FILE_EMPTY"


def test_the_end_mark_of_dos_is_no_row(tmp_path: Path) -> None:
    assert len(rows_of(only_table(tmp_path, HEADER.encode() + b"1,2025-03-01,5\n\x1a"))) == 2


def test_a_line_of_countless_fields_is_refused(tmp_path: Path) -> None:
    wide = b"," * delimited.MAX_COLUMNS
    assert refusal(tmp_path, b"a" + wide + b"\n").code == "FILE_TOO_LARGE"
    assert refusal(tmp_path, b"a" + wide + b"\n" + HEADER.encode() + b"1,2025-03-01,5\n" * 5).code == "FILE_TOO_LARGE"


# --- list downloads ---------------------------------------------------------------------------------------------

SAP_LIST = """\
01.03.2025            Dynamische Listenausgabe

-----------------------------------------
|Material|Buch.dat. |       Menge|Text   |
-----------------------------------------
|1000001 |01.03.2025|  1.234,500-|5" Rohr|
|1000002 |02.03.2025|      34,500|       |
|---------------------------------------|
|*       |          |  1.200,000-|       |
-----------------------------------------
"""


def test_a_framed_list_loses_its_frame_and_keeps_its_lines(tmp_path: Path) -> None:
    table = only_table(tmp_path, SAP_LIST.encode(), name="list.txt")
    rows = numbered(table)
    assert not table.bad_rows
    assert rows[4] == ["Material", "Buch.dat. ", "       Menge", "Text   "]
    assert rows[6] == ["1000001 ", "01.03.2025", "  1.234,500-", '5" Rohr']
    assert rows[9] == ["*       ", "          ", "  1.200,000-", "       "]
    assert [number for number, row in rows.items() if not any(row)] == [2, 3, 5, 8, 10]


def test_a_pipe_file_without_a_frame_keeps_its_outer_fields(tmp_path: Path) -> None:
    assert rows_of(only_table(tmp_path, text_of("a|b|c", "1||3", "|2|")))[1:] == [["1", None, "3"], [None, "2", None]]
