"""What is wrong with which row: at most one reason per row, the first that was found. Knows no file and no feed."""

# pyarrow.compute makes its functions at import, unseen by the type checker
# pyright: reportAttributeAccessIssue=false
from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

TEXT = pa.string()


class Findings:
    """Row by row: `codes` (null: the row is good), the `fields` (headings), what was `found` and what was `expected`."""

    def __init__(self, length: int):
        self.codes, self.fields, self.found, self.expected = (pa.nulls(length, TEXT) for _ in range(4))

    def add(
        self, codes: pa.Array, field: pa.Array | str, found: pa.Array | str = "", expected: pa.Array | str = ""
    ) -> None:
        """Note `codes` (null: nothing) where no reason stands yet; `found` and `expected` explain them."""
        new = pc.and_(pc.is_valid(codes), pc.is_null(self.codes))
        if not pc.any(new).as_py():
            return
        self.codes = pc.if_else(new, codes, self.codes)
        self.fields = pc.if_else(new, _texts(field), self.fields)
        self.found = pc.if_else(new, _texts(found), self.found)
        self.expected = pc.if_else(new, _texts(expected), self.expected)

    def mark(self, mask: pa.Array, code: str, field: str, found: pa.Array | str = "", expected: str = "") -> None:
        """Note one code where `mask` is true."""
        self.add(pc.if_else(pc.fill_null(mask, False), pa.scalar(code), pa.scalar(None, TEXT)), field, found, expected)

    @property
    def good(self) -> pa.Array:
        """Which rows have no reason against them."""
        return pc.is_null(self.codes)


def _texts(given: pa.Array | str) -> pa.Array | pa.Scalar:
    return pa.scalar(given) if isinstance(given, str) else pc.fill_null(given, "")
