-- What each candidate says of a year beside what it came to, newest year first.
select
    comparisons.subject_id,
    comparisons.year,
    comparisons.baseline_key,
    baselines.baseline_kind,
    baselines.measure,
    baselines.grain,
    baselines.is_effective,
    comparisons.periods,
    comparisons.periods >= if(baselines.grain = 'day', 365, 12) as is_whole,
    comparisons.emissions_tco2e,
    comparisons.expected_tco2e,
    comparisons.expected_low_tco2e,
    comparisons.expected_high_tco2e,
    comparisons.difference_tco2e,
    comparisons.difference_share
from marts.fct_baseline_comparisons as comparisons
inner join marts.fct_baselines as baselines on comparisons.baseline_key = baselines.baseline_key
where comparisons.expected_tco2e is not null
order by comparisons.subject_id, comparisons.year desc, baselines.is_effective desc, comparisons.baseline_key
