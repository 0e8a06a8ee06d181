"""How a delimited text is laid out: its delimiter, its frame, how many fields a row has. Splits only a sample."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 1000
HEADING_WITHIN = 30

# A field that reads as a number, a date or a time, however it is decorated: no column heading looks like that.
# (Possessive: a hostile field must not cost more than its length.)
_QUANTITY = re.compile(r"""[\s'"=+\-−(]*+\d[\d\s.,:/\-年月日时分秒TZ]*+[%)"\-]*+(?:[eE][+-]?\d++)?\s*""")
_RULE = frozenset(" \t|+-=_")
_HINT = re.compile(r"sep=(.)\s*")


@dataclass(frozen=True)
class Dialect:
    """delimiter: one character. framed: rows stand between pipes and dashed lines (SAP list). width: the fields a row
    must have. heading_line: the physical line from which rows are held to that width; titles stand before it."""

    delimiter: str
    framed: bool
    width: int
    heading_line: int


def detect(data: bytes, delimiter: str = "auto") -> Dialect:
    """The dialect of `data` (UTF-8), judged by its first thousand lines."""
    lines = sample_lines(data)
    chosen = _delimiter(lines) if delimiter in ("", "auto") else delimiter
    framed = chosen == "|" and is_framed(lines)
    rows = _split([unframed(line) for line in lines] if framed else lines, chosen, quoted=not framed)
    width, heading_line = _shape(rows)
    return Dialect(chosen, framed, width, heading_line)


def sample_lines(data: bytes) -> list[str]:
    """The first lines of `data`, without their line ends."""
    head = data[: 1 << 20]
    text = head.decode("utf-8", errors="ignore" if len(head) < len(data) else "strict")
    return re.split(r"\r\n|\r|\n", text, maxsplit=SAMPLE_LINES)[:SAMPLE_LINES]


def is_framed(lines: Sequence[str]) -> bool:
    """Whether the lines that hold a pipe begin and end with one, as in a list download of SAP."""
    piped = [line.strip() for line in lines if "|" in line]
    return len(piped) > 1 and sum(line[0] == line[-1] == "|" for line in piped) >= 0.6 * len(piped)


def unframed(line: str) -> str:
    """`line` without its frame: the outer pipes go, a dashed line becomes an empty one."""
    bare = line.strip()
    if "-" in bare and _RULE.issuperset(bare):
        return ""
    return bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] == "|" else line


def is_quantity(value: str) -> bool:
    """Whether `value` reads as a number, a date or a time."""
    return bool(_QUANTITY.fullmatch(value))


def is_side_note(fields: Sequence[str]) -> bool:
    """Whether a row too short for the table is a title, a footer or a short total: a text and at most one thing more."""
    filled = [value for value in fields if value.strip()]
    return len(filled) <= 1 or (len(filled) == 2 and not is_quantity(filled[0]))


def _delimiter(lines: Sequence[str]) -> str:
    hint = _HINT.fullmatch(lines[0]) if lines else None
    if hint:
        return hint[1]
    return max(DELIMITERS, key=lambda candidate: _evenness(lines, candidate))


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """How many rows share the most frequent width above one, and that width."""
    widths = Counter(len(fields) for _, fields in _split(lines, delimiter, quoted=True) if len(fields) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _split(lines: Sequence[str], delimiter: str, quoted: bool) -> list[tuple[int, list[str]]]:
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, quoting=quoting)
    rows, start = [], 1
    try:
        for fields in reader:
            rows.append((start, fields))
            start = reader.line_num + 1
    except csv.Error:
        return rows
    return rows


def _shape(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, int]:
    """The width rows must have and the line they are held to it from: those of the heading, else the usual ones.

    The heading decides and not the majority: where most rows carry an unquoted thousands comma, they are the wrong ones.
    """
    filled = [(line, fields) for line, fields in rows if any(value.strip() for value in fields)]
    usual = _usual_width([len(fields) for _, fields in filled])
    headings = [(line, fields) for line, fields in filled[:HEADING_WITHIN] if _is_heading(fields, usual)]
    fitting = [heading for heading in headings if len(heading[1]) <= usual] or headings
    if fitting:
        line, fields = max(fitting, key=lambda heading: (len(heading[1]), -heading[0]))
        return len(fields), line
    return usual, next((line for line, fields in filled if len(fields) >= usual), 1)


def _usual_width(widths: Sequence[int]) -> int:
    counted = Counter(width for width in widths if width > 1)
    return max(counted, key=lambda width: (counted[width], width), default=1)


def _is_heading(fields: Sequence[str], usual: int) -> bool:
    filled = [value for value in fields if value.strip()]
    wide = len(fields) >= max(2, usual / 2) and len(filled) >= max(2, len(fields) / 2)
    return wide and not any(is_quantity(value) for value in filled)
