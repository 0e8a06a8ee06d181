"""Made-up pairs of builds: lines whose terms, readings and rows change for known reasons (`laying` makes tables of them).

It also knows, in fractions, what every part is worth when parts change in any one order: the oracle of the bridge. It
shares no code with the models.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import cache
from itertools import permutations

from pipelines import rules

AS_OF = {"earlier": date(2025, 7, 1), "later": date(2025, 12, 31)}
PARTS = [row["change_part"] for row in sorted(rules.rows("change_parts"), key=lambda row: int(row["position"]))]
DECIMALS = {"ncv": 4, "carbon_content": 6, "oxidation_factor": 2, "gwp": 1}
Value = tuple[Decimal, int, int]
# What part of each site is the company's, on the earlier and on the later side.
SHARES = {"F1": (Decimal(1), Decimal(1)), "F2": (Decimal("0.51"), Decimal("0.6")), "F3": (Decimal(1), Decimal("0.405"))}
SHARES |= {"F4": (Decimal("0.3333"), Decimal("0.3333"))}


@dataclass
class Term:
    """A term of a product on both sides: value, numerator, denominator; None: the side has no such term."""

    name: str
    basis: str
    earlier: Value | None
    later: Value | None
    part: str


@dataclass
class Line:
    """One line of the two accounts, with what changed in it and why. quantities: part → change of the quantity."""

    stream_id: str
    month: date
    terms: list[Term] = field(default_factory=list)
    quantities: dict[str, Decimal] = field(default_factory=dict)
    readings: list[dict[str, object]] = field(default_factory=list)
    only: str = ""
    sign: int = 1
    facility: str = "F1"

    @property
    def emission_id(self) -> str:
        return f"gbt32150|{self.stream_id}|{self.month:%Y-%m}|CO2"

    def product(self, held: frozenset[str]) -> Fraction:
        """The product when the parts in `held` have changed already."""
        result = Fraction(self.sign)
        for term in self.terms:
            if term.name == "quantity":
                moved = sum((change for part, change in self.quantities.items() if part in held), Decimal(0))
                result *= Fraction(term.earlier[0] + moved)  # type: ignore[index]
            else:
                value = term.later if term.part in held else term.earlier
                result *= _fraction(value)
        return result

    def share(self, is_later: bool) -> Decimal:
        """What part of the site is the company's."""
        return SHARES[self.facility][is_later]

    def counted(self, held: frozenset[str]) -> Fraction:
        """The company's part of the product when the parts in `held` have changed already."""
        return self.product(held) * Fraction(self.share("boundary" in held))

    def consolidated(self, side: str) -> Decimal | None:
        """The company's part of what the account stores, rounded once more."""
        figure = self.figure(side)
        if figure is None:
            return None
        return rounded(Fraction(figure) * Fraction(self.share(side == "later")), ROUND_HALF_UP)

    def figure(self, side: str) -> Decimal | None:
        """What the account stores of the site, t CO2e; None where the side has no line."""
        if self.only and self.only != side:
            return None
        exact = self.product(frozenset(PARTS) if side == "later" else frozenset())
        return rounded(exact, ROUND_HALF_EVEN)

    @property
    def difference(self) -> Decimal:
        return (self.consolidated("later") or Decimal(0)) - (self.consolidated("earlier") or Decimal(0))

    def expected(self) -> dict[str, Decimal]:
        """Every part's share by brute force: the mean of what it adds, over all orders of change."""
        if self.only:
            part = "new_data" if self.month >= AS_OF["earlier"] else "boundary"
            return {part: self.difference} if self.difference else {}
        parts = {*self.quantities, *(term.part for term in self.terms if term.earlier != term.later)} - {""}
        parts = sorted(parts | ({"boundary"} if self.share(False) != self.share(True) else set()))
        counted = cache(self.counted)
        orders = list(permutations(parts))
        summed = dict.fromkeys(parts, Fraction(0))
        for order in orders:
            for place, part in enumerate(order):
                summed[part] += counted(frozenset(order[: place + 1])) - counted(frozenset(order[:place]))
        shares = {part: rounded(value / len(orders), ROUND_HALF_UP) for part, value in summed.items()}
        if shares:
            largest = min(shares, key=lambda part: (-abs(shares[part]), part))
            shares[largest] += self.difference - sum(shares.values())
        return {part: share for part, share in shares.items() if share}


def rounded(value: Fraction, mode: str) -> Decimal:
    """To 6 decimals, from the exact fraction."""
    millionths = value * 10**6
    floor = math.floor(abs(millionths))
    rest = abs(millionths) - floor
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (mode == ROUND_HALF_UP or floor % 2 == 1))
    with localcontext() as context:
        context.prec = 60
        return Decimal((floor + up) * (1 if value >= 0 else -1)) / 10**6


def _fraction(value: Value | None) -> Fraction:
    return Fraction(value[0]) * Fraction(value[1], value[2]) if value else Fraction(1)


def lines(seed: int, count: int) -> list[Line]:
    """`count` lines, about a fifth of them unchanged, a fifth on one side only."""
    chance = random.Random(seed)
    return [_line(chance, number) for number in range(count)]


def _decimal(chance: random.Random, size: float, decimals: int) -> Decimal:
    return Decimal(str(round(chance.uniform(size / 10, size), decimals)))


def _line(chance: random.Random, number: int) -> Line:
    only = chance.choice(["", "", "", "", "", "", "earlier", "later"])
    month = date(2025, chance.randint(1, 6), 1)
    if only == "later" and chance.random() < 0.5:
        month = date(2025, chance.randint(7, 12), 1)
    line = Line(f"S{number}", month, only=only, sign=chance.choice([1, 1, 1, -1]))
    line.facility = ("F1", *SHARES)[number % 5]
    _add_readings(chance, line)
    for name, basis, size, part in (
        ("ncv", "default", 45, "factor_edition"),
        ("carbon_content", "default", 0.03, "factor_edition"),
        ("oxidation_factor", "default", 100, "factor_edition"),
        ("molar_ratio", "ratio", 1, "method"),
        ("unit_ratio", "ratio", 1, "unit"),
        ("gwp", "default", 300, "gwp_set"),
    ):
        if chance.random() < 0.75:
            line.terms.append(_term(chance, name, basis, size, part))
    if chance.random() < 0.15:
        extra = (_decimal(chance, 5, 3), 1, 1)
        line.terms.append(Term("net_per_gross", "default", None, extra, "method"))
    if any(term.part == "method" and term.earlier != term.later for term in line.terms):
        for term in line.terms:  # with another method, its factors and ratios are the method's
            term.part = term.part if term.name in ("quantity", "gwp") else "method"
    return line


def _term(chance: random.Random, name: str, basis: str, size: float, part: str) -> Term:
    def drawn() -> Value:
        if basis == "ratio":
            return Decimal(1), chance.choice([44, 28, 1]), chance.choice([12, 1000, 3])
        return _decimal(chance, size, chance.randint(1, DECIMALS[name])), 1, 1

    earlier = drawn()
    return Term(name, basis, earlier, drawn() if chance.random() < 0.35 else earlier, part)


def _add_readings(chance: random.Random, line: Line) -> None:
    """Three readings that make up the quantity; each may be late, corrected, withdrawn, or filled by another rule."""
    total = {"earlier": Decimal(0), "later": Decimal(0)}
    for ordinal in range(3):
        value = _decimal(chance, 10 ** chance.randint(1, 6), chance.randint(0, 6))
        other = _decimal(chance, 10 ** chance.randint(1, 6), chance.randint(0, 6))
        kind = chance.choice(["", "", "", "late_data", "corrections", "withdrawn", "missing_data_rule"])
        gaps = {"late_data": (True, False), "withdrawn": (False, True), "missing_data_rule": (True, True)}
        after = other if kind else value
        for side, is_gap, held in zip(
            ("earlier", "later"), gaps.get(kind, (False, False)), (value, after), strict=True
        ):
            total[side] += held
            line.readings.append(_reading(line, ordinal, side, held, is_gap))
        part = {"withdrawn": "corrections"}.get(kind, kind)
        if part and after != value:
            line.quantities[part] = line.quantities.get(part, Decimal(0)) + after - value
    line.quantities = {part: change for part, change in line.quantities.items() if change}
    line.terms.append(Term("quantity", "quantity", (total["earlier"], 1, 1), (total["later"], 1, 1), ""))


def _reading(line: Line, ordinal: int, side: str, value: Decimal, is_gap: bool) -> dict[str, object]:
    return {
        "side": side,
        "planned_id": f"{line.stream_id}-A@{line.month}+{ordinal}",
        "parameter_id": f"{line.stream_id}-A",
        "stream_id": line.stream_id,
        "facility_id": line.facility,
        "kind": "activity_data",
        "role": "account",
        "period_start": line.month.replace(day=1 + 10 * ordinal),
        "period_end": line.month.replace(day=11 + 8 * ordinal),
        "unit": "t",
        "measured_quantity": Decimal(0) if is_gap else value,
        "hours_missing": Decimal(240 if is_gap else 0),
        "basis": "substituted" if is_gap else "measured",
        "best_estimate": value,
        "substitute": value,
    }
