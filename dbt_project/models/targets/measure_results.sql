-- What each measure was expected to save and what hindsight finds (措施事后评价): the months since it began against the normalised
-- baseline, with the interval, both as found and a year. What else happened to the subject meanwhile is part of it.
with shared as (
    select
        baseline_key,
        count(*) as measures
    from {{ ref('measure_spans') }}
    group by baseline_key
),

found as (
    select
        measures.*,
        spans.baseline_key,
        spans.subject_id,
        estimates.status as estimate_status,
        estimates.points as months,
        estimates.days,
        {% for column in ['emissions', 'expected', 'half_width'] -%}
            {{ stated('estimates.' ~ column, 6) }} as {{ column }}_tco2e,
        {% endfor -%}
        {{ stated('estimates.expected - estimates.emissions', 6) }} as saving_tco2e,
        {{ stated('(estimates.expected - estimates.emissions) * 365 / estimates.days', 6) }} as saving_a_year_tco2e,
        {{ stated('estimates.half_width * 365 / estimates.days', 6) }} as half_width_a_year_tco2e,
        coalesce(shared.measures, 0) > 1 as has_overlap
    from {{ source('plan', 'measures') }} as measures
    left join {{ ref('measure_spans') }} as spans on measures.measure_id = spans.measure_id
    left join {{ ref('estimates') }} as estimates
        on measures.measure_id = estimates.estimate_id and estimates.record_kind = 'measure'
    left join shared on spans.baseline_key = shared.baseline_key
),

final as (
    select
        *,
        saving_a_year_tco2e - half_width_a_year_tco2e as saving_low_tco2e,
        saving_a_year_tco2e + half_width_a_year_tco2e as saving_high_tco2e,
        case
            when status in ('planned', 'cancelled') then status
            when coalesce(estimate_status, '') <> 'estimated' then 'not_enough_months'
            when saving_tco2e - half_width_tco2e > 0 then 'confirmed'
            when saving_tco2e + half_width_tco2e < 0 then 'worse'
            else 'not_distinguishable'
        end as verdict,
        case
            when estimate_status = 'estimated' then
                ex_ante_tco2e
                between saving_a_year_tco2e - half_width_a_year_tco2e and saving_a_year_tco2e + half_width_a_year_tco2e
        end as is_ex_ante_within
    from found
)

select * from final
