-- Laboratory results as a verifier looks at them (化验可信度), one property of one sample that the plan asks for: tested in
-- time, not the same over and over, its sample not copied and its number not used before.
with results as (
    select
        *,
        concat_ws('_', property, {{ unless_usual('basis', ['ar']) }}) as measure
    from {{ ref('stg_lab_assays') }}
    where is_current
),

final as (
    select
        results.record_id || '|' || planned.planned_id as row_key,
        results.record_id,
        planned.planned_id,
        planned.facility_id,
        planned.stream_id,
        planned.period_start,
        planned.parameter_id,
        planned.kind,
        results.site_code,
        results.material_code,
        results.sample_id,
        results.laboratory,
        results.quantity,
        results.sampled_on,
        results.tested_on,
        last_day(results.sampled_on) + cast(late.tolerance as integer) as test_due_on,
        repeats.times_in_a_row,
        cast(controls.tolerance as bigint) as times_too_many,
        samples.reuses as sample_reuses,
        samples.copies as sample_copies,
        repeats.year_repeats
    from results
    inner join {{ ref('assay_repeats') }} as repeats on results.record_id = repeats.record_id
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
    {{ with_control('DQ13', 'planned.period_start') }}
    left join {{ source('plan', 'controls') }} as late
        on late.control_id = 'DQ12' and {{ is_in_force('late', 'planned.period_start') }}
)

select * from final
