-- What each review has to go on (复核依据): the base, the event's treatment, its streams and the months since; and by which of the
-- rules' ways its numbers are drafted, or why they cannot be.
with known as (
    select
        triggers.*,
        baselines.baseline_id, baselines.subject_id, baselines.facility_id, baselines.measure, baselines.baseline_kind,
        baselines.version, baselines.unit, baselines.valid_from, baselines.value, baselines.accounted_value,
        baselines.measure = 'total' and baselines.baseline_kind <> 'regression' as is_plain_total,
        kinds.treatment as kind_treatment,
        structural.treatment, structural.effect_tco2e as structural_tco2e,
        drafted.draft_basis as streams_basis, drafted.effect_tco2e as streams_tco2e,
        coalesce(months.months, 0) as months, coalesce(months.months_compared, 0) as months_compared,
        months.emissions_tco2e, months.accounted_tco2e, months.compared_tco2e, months.expected_tco2e
    from {{ ref('review_triggers') }} as triggers
    inner join {{ ref('baselines') }} as baselines on triggers.baseline_key = baselines.baseline_key
    left join {{ source('rules', 'event_kinds') }} as kinds
        on triggers.detail = kinds.event_kind and triggers.trigger_kind = 'event'
    left join {{ ref('structural_changes') }} as structural
        on
            triggers.baseline_key = structural.base_key
            and triggers.trigger_id = structural.event_id
            and triggers.trigger_kind = 'event'
    -- a declared change of method is what is on record of its month
    left join {{ ref('drafted_changes') }} as drafted
        on
            triggers.baseline_key = drafted.baseline_key
            and case
                when triggers.trigger_kind = 'change' then triggers.trigger_id
                when triggers.detail = 'method' then strftime(triggers.found_on, '%Y-%m')
            end = drafted.trigger_id
    left join {{ ref('review_months') }} as months
        on
            triggers.baseline_key = months.baseline_key
            and triggers.trigger_kind = months.trigger_kind
            and triggers.trigger_id = months.trigger_id
),

final as (
    select
        *,
        case
            when trigger_kind = 'growth' then 'growth'
            when value is null then 'no_base'
            when trigger_kind = 'restatement' then 'editions'
            when treatment = 'unknown' then 'unit_unknown'
            when treatment = 'structural' then 'unit_years'
            when treatment <> 'performance' then 'by_rule'
            when kind_treatment = 'organic' then 'growth'
            when kind_treatment = 'structural' then 'unit_output_unknown'
            when trigger_kind = 'factor' then case when months > 0 then 'factor_overlap' else 'no_months_since' end
            when not is_plain_total then case when months_compared > 0 then 'months_since' else 'no_months_since' end
            when streams_tco2e is not null or streams_basis = 'came_without_base' then streams_basis
            when months_compared > 0 then 'output'
            when coalesce(streams_basis, 'output') <> 'output' then streams_basis
            else 'no_output'
        end as draft_basis
    from known
)

select * from final
