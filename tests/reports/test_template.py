"""The fill-in workbooks: what a person types under the headings is what the starter feed reads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pipelines import exporting, feeds, landing, readers, records
from pipelines.exporting import template
from pipelines.workspace import STARTER_FEEDS_DIR

RECORD_TYPES = pytest.mark.parametrize("record_type", records.RECORD_TYPES)


@pytest.fixture
def blank(tmp_path: Path, record_type: str) -> Path:
    exporting.write_template(record_type, tmp_path / f"{record_type}.xlsx")
    return tmp_path / f"{record_type}.xlsx"


def typed(blank: Path, record_type: str) -> Path:
    """The workbook with its own examples typed into its first row, as Excel stores what a person types."""
    book = openpyxl.load_workbook(blank)
    types = {field.name: field.type for field in records.schema_of(record_type)}
    for position, entry in enumerate(template.entries_of(record_type), start=1):
        stored = {"date": datetime.fromisoformat, "instant": datetime.fromisoformat, "number": float}
        value = stored.get(template._kind(entry.column, types), str)(entry.example) if entry.example else None
        book.worksheets[0].cell(2, position).value = value
    book.save(blank)
    return blank


@RECORD_TYPES
def test_the_data_sheet_has_headings_and_nothing_else(blank: Path, record_type: str) -> None:
    sheet = openpyxl.load_workbook(blank).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert headings[: len(feeds.template_columns(record_type))] == list(feeds.template_columns(record_type))
    assert not [cell.value for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]


@RECORD_TYPES
def test_a_filled_workbook_is_claimed_by_its_own_feed_alone(blank: Path, record_type: str) -> None:
    path = typed(blank, record_type)
    document = readers.read(path, readers.ReaderOptions(), path.name)
    found = feeds.claims(document, feeds.in_folder(STARTER_FEEDS_DIR), path.name)
    assert [claim.feed.name for claim in found] == [f"template_{record_type}"]
    claimed = [table.sheet for table, header in zip(document.tables, found[0].headers, strict=True) if header]
    assert claimed == [template.DATA], "neither the instructions nor the lists are data"


@RECORD_TYPES
def test_every_column_is_explained_in_both_languages(blank: Path, record_type: str) -> None:
    entries = template.entries_of(record_type)
    text = "\n".join(
        str(cell.value) for row in openpyxl.load_workbook(blank)[template.HOW].iter_rows() for cell in row if cell.value
    )
    for entry in entries:
        assert entry.heading in text and entry.zh in text and entry.en in text
        assert entry.example or entry.column in {"remark", "event", "evidence_sha256"}
    assert any(entry.is_required for entry in entries)


@RECORD_TYPES
def test_ids_are_text_and_units_are_chosen_from_the_list(blank: Path, record_type: str) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book.worksheets[0]
    columns = {entry.column: index for index, entry in enumerate(template.entries_of(record_type))}
    for column in [name for name in columns if name.endswith(("_id", "_code", "_number"))]:
        letter = openpyxl.utils.get_column_letter(columns[column] + 1)
        assert sheet.column_dimensions[letter].number_format == "@"
    if "unit" in columns:
        letter = openpyxl.utils.get_column_letter(columns["unit"] + 1)
        (rule,) = [rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith(f"{letter}2")]
        assert (rule.type, rule.errorStyle) == ("list", "warning")
        cells = book[template.LISTS][rule.formula1.split("!")[1].replace("$", "")]
        assert {"kWh", "GJ", "t", "m3"} <= {cell.value for (cell,) in cells}


def test_every_record_column_has_its_words() -> None:
    columns = {name for held in records.COLUMNS.values() for name, _ in held}
    assert columns <= set(template._wording())


def test_a_record_type_without_a_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(exporting.ExportError, match="no_such"):
        exporting.write_template("no_such", tmp_path / "x.xlsx")
    assert not list(tmp_path.iterdir())


@RECORD_TYPES
def test_a_filled_workbook_lands_without_a_word(blank: Path, record_type: str) -> None:
    account = landing.inspect(None, typed(blank, record_type)).account
    assert (account.outcome, list(account.codes), account.rows_read, account.rows_loaded) == ("ACCEPT", [], 1, 1)
