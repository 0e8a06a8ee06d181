"""How long `tanku diff` takes between two builds of a million workings rows each: made-up lines, half of them changed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from pipelines import warehouse
from pipelines.workspace import PROJECT_ROOT

LINES = 200_000
TERMS = 5
# Two sides of one company: `later` holds corrected and late quantities, another factor, streams that came and went.
SIDE = """
create schema accounting; create schema readings; create schema rules; create schema settings; create schema marts;
create schema archive;

create table line_values as
select
    'S' || lpad((n // 12)::varchar, 6, '0') as stream_id,
    'F' || lpad((n % 50)::varchar, 2, '0') as facility_id,
    make_date(2024, (n % 12 + 1)::integer, 1) as month,
    hash(n) as chance,
    $is_later and hash(n) % 10 < 3 as is_corrected,
    hash(n) % 10 = 3 as is_late,
    (1000 + hash(n, 1) % 9000000)::decimal(38, 3) / 100 as size
from range({lines}) as numbers(n)
where case when $is_later then hash(n) % 100 <> 97 else hash(n) % 100 <> 98 end;

create table accounting.emission_lines as
select
    'gbt32150|' || stream_id || '|' || strftime(month, '%Y-%m') || '|CO2' as emission_id,
    'gbt32150' as regime, facility_id, stream_id, month, 'CO2' as gas, 'scope_1' as scope, 1 as sign, 't' as unit,
    case when is_corrected or (is_late and $is_later) then size + 7.125 else size end::decimal(38, 12) as quantity,
    is_late, stream_id || '-A' as parameter_id
from line_values;

create table accounting.workings as
select
    lines.emission_id, terms.term_order, terms.term, terms.basis,
    coalesce(terms.value_text, lines.quantity::varchar) as value_text,
    case terms.term when 'quantity' then (lines.quantity * 1000)::hugeint
        when 'carbon_content' then case when $is_later then 2610 else 2616 end else terms.digits end::hugeint as digits,
    terms.scale, terms.numerator::hugeint as numerator, terms.denominator::hugeint as denominator, terms.unit,
    terms.factor_id, terms.factor_id as edition,
    case terms.term when 'quantity' then lines.parameter_id end as parameter_id, null::varchar as error_code
from accounting.emission_lines as lines
cross join (values
    (0, 'quantity', 'quantity', null, 0, 3, 1, 1, 't', null),
    (10, 'ncv', 'default', '20.908', 20908, 3, 1, 1, 'GJ/t', 'ncv/coal'),
    (20, 'carbon_content', 'default', '0.02610', 0, 5, 1, 1, 'tC/GJ', 'cc/coal'),
    (30, 'oxidation_factor', 'default', '99', 99, 2, 1, 1, '', 'of/coal'),
    (40, 'molar_ratio', 'ratio', '44/12', 1, 0, 44, 12, 'tCO2/tC', null)
) as terms(term_order, term, basis, value_text, digits, scale, numerator, denominator, unit, factor_id);

create table accounting.emissions as
select emission_id, cast(product(digits::double / power(10, scale) * numerator::double / denominator::double)
    as decimal(38, 6)) as emissions_tco2e, null::varchar as error_code
from accounting.workings group by emission_id;

create table readings.admitted as
select
    parameter_id || '@' || month as planned_id, parameter_id, stream_id, facility_id, 'activity_data' as kind,
    'account' as role, month as period_start, (month + interval 1 month)::date as period_end, 't' as unit,
    case when is_late and not $is_later then 0 else quantity end::decimal(38, 12) as measured_quantity,
    case when is_late and not $is_later then 720 else 0 end::decimal(38, 6) as hours_missing,
    case when is_late and not $is_later then 'substituted' else 'measured' end as basis,
    quantity as best_estimate, quantity as substitute
from accounting.emission_lines;

create table readings.regime_admitted (regime varchar, planned_id varchar, basis varchar,
    best_estimate decimal(38, 12), substitute decimal(38, 12));
create table readings.readings as
select parameter_id, period_start, 't' as source_unit from readings.admitted;
create table rules.regimes as select 'gbt32150' as regime, 'conservative' as missing_data_stance;
create table settings.build as select date '2025-02-01' as as_of, date '2024-01-01' as first_period;
create table settings.regimes as select 'gbt32150' as regime;
create table marts.dim_facilities as
select distinct facility_id, facility_id as name_zh, facility_id as name_en from line_values;
create table archive.deliveries (file_sha256 varchar, file_name varchar, received_seq bigint);
"""


def measure(folder: Path) -> str:
    """Compare two made-up builds in a process of its own; the line that says how many rows, how long, how much memory."""
    folder.mkdir()
    rows = [_write(folder / f"{side}.duckdb", is_later) for side, is_later in (("earlier", False), ("later", True))]
    command = [sys.executable, "-m", "tests.bench.comparing", str(folder)]
    environment = os.environ | {"PYTHONPATH": str(PROJECT_ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return f"diff of two builds of {rows[0]:,} and {rows[1]:,} workings rows: {done.stdout.strip()}"


def _write(file: Path, is_later: bool) -> int:
    with warehouse.writing(file) as connection:
        connection.execute(SIDE.format(lines=LINES * 100 // 99 + 1).replace("$is_later", str(is_later).lower()))
        ((rows,),) = connection.execute("select count(*) from accounting.workings").fetchall()
    return rows


def _compare(folder: Path) -> None:
    import time

    from pipelines.comparing import Side, compare
    from pipelines.workspace import Workspace

    before, after = (Side(name, name, folder / f"{name}.duckdb", seq) for seq, name in enumerate(("earlier", "later")))
    started = time.perf_counter()
    found = compare(Workspace(folder), before, after, "gbt32150")
    seconds = time.perf_counter() - started
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20
    assert found.total["residual_tco2e"] == 0 and found.total["lines_inexact"] == 0
    parts = {row["change_part"] for row in found.parts if row["difference_tco2e"]}
    assert parts == {"late_data", "corrections", "factor_edition", "boundary"}, parts
    lines = f"{found.total['lines_changed']:,} lines changed, residual 0"
    print(f"{seconds:.1f} s, {cpu:.1f} s of CPU with the start, peak {peak:.1f} GiB, {lines}")


if __name__ == "__main__":
    _compare(Path(sys.argv[1]))
