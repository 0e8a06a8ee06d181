"""Which cumulative meters the plants have, and what flows through each. It draws nothing and writes no file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.example import activity, days


@dataclass(frozen=True)
class Meter:
    """A cumulative meter: its unit, multiplier, digits before the point, and where it stood on the first day."""

    meter_id: str
    unit: str
    multiplier: int
    digits: int
    start: Decimal
    places: int


@dataclass(frozen=True)
class Line:
    """One metered series of a plant (its name in the truth) and what flows through it.

    daily: of a day, in the meter's unit; or `share_of`: another line, of which `share` flows here. spread: how far chance
    may take a month from that. scale: the plan's unit in the meter's (kWh are accounted in MWh). since: the first day.
    """

    series: str
    plant: str
    meter: Meter
    daily: Callable[[activity.Day], float] | None = None
    share_of: str = ""
    share: float = 1.0
    spread: float = 0.01
    scale: Decimal = Decimal(1)
    since: date = days.FIRST_DAY


IN_MWH = Decimal("0.001")
OLD_FURNACE_GAS = Meter("RQ-NJF-2016-0457", "Nm3", 10, 7, Decimal("3184205.6"), 1)
NEW_FURNACE_GAS = Meter("RQ-NJF-2024-0032", "Nm3", 1, 8, Decimal("12.0"), 1)
STEAM_BOUGHT = Meter("ZQ-NJF-2019-0011", "GJ", 1, 7, Decimal("91240.55"), 2)
WASTE_HEAT = Meter("RL-NJF-2021-0006", "GJ", 1, 6, Decimal("4406.10"), 2)
ELECTRONICS_GAS = Meter("RQ-NJE-2018-0120", "Nm3", 1, 6, Decimal("694800.0"), 1)
ROOF = Meter("GF-NJF-2021-0001", "kWh", 1, 8, Decimal("4120377.000"), 3)
STEAM_SOLD = Meter("ZQ-NJF-2020-0023", "t", 1, 6, Decimal("14022.310"), 3)
CONDENSATE = Meter("NJ-NJF-2020-0024", "t", 1, 6, Decimal("7461.905"), 3)
PRIVATE_LINE_SENT = Meter("DN-NJF-2022-0300", "kWh", 40, 6, Decimal("11840.20"), 2)
PRIVATE_LINE_RECEIVED = Meter("DN-NJE-2022-0301", "kWh", 40, 6, Decimal("11698.75"), 2)
TENANT = Meter("DN-NJE-2020-0410", "kWh", 20, 6, Decimal("30417.60"), 2)
BOILER_HEAT = Meter("RL-NJF-2020-0031", "GJ", 1, 7, Decimal("208113.40"), 2)
HEAT_SUPPLIED = Meter("RL-NJF-2020-0032", "GJ", 1, 7, Decimal("176095.85"), 2)
WORKSHOP_GAS = Meter("RQ-NJW-2019-0077", "Nm3", 1, 6, Decimal("61850.0"), 1)

# A line that is a share of another stands after it. The private line loses about one per cent on its way; 62 per cent
# of the steam sold comes back as condensate; 96 per cent of the boiler's heat leaves the turbine as heat.
LINES = (
    Line("F-NG", "NJ-F", OLD_FURNACE_GAS, activity.natural_gas_foundry_nm3),
    Line("F-STEAM", "NJ-F", STEAM_BOUGHT, activity.steam_bought_gj),
    Line("F-HX", "NJ-F", WASTE_HEAT, activity.heat_sold_gj),
    Line("F-PV-GEN", "NJ-F", ROOF, share_of="roof", spread=0.0, scale=IN_MWH),
    Line("F-STX", "NJ-F", STEAM_SOLD, activity.steam_sold_t),
    Line("F-COND", "NJ-F", CONDENSATE, share_of="F-STX", share=0.62, spread=0.03),
    Line("F-CHPX", "NJ-F", PRIVATE_LINE_SENT, activity.power_to_electronics_kwh, scale=IN_MWH),
    Line("F-COAL-HP", "NJ-F", BOILER_HEAT, activity.boiler_heat_gj),
    Line("F-COAL-HS", "NJ-F", HEAT_SUPPLIED, share_of="F-COAL-HP", share=0.962, spread=0.006),
    Line("E-NG", "NJ-E", ELECTRONICS_GAS, activity.natural_gas_electronics_nm3),
    Line("E-CHP", "NJ-E", PRIVATE_LINE_RECEIVED, share_of="F-CHPX", share=0.989, spread=0.001, scale=IN_MWH),
    Line("E-TEN", "NJ-E", TENANT, activity.tenant_kwh, scale=IN_MWH),
    Line("W-NG", "NJ-W", WORKSHOP_GAS, activity.natural_gas_workshop_nm3, since=days.ACQUIRED),
)
