"""The small CSV sheets that people hand to a command: their bytes, their header, their rows with row numbers.

What a cell means, and whether it is right, is said by whoever asked (`calculating`, `recalculating`, `charting_sheets`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.readers import Refused, decoding

MARK = "\ufeff"


class SheetError(Exception):
    """The sheet cannot be used: what was found, what was expected, what to do (zh / en)."""

    exit_code = 2

    def __init__(self, zh: str, en: str = "") -> None:
        super().__init__(f"{zh} / {en}" if en else zh)


def read(
    file: Path, required: Sequence[str], optional: Sequence[str], may_hold_others: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row below the header with its number as a person counts (the header is 1); a cell that is not there is ''.

    UTF-8 or GB18030, nothing replaced. may_hold_others: columns of other names are left aside instead of refused. Raises
    SheetError for bytes in no such encoding and for a header that lacks a column.
    """
    lines = csv.DictReader(io.StringIO(_text(file), newline=""), restval="")
    _check_header(lines.fieldnames or [], required, optional, may_hold_others)
    return enumerate(lines, start=2)


def _text(file: Path) -> str:
    try:
        return decoding.to_utf8(file.read_bytes()).decode("utf-8").removeprefix(MARK)
    except Refused as refused:
        told = refused.values
        raise SheetError(
            f"{file.name} 第 {told['row']} 行（第 {told['offset']} 字节起）不是一种编码：{told['found']}，"
            f"应为 {told['expected']}。请另存为 UTF-8（CSV UTF-8）再试。",
            f"{file.name}, row {told['row']} (from byte {told['offset']}): {told['found']} is not {told['expected']}."
            " Save it as UTF-8 (CSV UTF-8) and try again.",
        ) from refused


def _check_header(
    names: Sequence[str], required: Sequence[str], optional: Sequence[str], may_hold_others: bool
) -> None:
    lacking = [name for name in required if name not in names]
    strange = [] if may_hold_others else [name for name in names if name not in (*required, *optional)]
    if lacking or strange:
        told = {"required": ", ".join(required), "optional": ", ".join(optional)}
        told |= {"lacking": ", ".join(lacking) or "-", "strange": ", ".join(strange) or "-"}
        raise SheetError(
            "表头须有 {required}，可有 {optional}；缺 {lacking}，多 {strange}。".format(**told),
            "the header must have {required} and may have {optional}; lacking: {lacking}, unknown: {strange}.".format(
                **told
            ),
        )
