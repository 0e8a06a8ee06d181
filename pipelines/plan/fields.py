"""What a column of the plan is made of: its kind, whether it must be filled, its vocabulary. No table stands here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from pipelines import records


class Kind(StrEnum):
    """What a cell holds. An ID is text that Excel may have damaged."""

    ID = "id"
    TEXT = "text"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    BOOLEAN = "boolean"


ARROW: dict[Kind, pa.DataType] = {
    Kind.ID: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.DECIMAL: records.QUANTITY,
    Kind.INTEGER: pa.int32(),
    Kind.DATE: pa.date32(),
    Kind.BOOLEAN: pa.bool_(),
}


@dataclass(frozen=True)
class Field:
    """A column. required: its cells must not be empty. allowed: the vocabulary its values come from, '' for any."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    allowed: str = ""


NAMES = (Field("name_zh", required=True), Field("name_en"))
VALIDITY = (Field("valid_from", Kind.DATE, required=True), Field("valid_to", Kind.DATE))


def an_id(name: str, required: bool = True) -> Field:
    return Field(name, Kind.ID, required)


def one_of(name: str, required: bool = True) -> Field:
    return Field(name, required=required, allowed=name)


def a_decimal(name: str) -> Field:
    return Field(name, Kind.DECIMAL)
