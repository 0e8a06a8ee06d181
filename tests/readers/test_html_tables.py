"""HTML under the name .xls: rows, spans and false charsets. Opens no workbook."""

from __future__ import annotations

from pathlib import Path

from tests.readers.reading import codes, document_of, numbered, only_table, refusal, rows_of

ROWS = "<tr><th>表号</th><th>电量</th></tr>\n<tr><td>0032</td><td>100.5</td></tr>"


def page(body: str, charset: str = "utf-8") -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>{body}</html>'


def test_a_false_charset_does_no_harm(tmp_path: Path) -> None:
    table = f"<table>{ROWS}</table>"
    for declared, actual in (("gbk", "utf-8"), ("gbk", "gbk"), ("utf-8", "gbk"), ("utf-16", "utf-8")):
        found = only_table(tmp_path, page(table, declared).encode(actual), "a.html")
        assert rows_of(found) == [["表号", "电量"], ["0032", "100.5"]]


def test_the_name_xls_is_remarked_upon(tmp_path: Path) -> None:
    document = document_of(tmp_path, page(f"<table>{ROWS}</table>").encode(), "a.xls")
    assert (document.kind, codes(document)) == ("html", ["FILE_TYPE_MISMATCH"])
    assert document.notices[0].values == {"found": "html", "expected": "xls"}


def test_spans_are_filled_as_in_a_sheet(tmp_path: Path) -> None:
    body = """<table><tr><td colspan=3>收发汇总</td></tr>
    <tr><td rowspan=2>物料</td><td colspan=2>收入</td></tr><tr><td>数量</td><td>金额</td></tr>
    <tr><td rowspan=2>煤</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"""
    assert numbered(only_table(tmp_path, body.encode(), "a.htm")) == {
        1: ["收发汇总", None, None],
        2: ["物料", "收入", "收入"],
        3: ["物料", "数量", "金额"],
        4: ["煤", "1", "2"],
        5: ["煤", "3", "4"],
    }


def test_text_is_what_a_browser_shows_and_numbers_keep_their_digits(tmp_path: Path) -> None:
    body = """<table><tr><td>&nbsp;a &amp;<br>b\n c </td><td x:num="1234.567">1,234.57</td><td>&nbsp;</td></tr>
    <tr><td><script>var x = "no";</script>d</td><td>x</td></tr></table>"""
    assert rows_of(only_table(tmp_path, body.encode(), "a.html")) == [["a & b c", "1234.567"], ["d", "x"]]


def test_open_ended_tags_are_closed_by_the_next(tmp_path: Path) -> None:
    body = "<table><tr><td>a<td>b<tr><td>1<td>2</table>"
    assert rows_of(only_table(tmp_path, body.encode(), "a.html")) == [["a", "b"], ["1", "2"]]


def test_each_table_is_a_table(tmp_path: Path) -> None:
    body = f"<table><tr><td>外<table>{ROWS}</table></td></tr></table><table></table>"
    document = document_of(tmp_path, body.encode(), "a.html")
    assert [(table.sheet, table.cells.num_rows) for table in document.tables] == [("table 1", 2), ("table 2", 1)]


def test_a_page_cut_off_says_so(tmp_path: Path) -> None:
    document = document_of(tmp_path, f"<table>{ROWS}<tr><td>0033<td>1".encode(), "a.html")
    assert codes(document) == ["FILE_PARTIAL"]
    assert rows_of(document.tables[0])[2] == ["0033", "1"]


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, page("<p>请登录</p>").encode(), "a.xls").code == "FILE_TYPE"


def test_a_bomb_of_spans_is_refused(tmp_path: Path) -> None:
    body = "<table>" + "<tr><td rowspan=99999 colspan=99999>x</td></tr>" * 1000 + "</table>"
    assert refusal(tmp_path, body.encode(), "a.html").code == "FILE_TOO_LARGE"
