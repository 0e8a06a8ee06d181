"""What is drafted for each kind of review, worked out by hand; growth is in none of it, and what is not drafted says why."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.targets import company
from tests.targets.company import change, event, inside, steady

YEAR, SPRING = date(2025, 1, 1), date(2025, 3, 1)
ENDED = date(2025, 12, 1)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def drafted(row: dict[str, Any]) -> tuple[str, Decimal | None]:
    return row["draft_basis"], row["effect"]


def test_another_method_is_drafted_by_what_a_tonne_of_the_stream_emits(connection: Any) -> None:
    """1200 t of coal in the base year at 2.2 instead of 2 t CO2e: +240, though the company has doubled since."""
    given = steady(Decimal(2), Decimal("2.2")).having(own_changes=[change("method", YEAR, "COAL", "c")])
    row = company.reviewed(connection, given)["T/change/2025-01"]
    assert drafted(row) == ("activity", Decimal(240))
    assert (row["old_value"], row["effect_share"]) == (Decimal(3600), Decimal("0.066667"))


def test_a_declared_method_has_the_same_numbers_and_counts_once(connection: Any) -> None:
    given = steady(Decimal(2), Decimal("2.2")).having(
        own_changes=[change("method", YEAR, "COAL", "c")],
        events=[event("method")],
        event_subjects=[{"event_id": "E-method", "subject_id": "S"}],
    )
    found = company.reviewed(connection, given)
    told, on_record = found["T/event/E-method"], found["T/change/2025-01"]
    assert drafted(told) == drafted(on_record)
    assert (told["adds_up"], on_record["adds_up"]) == (False, True)


@pytest.mark.parametrize(
    ("spans", "basis", "effect"),
    [
        # the gas of the base year, 600 t at 2 t CO2e, is a third of it
        ([inside("GAS", until=SPRING)], "base_share", -1200),
        ([inside("GAS", until=SPRING), inside("GAS", SPRING)], "base_share", 0),
        ([inside("GAS", until=date(2024, 7, 1)), inside("GAS", SPRING)], "base_share", 1200),
        # it left within the base year: nobody knows what the whole year would have been
        ([inside("GAS", until=date(2023, 7, 1)), inside("GAS", SPRING)], "came_without_base", None),
    ],
)
def test_what_left_and_came_back_is_its_share_of_the_base(
    connection: Any, spans: list, basis: str, effect: int | None
) -> None:
    given = steady(Decimal(3)).having(
        own_changes=[change("stream", SPRING, "GAS")], bounded_streams=[inside("COAL"), *spans]
    )
    assert drafted(company.reviewed(connection, given)["T/change/2025-03"]) == (basis, effect)


def test_a_facility_that_leaves_takes_all_its_streams(connection: Any) -> None:
    spans = [inside("COAL", until=SPRING), inside("GAS", until=SPRING)]
    given = steady().having(own_changes=[change("facility", SPRING)], bounded_streams=spans)
    row = company.reviewed(connection, given)["T/change/2025-03"]
    assert drafted(row) == ("base_share", Decimal(-3600)) and row["proposed_value"] == 0


def test_what_is_new_is_never_drafted_and_later_changes_of_it_move_nothing(connection: Any) -> None:
    new = {month: (Decimal(10), Decimal(3)) for month in company.MONTHS if month >= SPRING}
    given = replace(steady(), new=new).having(
        own_changes=[change("stream", SPRING, "NEW"), change("parameter", date(2025, 6, 1), "NEW")],
        bounded_streams=[inside("COAL"), inside("GAS"), inside("NEW", SPRING)],
    )
    found = company.reviewed(connection, given)
    assert drafted(found["T/change/2025-03"]) == ("came_without_base", None)
    assert "new_plant" in found["T/change/2025-03"]["draft_zh"]
    assert drafted(found["T/change/2025-06"]) == ("base_share", Decimal(0))


@pytest.mark.parametrize("kind", ["capacity", "product_mix", "other"])
def test_a_declared_event_is_drafted_by_output(connection: Any, kind: str) -> None:
    """640 t a month against 60 t of product at 10 t CO2e: 6.67 % of 3600."""
    given = steady(Decimal(2), Decimal("2.2")).having(
        events=[event(kind)], event_subjects=[{"event_id": f"E-{kind}", "subject_id": "S"}]
    )
    row = company.reviewed(connection, given)[f"T/event/E-{kind}"]
    assert drafted(row) == ("output", Decimal(240)) and row["months_since"] == 12
    # the intensity's review says the same, of the intensity
    assert drafted(company.reviewed(connection, given)[f"I/event/E-{kind}"])[0] == "months_since"


@pytest.mark.parametrize("seed", range(5))
def test_growth_alone_moves_no_draft(connection: Any, seed: int) -> None:
    """Whatever the output becomes: a draft of a total is 0 where a unit of product emits what it did."""
    chance = random.Random(seed)
    growth = Decimal(chance.choice((chance.randint(30, 90), chance.randint(110, 300)))) / 100
    alarm = {"subject_id": "S", "alarm_id": "W@2025", "cause": "a", "cause_kind": "operation", "direction": "up"}
    alarm |= {"measure": "residual", "first_alarm_on": SPRING, "began_on": YEAR, "evidence_zh": "", "evidence_en": ""}
    given = steady(growth).having(
        alarms=[alarm],
        events=[event("capacity")],
        event_subjects=[{"event_id": "E-capacity", "subject_id": "S"}],
        own_changes=[change("method", YEAR, "COAL", "c"), change("product_mix", SPRING, "OUT")],
    )
    found = company.reviewed(connection, given)
    drafts = {name: row["effect"] for name, row in found.items() if row["is_trigger"]}
    assert len(drafts) == 8 and set(drafts.values()) == {Decimal(0)}
    grown = [row for row in found.values() if row["trigger_kind"] == "growth"]
    assert grown and all(drafted(row) == ("growth", None) and not row["is_trigger"] for row in grown)


def test_without_output_a_total_cannot_tell_growth_and_says_so(connection: Any) -> None:
    given = replace(steady(Decimal(2), Decimal("2.2")), output={}).having(
        own_changes=[change("method", YEAR, "COAL", "c"), change("parameter", SPRING, "COAL")],
        events=[event("capacity")],
        event_subjects=[{"event_id": "E-capacity", "subject_id": "S"}],
    )
    found = company.reviewed(connection, given)
    assert drafted(found["T/event/E-capacity"]) == ("no_output", None)
    assert drafted(found["T/change/2025-03"]) == ("no_output", None)
    assert drafted(found["T/change/2025-01"]) == ("activity", Decimal(240)), "a stream's own activity serves"


def test_what_has_no_month_since_waits_for_one(connection: Any) -> None:
    late = date(2026, 1, 1)
    given = steady().having(
        own_changes=[change("method", late, "COAL", "c"), change("factor", late, "COAL", "c")],
        events=[event("capacity", late)],
        event_subjects=[{"event_id": "E-capacity", "subject_id": "S"}],
    )
    found = company.reviewed(connection, given)
    named = ("T/change/2026-01", "T/factor/2026-01", "I/event/E-capacity", "I/factor/2026-01")
    assert {found[name]["draft_basis"] for name in named} == {"no_months_since"}


def test_structural_changes_are_the_units_own_emissions_or_say_what_is_lacking(connection: Any) -> None:
    kinds = ("acquisition", "divestment", "insourcing", "new_plant")
    found = company.reviewed(
        connection,
        steady().having(
            events=[event(kind) for kind in kinds],
            event_subjects=[{"event_id": f"E-{kind}", "subject_id": "S"} for kind in kinds],
            structural_changes=[
                {"base_key": "T@1", "event_id": "E-acquisition", "treatment": "structural", "effect_tco2e": 500},
                {"base_key": "T@1", "event_id": "E-divestment", "treatment": "unknown"},
                {"base_key": "T@1", "event_id": "E-insourcing", "treatment": "covered_by_scopes", "effect_tco2e": 0},
                {"base_key": "T@1", "event_id": "E-new_plant", "treatment": "organic", "effect_tco2e": 0},
            ],
        ),
    )
    assert [drafted(found[f"T/event/E-{kind}"]) for kind in kinds] == [
        ("unit_years", Decimal(500)), ("unit_unknown", None), ("by_rule", Decimal(0)), ("by_rule", Decimal(0)),
    ]  # fmt: skip
    assert drafted(found["I/event/E-acquisition"]) == ("unit_output_unknown", None)
    assert drafted(found["I/event/E-new_plant"]) == ("growth", None)


def test_a_newer_factor_is_drafted_for_the_largest_steelworks_too(connection: Any) -> None:
    """36 million tonnes a year with 6 decimals, one factor 10 % higher: exact, where 12 decimals would not fit."""
    large = {month: (Decimal("1499999.999999"), Decimal(2)) for month in company.MONTHS}
    given = replace(steady(), coal=large, gas={}, accounted_over_restated=Decimal("1.1"))
    given = given.having(own_changes=[change("factor", SPRING, "COAL", "c")])
    row = company.reviewed(connection, given)["T/factor/2025-03"]
    assert row["draft_basis"] == "factor_overlap" and row["effect_share"] == Decimal("0.1")


def test_a_draft_and_a_reason_never_stand_together(connection: Any) -> None:
    given = steady().having(
        own_changes=[change(kind, date(2025, month, 1), stream, cause) for month, (kind, stream, cause) in enumerate(
            [("method", "COAL", "c"), ("product_mix", "OUT", "b"), ("parameter", "GAS", "b"), ("stream", "NEW", "b")], 1
        )],
    )  # fmt: skip
    found = company.reviewed(connection, given)
    bases = dict(connection.execute("select draft_basis, is_drafted from draft_bases").fetchall())
    assert len(found) >= 8
    for row in found.values():
        assert bases[row["draft_basis"]] == (row["proposed_value"] is not None) and row["draft_zh"] and row["draft_en"]
