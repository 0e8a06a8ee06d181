"""The answer to `tanku inspect`, for machines and for people. It asks nothing itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.landing.accounts import (
    ACCEPT,
    ACCEPT_WARN,
    MOST_MESSAGES,
    QUARANTINE_ROWS,
    REJECT_FILE,
    FileAccount,
    Ledger,
    Message,
    cut,
)
from pipelines.landing.sums import Total
from pipelines.landing.totals import plain

_WORDS = {
    ACCEPT: ("接收", "accepted"),
    ACCEPT_WARN: ("接收，有提醒", "accepted with warnings"),
    QUARANTINE_ROWS: ("部分行隔离", "some rows set aside"),
    REJECT_FILE: ("整份拒收", "refused as a whole"),
}
_NUMBER_MARK = "\u0000number:"


@dataclass(frozen=True)
class InspectResult:
    """What would become of a file. Its account counts rows; totals are what its records add up to."""

    account: FileAccount
    totals: Sequence[Total]
    ledger: Ledger

    @property
    def outcome(self) -> str:
        """ACCEPT, ACCEPT_WARN, QUARANTINE_ROWS or REJECT_FILE."""
        return self.account.outcome

    @property
    def messages(self) -> list[Message]:
        """Sentences about the file, then about the rows set aside, at most MOST_MESSAGES of each code."""
        counted: Counter[str] = Counter(row.code for row in self.ledger.quarantined)
        shown: Counter[str] = Counter()
        found = list(self.ledger.sentences())
        for row in self.ledger.quarantined:
            shown[row.code] += 1
            if shown[row.code] <= MOST_MESSAGES:
                found.append(Message(row.code, row.sheet, row.row_number, row.field, row.zh, row.en))
        name = self.account.file_name
        return found + [cut(name, code, n - MOST_MESSAGES) for code, n in counted.items() if n > MOST_MESSAGES]

    def as_json(self) -> str:
        """One JSON object; quantities are numbers with all their digits."""
        account = self.account
        answer = {
            "file": account.file_name,
            "sha256": account.file_sha256,
            "feed": account.feed or None,
            "record_type": account.record_type or None,
            "outcome": account.outcome,
            "codes": list(account.codes),
            "rows": {
                "read": account.rows_read,
                "loaded": account.rows_loaded,
                "quarantined": account.rows_quarantined,
                "skipped": account.rows_skipped,
            },
            "totals": [{"unit": total.unit, "quantity": _NUMBER_MARK + plain(total.quantity)} for total in self.totals],
            "messages": [
                {"code": one.code, "row": one.row_number, "field": one.field, "zh": one.zh, "en": one.en}
                for one in self.messages
            ],
        }
        text = json.dumps(answer, ensure_ascii=False, indent=2)
        # A Decimal has no place in Python's JSON writer: its digits are written as text and freed from their quotes.
        return re.sub(r'"\\u0000number:(-?[0-9.]+)"', r"\1", text)

    def as_text(self) -> str:
        """A few lines for the terminal, Chinese and English."""
        account = self.account
        zh, en = _WORDS[account.outcome]
        lines = [
            f"{account.file_name}",
            f"  结果 / outcome   {account.outcome}  {zh} / {en}",
            f"  接入约定 / feed  {account.feed or '—'}  {account.record_type}".rstrip(),
            f"  行 / rows        读入 read {account.rows_read} = 入库 loaded {account.rows_loaded}"
            f" + 隔离 quarantined {account.rows_quarantined} + 跳过 skipped {account.rows_skipped}",
        ]
        lines += [f"  合计 / total     {_grouped(total.quantity)} {total.unit}" for total in self.totals]
        if account.codes:
            lines.append(f"  代码 / codes     {', '.join(account.codes)}")
        for one in self.messages:
            lines += [f"  · [{one.code}] {one.zh}", f"    {one.en}"]
        return "\n".join(lines)


def _grouped(quantity: Decimal) -> str:
    return f"{Decimal(plain(quantity)):,}"
