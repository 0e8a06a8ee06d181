"""Identifiers and other texts as they were meant: decorations taken off, leading zeros kept. Converts nothing.

What Excel has destroyed (3.20101E+18) cannot be guessed back: it refuses the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa

from pipelines.readers import Refused

_ENDINGS = ("_id", "_code", "_number", "_item")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,3}")
_FORMULA_TEXT = re.compile(r'="(.*)"')
_FLOAT_DAMAGED = re.compile(r"(\d{1,15})\.0")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_PADDING = " \t\u00a0\u3000\u200b\ufeff"


@dataclass(frozen=True)
class Texts:
    """Per cell: the text (null where blank), and whether a decoration was taken off it."""

    values: pa.Array
    decorated: pa.Array


def is_identifier(column: str) -> bool:
    """Whether a record column holds identifiers: 'meter_id', 'material_code', 'document_number' …"""
    return column.endswith(_ENDINGS)


def judge(texts: pa.Array, heading: str) -> Texts:
    """Identifiers without what protected them from Excel. Raises Refused ID_SCIENTIFIC for one in scientific notation."""
    encoded = texts.dictionary_encode()
    found = [_bare(text or "", heading) for text in encoded.dictionary.to_pylist()]
    return Texts(
        pa.array([value or None for value, _ in found], pa.string()).take(encoded.indices),
        pa.array([decorated for _, decorated in found], pa.bool_()).take(encoded.indices),
    )


def trimmed(texts: pa.Array) -> pa.Array:
    """Texts without padding; a blank one is null."""
    encoded = texts.dictionary_encode()
    found = [(text or "").strip(_PADDING) or None for text in encoded.dictionary.to_pylist()]
    return pa.array(found, pa.string()).take(encoded.indices)


def _bare(text: str, heading: str) -> tuple[str, bool]:
    """The identifier in a cell, and whether it was decorated. Padding with spaces is no decoration."""
    bare = text.strip(" \u00a0\u3000")
    if _SCIENTIFIC.fullmatch(bare):
        raise Refused("ID_SCIENTIFIC", field=heading, found=bare)
    plain = bare.strip(_PADDING)
    if match := _FORMULA_TEXT.fullmatch(plain) or _FLOAT_DAMAGED.fullmatch(plain):
        plain = match[1]
    elif _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    plain = plain.removeprefix("'").removeprefix("’").strip(_PADDING)
    return plain, plain != bare
