"""Charts are kept by what they are drawn from: the same pages whatever lies there, nothing stale and nothing damaged."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines import reports
from pipelines.reports import charts, drawn_before, pages


def written(connection: duckdb.DuckDBPyConnection, folder: Path, drawings: Path | None) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in reports.write_all(connection, folder, drawings)}


def never(*_: object) -> None:
    raise AssertionError("drawn again")


def test_pages_are_the_same_drawn_kept_and_damaged(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawings = tmp_path / "drawings"
    drawn = written(connection, tmp_path / "drawn", None)
    assert written(connection, tmp_path / "keeping", drawings) == drawn
    with monkeypatch.context() as patched:
        patched.setattr(charts, "_svg", never)
        assert written(connection, tmp_path / "kept", drawings) == drawn
    entries = sorted(drawings.iterdir())
    assert len(entries) > 10
    for number, entry in enumerate(entries):
        held = entry.read_bytes()
        entry.write_bytes(held[: len(held) // 2] if number % 2 else held.replace(b"<path", b"<rect"))
    entries[0].write_bytes(entries[1].read_bytes())
    assert written(connection, tmp_path / "mended", drawings) == drawn


def test_all_charts_hold_before_altairs_schema(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build leaves altair's own checks out; with them on every page is the same."""
    quick = written(connection, tmp_path / "quick", None)
    monkeypatch.setattr(charts, "VALIDATED", True)
    assert written(connection, tmp_path / "checked", None) == quick


def test_altairs_checks_would_find_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_rows: object, _words: object):
        import altair as alt

        return alt.Chart(alt.Data(values=[])).mark_bar().encode(x=alt.X("a:Q", axis=alt.Axis(tickCount="many")))

    monkeypatch.setattr(charts, "VALIDATED", True)
    with pytest.raises(Exception, match="many"):
        charts.draw_all({"wrong": (wrong, [])}, pages.Words("en"))


ROWS = [{"month": "2025-01", "value": Decimal("1.0")}]


def described(rows: list, words: object) -> None: ...


def otherwise(rows: list, words: object) -> None: ...


def test_whatever_a_drawing_depends_on_changes_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zh, en = pages.Words("zh"), pages.Words("en")
    keys = {
        drawn_before.made_from(*arguments)
        for arguments in (
            ("a", described, ROWS, zh),
            ("a", described, ROWS, en),
            ("b", described, ROWS, zh),
            ("a", otherwise, ROWS, zh),
            ("a", "monthly", ROWS, zh),
            ("a", described, [{"month": "2025-01", "value": Decimal("1.00")}], zh),
            ("a", described, ROWS * 2, zh),
        )
    }
    assert len(keys) == 7
    assert drawn_before.made_from("a", described, [dict(ROWS[0])], pages.Words("zh")) in keys
    for part in ("code", "libraries"):
        with monkeypatch.context() as patched:
            patched.setattr(drawn_before, part, lambda: "another")
            assert drawn_before.made_from("a", described, ROWS, zh) not in keys
    monkeypatch.setattr(drawn_before, "FONTS", (tmp_path,))
    (tmp_path / "another.ttf").write_bytes(b"a font")
    assert drawn_before.made_from("a", described, ROWS, zh) not in keys


def test_a_font_replaced_or_added_is_another_machine(tmp_path: Path) -> None:
    font = tmp_path / "deep" / "plain.ttf"
    font.parent.mkdir()
    font.write_bytes(b"plain")
    looks = [drawn_before.fonts.__wrapped__((tmp_path,))]
    os.utime(font, (1, 1))
    looks.append(drawn_before.fonts.__wrapped__((tmp_path,)))
    (tmp_path / "bold.ttf").write_bytes(b"bold")
    looks.append(drawn_before.fonts.__wrapped__((tmp_path,)))
    assert len(set(looks)) == 3
    assert looks[-1] == drawn_before.fonts.__wrapped__((tmp_path, tmp_path / "nowhere"))
