-- The base each target starts from (目标的基准): the version of its baseline in force; of one that the plan does not call
-- effective, the plan's own value.
with named as (
    select distinct baseline_id from {{ source('plan', 'targets') }}
),

candidates as (
    select
        candidates.baseline_key,
        candidates.baseline_id,
        candidates.subject_id,
        candidates.measure,
        candidates.version,
        candidates.value,
        cast(candidates.last_year as integer) as last_year,
        candidates.unit
    from {{ ref('baseline_candidates') }} as candidates
    inner join named on candidates.baseline_id = named.baseline_id
    cross join {{ source('settings', 'build') }} as build
    where
        not candidates.is_effective and build.as_of >= candidates.valid_from and build.as_of < candidates.ends_on
),

final as (
    select baseline_key, baseline_id, subject_id, measure, version, value, last_year, unit
    from {{ ref('baseline_versions') }}
    where is_in_force
    union all
    select * from candidates
)

select * from final
