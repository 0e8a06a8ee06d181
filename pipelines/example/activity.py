"""What the plants truly did, day by day: shifts, weather, sun and the energy that follows. It writes no file.

Amounts are invented here as floating-point numbers and become exact decimals once, when they are first written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.example import chance, days

TREND = {2022: 0.97, 2023: 1.0, 2024: 1.035, 2025: 1.07, 2026: 1.08}
# Nanjing's monthly mean temperatures, °C, taken as those of the 15th.
NORMALS = (3.1, 5.4, 10.0, 16.1, 21.4, 25.1, 28.6, 28.1, 23.7, 18.0, 11.6, 5.3)
HEATING_LIMIT_C = 18.0


@dataclass(frozen=True)
class Day:
    """One day of the plants.

    foundry, electronics: the level of activity, about 1 on a working day of 2023. cloud: the share of a clear day's sun.
    coldest, mean, warmest: °C. heating: degrees below the heating limit, 0 when it is warmer.
    """

    foundry: float
    electronics: float
    cloud: float
    coldest: float
    mean: float
    warmest: float

    @property
    def heating(self) -> float:
        return max(0.0, HEATING_LIMIT_C - self.mean)


def history(seed: int) -> dict[date, Day]:
    """Every day from the first billed one to the date of the account."""
    random = chance.stream(seed, "history")
    return {day: _lived(day, random) for day in days.span(days.FIRST_BILLED_DAY, days.AS_OF)}


def natural_gas_foundry_nm3(day: Day) -> float:
    """Melting and heat-treatment furnaces: holding heat, and the castings."""
    return 16_400 * (0.15 + 0.85 * day.foundry)


def steam_bought_gj(day: Day) -> float:
    """Sand drying and washing at the foundry."""
    return 95 * (0.4 + 0.6 * day.foundry) + 1.5 * day.heating


def heat_sold_gj(day: Day) -> float:
    """Waste heat of the foundry's furnaces, sold to the neighbour."""
    return 2.0 + 6.5 * day.foundry


def steam_sold_t(day: Day) -> float:
    """Superheated steam of the foundry's coal boiler, sold to the neighbour by weight."""
    return 13.5 * (0.35 + 0.65 * day.foundry)


def power_to_electronics_kwh(day: Day) -> float:
    """What the back-pressure turbine behind the coal boiler sends down the private line to the electronics plant."""
    return 1_650 * (0.3 + 0.7 * day.foundry)


def boiler_heat_gj(day: Day) -> float:
    """Heat of all the steam the coal boiler raises: 22.9 GJ a tonne of coal at 78 per cent."""
    return coal_t(day) * 22.9 * 0.78


def tenant_kwh(day: Day) -> float:
    """The tenant on the electronics plant's second floor, who is billed for what he uses."""
    return 2_900 * (0.25 + 0.75 * day.electronics)


def natural_gas_workshop_nm3(day: Day) -> float:
    """The annealing furnaces of the workshop."""
    return 410 * (0.2 + 0.8 * day.foundry)


def natural_gas_electronics_nm3(day: Day) -> float:
    """The hot-water boiler of the electronics plant."""
    return 480 * day.electronics + 105 * day.heating


def heat_bought_gj(day: Day) -> float:
    """District heat of the electronics plant."""
    return 12 * day.electronics + 3.1 * day.heating


def coal_t(day: Day) -> float:
    """The foundry's steam boiler."""
    return 7.4 * (0.3 + 0.7 * day.foundry) + 0.42 * day.heating


def coke_t(day: Day) -> float:
    """The cupola (冲天炉)."""
    return 5.3 * day.foundry


def castings_t(day: Day) -> float:
    """Good castings."""
    return 112 * day.foundry


def boards(day: Day) -> float:
    """Control units, pieces."""
    return 4_150 * day.electronics


def _lived(day: date, random: chance.Random) -> Day:
    mean = _normal(day) + 4.5 * (2 * random.random() - 1)
    swing = 3.0 + 3.0 * random.random()
    return Day(
        foundry=_foundry_shift(day) * TREND[day.year] * chance.around(random, 0.035),
        electronics=_electronics_shift(day) * TREND[day.year] * chance.around(random, 0.012),
        cloud=0.12 + 0.88 * random.random(),
        coldest=mean - swing,
        mean=mean,
        warmest=mean + swing,
    )


def _normal(day: date) -> float:
    """The mean temperature of a day of the year, on straight lines between the fifteenths of the months."""
    index, past = day.month - 1, (day.day - 15) / 30.5
    other = (index + (1 if past >= 0 else -1)) % 12
    return NORMALS[index] + abs(past) * (NORMALS[other] - NORMALS[index])


def _foundry_shift(day: date) -> float:
    if days.is_spring_festival(day):
        return 0.22
    return 0.36 if days.is_holiday(day) or day.weekday() == 6 else 1.0


def _electronics_shift(day: date) -> float:
    if days.is_spring_festival(day):
        return 0.92
    return 0.97 if days.is_holiday(day) or day.weekday() >= 5 else 1.0
