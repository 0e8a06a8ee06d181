"""Writes a figure's product out and multiplies it again in exact fractions. It replaces no figure: it agrees or says no."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from pipelines.asking import Row

# From here on the terms turn tonnes of the gas into tonnes CO2e.
GWP_FROM = 1000
_WIDE = Context(prec=60)


def product(figure: Row, terms: list[Row]) -> dict[str, Any]:
    """sign × quantity × Π terms, its terms with their sources, and whether it gives the figure again.

    agrees: True or False, None when the figure is an error or has no workings. Rounded once, to the regime's decimals.
    """
    sign = figure["sign"] if figure["sign"] is not None else 1
    known = [term for term in terms if term["digits"] is not None]
    complete = len(known) == len(terms) and bool(terms) and figure["emissions_tco2e"] is not None
    return {
        "sign": sign,
        "written_out": written_out(sign, terms, figure),
        "terms": [_shown(term) for term in terms],
        "agrees": _agrees(sign, terms, figure) if complete else None,
    }


def written_out(sign: int, terms: list[Row], figure: Row) -> str:
    """'−1 × 13.05 万Nm3 × 389.31 GJ/万Nm3 × … = 282.33 tCO2e', as one line."""
    if not terms:
        return "—"
    factors = [" ".join(filter(None, [value(term), _unit(term)])) for term in terms]
    result = "—" if figure["emissions_tco2e"] is None else f"{figure['emissions_tco2e']:f} tCO2e"
    return " × ".join([*(["−1"] if sign < 0 else []), *factors]) + f" = {result}"


def value(term: Row) -> str:
    """A term as it is multiplied: 0.93 where 93 % is printed, with the ratio of its units unless 1; '?' if unknown."""
    if term["digits"] is None:
        return "?"
    if term["basis"] == "ratio":
        return term["value_text"]
    number = format(Decimal(int(term["digits"])).scaleb(-int(term["scale"]), _WIDE), "f")
    ratio = "" if term["numerator"] == term["denominator"] else f" × {term['numerator']}/{term['denominator']}"
    return number + ratio


def exact(terms: list[Row]) -> Fraction:
    """The product of the terms: mantissa over power of ten, times numerator over denominator, nothing rounded."""
    result = Fraction(1)
    for term in terms:
        ratio = Fraction(int(term["numerator"]), int(term["denominator"]))
        result *= Fraction(int(term["digits"]), 10 ** int(term["scale"])) * ratio
    return result


def _agrees(sign: int, terms: list[Row], figure: Row) -> bool:
    mass = exact([term for term in terms if term["term_order"] < GWP_FROM])
    half = Fraction(1, 2 * 10 ** figure["decimals"])
    pairs = [(mass, figure["emissions_t"]), (exact(terms), figure["emissions_tco2e"])]
    return all(abs(sign * found - Fraction(stated)) <= half for found, stated in pairs)


def _unit(term: Row) -> str:
    return "" if term["unit"] in (None, "", "1") else str(term["unit"])


def _shown(term: Row) -> dict[str, Any]:
    """A term as a reader needs it: a factor with its source, a measured one with its parameter."""
    keys = ["term", "basis", "unit"]
    if term["factor_id"]:
        keys += ["factor_id", "edition", "source_document", "source_locator", "verification_status"]
        keys += ["value_printed", "unit_printed", "is_earlier_year"]
    keys += [key for key in ("parameter_id", "error_code") if term[key]]
    return {"value": value(term)} | {key: term[key] for key in keys}
