-- The variables of each regression (回归系数) with their base temperature, coefficient per unit, and significance.
with final as (
    select
        baseline_key,
        subject_id,
        variable,
        {{ stated('base_c', 2) }} as base_c,
        {{ stated('coefficient') }} as coefficient,
        {{ stated('standard_error') }} as standard_error,
        {{ stated('t_statistic') }} as t_statistic,
        {{ stated('p_value') }} as p_value,
        {{ stated('lower') }} as coefficient_low,
        {{ stated('upper') }} as coefficient_high
    from {{ ref('fits') }}
    where record_kind = 'coefficient'
)

select * from final
