"""The judgement that every mutant of the rules must fail: figures from outside, errors that name themselves, sums that hold.

It passes on the rules as they stand; test_mutants runs it against each mutant, in a copy of the project.
"""

from __future__ import annotations

import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from tests.accounting.answers import answers, grown, scope_of
from tests.mutation import company
from tests.mutation.company import Company

# regime, stream and year-month: tonnes CO2e by hand, the code of an error, or None where the rule book has no such line
KNOWN = {
    # 1000 t of bituminous coal before a works is sold; none afterwards
    ("gbt32150", "M-SOLD-COAL", "2025-06"): "1741.74957",
    ("gbt32150", "M-SOLD-COAL", "2025-07"): None,
    # Guangdong's 0.4419 up to June, Sichuan's 0.1564 from July; NDRC: South 0.4042, Southwest 0.2472
    ("ghgp_location", "M-TOWN-POWER", "2025-06"): "441.9",
    ("ghgp_location", "M-TOWN-POWER", "2025-07"): "156.4",
    ("ndrc", "M-TOWN-POWER", "2025-06"): "404.2",
    ("ndrc", "M-TOWN-POWER", "2025-07"): "247.2",
    ("gbt32150", "M-CHECKED-COAL", "2025-06"): "1741.74957",
    # 1000 t x (20.4 + 20.6) / 2 GJ/t x 0.0261 x 0.93 x 44/12
    ("gbt32150", "M-ASSAYED-COAL", "2025-06"): "1824.5205",
    # the best estimate's own mean: 1000 t x 20.5 GJ/t x 94.6 kg/GJ
    ("ghgp_location", "M-ASSAYED-COAL", "2025-06"): "1939.3",
    # 1000 t x 5000 x 4.1868 kJ/kg x 0.0261 x 0.93 x 44/12
    ("gbt32150", "M-KCAL", "2025-06"): "1863.146934",
    ("gbt32150", "M-STATED-AS-CO2", "2025-06"): "UNIT_DIMENSION",
    ("gbt32150", "M-TWICE-OUTPUT", "2025-06"): "COUNTED_TWICE",
    ("gbt32150", "M-TWICE-GROSS", "2025-06"): "COUNTED_TWICE",
    # 1000 t x 0.411 x 0.976 x 44/12; 1000 t x 0.8482 x 0.976 x 44/12
    ("gbt32150", "M-ONCE-OUTPUT", "2025-06"): "1470.832",
    ("gbt32150", "M-ONCE-GROSS", "2025-05"): "3035.425067",
    ("gbt32150", "M-PROVEN", "2025-06"): "-2122.4",
    ("gbt32150", "M-CLAIMED", "2025-06"): "PROOF_MISSING",
    ("gbt32150", "M-CERTIFIED-1", "2025-06"): "CERTIFICATE_TWICE",
    ("gbt32150", "M-CERTIFIED-2", "2025-06"): "CERTIFICATE_TWICE",
    ("mee_ets", "M-PROVEN", "2025-06"): None,
    ("gbt32150", "M-BOTH-WAYS", "2025-06"): "TWO_PATHS",
    # published vectors and planted faults
    ("gbt32150", "V-COAL", "2025-06"): "1741.74957",
    ("gbt32150", "V-EQUATION-1", "2025-06"): "0.1078",
    ("gbt32150", "V-EQUATION-2", "2025-06"): "0.733333",
    ("gbt32150", "V-GRID", "2025-06"): "3183.6",
    ("gbt32150", "V-STEAM", "2025-06"): "0.308",
    ("gbt32150", "V-SOLAR-SOLD", "2025-06"): None,
    ("gbt32150", "S-OUT", "2025-06"): None,
    ("gbt32150", "S-GAP", "2025-06"): "1741.74957",
    ("ghgp_location", "S-TWO-METERS", "2025-06"): "218.40291",
    ("gbt32150", "S-RATIO", "2025-06"): "1179.7632",
    ("gbt32150", "E-KOREA", "2025-06"): "FACTOR_MISSING",
    ("gbt32150", "E-RAW-COAL", "2025-06"): "FACTOR_MISSING",
    ("gbt32150", "E-LITRES", "2025-06"): "UNIT_DIMENSION",
    ("gbt32150", "E-GROSS", "2025-06"): "HEAT_BASIS",
    ("gbt32150", "E-AIR-DRIED", "2025-06"): "MASS_BASIS",
    ("gbt32150", "E-TWO-ASSAYS", "2025-06"): "MEASURED_AMBIGUOUS",
    ("gbt32150", "E-TWO-FACTORS", "2025-06"): "FACTOR_AMBIGUOUS",
    ("gbt32150", "E-TYPE", "2025-06"): "TREATMENT_MISSING",
    ("gbt32150", "E-RANGE", "2025-06"): "ARITHMETIC_RANGE",
    # 10 t x 0.9 x 0.44; ties of 0.005 and 0.015 to the even neighbour
    ("drill", "D-LIMESTONE", "2025-06"): "3.96",
    ("drill", "D-TIE-DOWN", "2025-06"): "0",
    ("drill", "D-TIE-UP", "2025-06"): "0.02",
}
INCOMPLETE = {"I-MISSING", "I-CONTROL", "I-ASSAY-CONTROL", "I-STOCK"}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The company, in the folder that the runner names: an unchanged path saves dbt its parse."""
    named = os.environ.get("TANKU_JUDGED")
    return company.found(Path(named) if named else tmp_path_factory.mktemp("judged"))


def test_every_made_up_line_is_as_calculated(judged):
    rows = judged.candidate.ask("""
        select regime, stream_id, gas, emissions_t, emissions_tco2e from marts.fct_inventory
        where facility_id like 'R%' and regime <> 'drill'
    """)
    stored = {tuple(row[:3]): tuple(row[3:]) for row in rows}
    expected = answers(judged.lines)
    for kind, copies in judged.twins.items():
        names = {line.stream_id: twin for line, twin in copies}
        expected |= {
            (regime, names[stream], gas): tonnes
            for (regime, stream, gas), tonnes in answers(judged.lines).items()
            if stream in names
        }
        assert len(names) > 100, kind
    assert stored == expected


def test_what_grew_is_as_calculated(judged):
    rows = judged.candidate.ask("""
        select regime, stream_id, biogenic_co2_t from marts.fct_biogenic
        where facility_id like 'R%' and facility_id not like '%-%' and regime <> 'drill'
    """)
    assert {tuple(row[:2]): row[2] for row in rows} == grown(judged.lines)


def test_known_answers_and_known_errors(judged):
    found = defaultdict(set)
    for regime, stream_id, month, error_code, tonnes in judged.candidate.ask("""
        select regime, stream_id, strftime(month, '%Y-%m'), error_code, emissions_tco2e from marts.fct_inventory
        where gas in ('CO2', '')
    """):
        found[regime, stream_id, month].add(error_code or tonnes)
    stored = {key: found.get(key, {None}) for key in KNOWN}
    assert stored == {key: {_as_stored(answer)} for key, answer in KNOWN.items()}


def _as_stored(answer: str | None) -> Decimal | str | None:
    return Decimal(answer) if answer is not None and not answer.isupper() else answer


def test_what_is_known_and_what_is_complete(judged):
    rows = judged.candidate.ask("""
        select stream_id, bool_and(status = 'complete') from marts.fct_inventory
        where regime in ('gbt32150', 'ghgp_location') and status <> 'error' group by stream_id
    """)
    assert {stream for stream, is_complete in rows if not is_complete} == INCOMPLETE


def test_totals_and_shares_are_sums_of_the_calculators_lines(judged):
    line_of = {line.stream_id: line for line in judged.lines}
    totals: dict[tuple[str, int, str, str], Decimal] = defaultdict(Decimal)
    for (regime, stream_id, _), (_, equivalent) in answers(judged.lines).items():
        line = line_of[stream_id]
        totals[regime, line.month.year, line.inventory, scope_of(line)] += equivalent
    rows = judged.candidate.ask("""
        select regime, year, facility_id, scope, emissions_tco2e, emissions_share_tco2e from marts.fct_totals
        where facility_id like 'R%' and facility_id not like '%-%' and regime <> 'drill'
    """)
    assert {tuple(row[:4]): row[4] for row in rows} == totals
    assert {row[:4] for row in rows if row[4] != row[5]} == set()
    share = judged.candidate.ask("""
        select emissions_share_tco2e from marts.fct_totals where regime = 'gbt32150' and facility_id = 'F-SHARE'
    """)
    # 35 % of 1741.74957
    assert share == [(Decimal("609.612350"),)]
