"""Streams that the rules of use are about: transfers, resale, own streams, biomass, a zero factor. It judges nothing."""

from __future__ import annotations

from typing import Any

from tests.accounting.books import Books
from tests.accounting.cases import JUNE


def write(books: Books) -> None:
    """Add them to the books: facilities U-SENDER and U-TAKER of one group, U-APART outside its boundary."""
    books.facility("U-SENDER")
    books.facility("U-TAKER")
    books.facility("U-APART", is_in_boundary=False, boundary_reason="已出售 / sold")
    _transfers(books)
    _biomass(books)
    _stream(books, "U-RESOLD", "exported_electricity", "electricity", "resold", "100", "MWh")
    _stream(books, "U-OWN", "process_by_factor", "", "own_by_product", "10", "t")
    books.reading("U-OWN", JUNE, "0.5", "tCO2/t", "emission_factor")
    _stream(books, "U-ZERO", "purchased_electricity", "electricity", "purchased", "10", "MWh")
    books.reading("U-ZERO", JUNE, "0", "tCO2/MWh", "emission_factor")


def _transfers(books: Books) -> None:
    """A private line between two own sites with its loss, and one to a site outside the boundary."""
    sold = {"facility": "U-SENDER", "origin": "own_generated"}
    taken = {"facility": "U-TAKER", "origin": "transferred_in"}
    books.stream("U-LINE-OUT", "exported_electricity", "bituminous_coal", counterpart_stream_id="U-LINE-IN", **sold)
    books.reading("U-LINE-OUT", JUNE, "50", "MWh")
    books.stream("U-LINE-IN", "purchased_electricity", "electricity", counterpart_stream_id="U-LINE-OUT", **taken)
    books.reading("U-LINE-IN", JUNE, "49", "MWh")
    books.stream("U-AWAY-OUT", "exported_electricity", "bituminous_coal", counterpart_stream_id="U-AWAY-IN", **sold)
    books.reading("U-AWAY-OUT", JUNE, "7", "MWh")
    away = taken | {"facility": "U-APART", "counterpart_stream_id": "U-AWAY-OUT"}
    books.stream("U-AWAY-IN", "purchased_electricity", "electricity", **away)
    books.reading("U-AWAY-IN", JUNE, "7", "MWh")


def _biomass(books: Books) -> None:
    """Wood; diesel with 5 % of bio-diesel, the share in two units; the same diesel without any."""
    _stream(books, "U-WOOD", "stationary_combustion", "wood", "biogenic", "100", "t")
    for name in ("PLAIN", "SHARE", "PERCENT"):
        _stream(books, f"U-DIESEL-{name}", "mobile_combustion", "diesel", "purchased", "100", "t")
    books.reading("U-DIESEL-SHARE", JUNE, "0.05", "1", "biomass_share")
    books.reading("U-DIESEL-PERCENT", JUNE, "5", "%", "biomass_share")


def _stream(books: Books, stream_id: str, stream_type: str, fuel: str, origin: str, *reading: Any) -> None:
    books.stream(stream_id, stream_type, fuel, "U-SENDER", origin=origin)
    quantity, unit = reading
    books.reading(stream_id, JUNE, quantity, unit)
