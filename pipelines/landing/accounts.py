"""What became of one file, row by row and as a whole: nothing is lost and nothing is silent. It reads and types nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pipelines import reasons, records
from pipelines.reasons import Place

ACCEPT, ACCEPT_WARN, QUARANTINE_ROWS, REJECT_FILE = "ACCEPT", "ACCEPT_WARN", "QUARANTINE_ROWS", "REJECT_FILE"

# Messages of one code that are written out; the rest is counted. Every quarantined row keeps its own message.
MOST_MESSAGES = 20


@dataclass(frozen=True)
class Message:
    """One sentence about a file, in two languages. row_number is None where it is about the whole."""

    code: str
    sheet: str
    row_number: int | None
    field: str
    zh: str
    en: str


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that does not count, with the first reason found against it."""

    sheet: str
    row_number: int
    code: str
    field: str
    found: str
    row_text: str
    zh: str
    en: str


@dataclass(frozen=True)
class SkippedRow:
    """A row that is no record, or one that is held already."""

    sheet: str
    row_number: int
    reason: str
    row_text: str


@dataclass(frozen=True)
class FileAccount:
    """One file's account: rows_read = rows_loaded + rows_quarantined + rows_skipped, always.

    A row is a record a person sees. records: what they became (meter-days, movements). values_read, values_missing: the
    figures inside. codes: reasons against rows first, then warnings, each once.
    """

    file_sha256: str
    file_name: str
    feed: str
    record_type: str
    outcome: str
    codes: tuple[str, ...]
    rows_read: int
    rows_loaded: int
    rows_quarantined: int
    rows_skipped: int
    records: int
    values_read: int
    values_missing: int


@dataclass
class Ledger:
    """The account while a file is being landed."""

    file_sha256: str
    file_name: str
    feed: str = ""
    record_type: str = ""
    refused: str = ""
    warnings: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    quarantined: list[QuarantinedRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    _said: Counter[str] = field(default_factory=Counter)

    def say(
        self, code: str, values: Mapping[str, str], sheet: str = "", row: int | None = None, field: str = ""
    ) -> None:
        """A sentence about the file; a warning also becomes one of its codes."""
        if reasons.reason(code).severity == "warning" and code not in self.warnings:
            self.warnings.append(code)
        self._said[code] += 1
        if self._said[code] <= MOST_MESSAGES:
            zh, en = reasons.message(code, Place(self.file_name, sheet, row, field), values)
            self.messages.append(Message(code, sheet, row, field, zh, en))

    def refuse(self, code: str, values: Mapping[str, str]) -> None:
        """The whole file does not count."""
        self.refused = code
        row = values.get("row", "")
        self.say(code, values, values.get("sheet", ""), int(row) if row.isdigit() else None, values.get("field", ""))

    def quarantine(
        self, code: str, values: Mapping[str, str], sheet: str, row: int, field: str = "", row_text: str = ""
    ) -> None:
        """Set one row aside."""
        zh, en = reasons.message(code, Place(self.file_name, sheet, row, field), values)
        found = values.get("found", "")
        self.quarantined.append(QuarantinedRow(sheet, row, code, field, found, row_text, zh, en))

    def skip(self, reason: str, sheet: str, row: int, row_text: str, values: Mapping[str, str] | None = None) -> None:
        """Leave one row out; said only where the reason is a warning."""
        self.skipped.append(SkippedRow(sheet, row, reason, row_text))
        if reasons.reason(reason).severity == "warning":
            self.say(reason, values or {}, sheet, row)

    def sentences(self) -> list[Message]:
        """The messages, and how many more of a code there would have been."""
        return self.messages + [
            cut(self.file_name, code, count - MOST_MESSAGES)
            for code, count in self._said.items()
            if count > MOST_MESSAGES
        ]

    def closed(
        self, rows_read: int, rows_loaded: int, records: int, values: tuple[int, int], held_back: int = 0
    ) -> FileAccount:
        """The account. held_back: rows skipped because they are held already.

        Raises AssertionError when a row is missing from it: then landing itself is wrong.
        """
        account = FileAccount(
            file_sha256=self.file_sha256,
            file_name=self.file_name,
            feed=self.feed,
            record_type=self.record_type,
            outcome=self._outcome(),
            codes=self._codes(),
            rows_read=rows_read,
            rows_loaded=rows_loaded,
            rows_quarantined=len(self.quarantined),
            rows_skipped=len(self.skipped) + held_back,
            records=records,
            values_read=values[0],
            values_missing=values[1],
        )
        assert_whole(account)
        return account

    def _outcome(self) -> str:
        if self.refused:
            return REJECT_FILE
        if self.quarantined:
            return QUARANTINE_ROWS
        return ACCEPT_WARN if self.warnings else ACCEPT

    def _codes(self) -> tuple[str, ...]:
        errors = [self.refused] if self.refused else [row.code for row in self.quarantined]
        return tuple(dict.fromkeys([*errors, *self.warnings]))


def cut(file_name: str, code: str, count: int) -> Message:
    """That there are `count` more messages of a code."""
    zh, en = reasons.message("MESSAGES_CUT", Place(file_name), {"found": str(count)})
    return Message(code, "", None, "", zh, en)


def assert_whole(account: FileAccount) -> None:
    """Raise AssertionError unless every row read is loaded, quarantined or skipped."""
    told = account.rows_loaded + account.rows_quarantined + account.rows_skipped
    if account.rows_read != told:
        raise AssertionError(f"{account.file_name}: {account.rows_read} rows read, {told} accounted for")


def account_table(account: FileAccount) -> pa.Table:
    """The account as a table of one row."""
    row = {name: getattr(account, name) for name in records.FILE_ACCOUNT.names}
    return pa.Table.from_pylist([row | {"codes": list(account.codes)}], schema=records.FILE_ACCOUNT)


def quarantined_table(ledger: Ledger) -> pa.Table:
    """The rows set aside, as a table."""
    renamed = {"message_zh": "zh", "message_en": "en"}
    return _table(ledger, ledger.quarantined, records.QUARANTINED_ROW, renamed)


def skipped_table(ledger: Ledger) -> pa.Table:
    """The rows left out, as a table."""
    return _table(ledger, ledger.skipped, records.SKIPPED_ROW, {})


def message_table(ledger: Ledger) -> pa.Table:
    """The sentences about the file, as a table."""
    return _table(ledger, ledger.sentences(), records.FILE_MESSAGE, {"message_zh": "zh", "message_en": "en"})


def _table(ledger: Ledger, rows: Sequence[Any], schema: pa.Schema, renamed: Mapping[str, str]) -> pa.Table:
    fixed = {"file_sha256": ledger.file_sha256, "feed": ledger.feed}
    columns = [
        pa.array(
            [fixed.get(f.name) if f.name in fixed else getattr(row, renamed.get(f.name, f.name)) for row in rows],
            f.type,
        )
        for f in schema
    ]
    return pa.table(columns, schema=schema)
