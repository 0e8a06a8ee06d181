-- Laboratory results as a verifier looks at them (化验可信度), one property of one sample that the plan asks for: tested in
-- time, not the same over and over, its sample not copied and its number not used before.
with stepped as (
    select
        *,
        lag(quantity) over (partition by source_key, property, basis order by sampled_on, sample_id) as value_before
    from {{ ref('stg_lab_assays') }}
    where is_current
),

results as (
    select
        *,
        concat_ws('_', property, {{ unless_usual('basis', ['ar']) }}) as measure,
        count(*) filter (where quantity is distinct from value_before)
            over (partition by source_key, property, basis order by sampled_on, sample_id) as run
    from stepped
),

counted as (
    select
        *,
        case when quantity is not null then count(*) over (partition by source_key, property, basis, run) end
            as times_in_a_row
    from results
),

-- a value of few digits may come again by chance
years as (
    select distinct counted.record_id
    from counted
    inner join counted as earlier
        on
            counted.source_key = earlier.source_key
            and counted.property = earlier.property
            and counted.basis is not distinct from earlier.basis
            and counted.quantity = earlier.quantity
            and date_trunc('month', counted.sampled_on) = date_trunc('month', earlier.sampled_on + interval 1 year)
    where length(cast({{ digits_of('abs(counted.quantity)') }} as varchar)) >= {{ limit_of('DQ13', 'significant_digits') }}
),

final as (
    select
        results.record_id || '|' || planned.planned_id as row_key,
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        results.sample_id,
        results.sampled_on,
        results.tested_on,
        last_day(results.sampled_on) + cast(late.tolerance as integer) as test_due_on,
        results.times_in_a_row,
        cast(controls.tolerance as bigint) as times_too_many,
        samples.reuses as sample_reuses,
        samples.copies as sample_copies,
        cast(years.record_id is not null as integer) as year_repeats
    from counted as results
    inner join {{ ref('claims') }} as claims
        on
            results.source_key = claims.source_key
            and results.measure = claims.measure
            and results.unit = claims.unit
            and claims.record_type = 'lab_assay'
    inner join {{ ref('planned') }} as planned
        on claims.parameter_id = planned.parameter_id and date_trunc('month', results.sampled_on) = planned.period_start
    left join {{ ref('samples') }} as samples
        on
            results.site_code = samples.site_code
            and results.material_code = samples.material_code
            and results.sample_id = samples.sample_id
    left join years on results.record_id = years.record_id
    {{ with_control('DQ13', 'planned.period_start') }}
    left join {{ source('plan', 'controls') }} as late
        on late.control_id = 'DQ12' and {{ is_in_force('late', 'planned.period_start') }}
)

select * from final
