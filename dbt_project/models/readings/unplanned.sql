-- Figures that came and that no parameter of the plan claims (计划外数据), by source. Every row is a finding.
-- Other properties of a planned material, and other movements of it, are not findings.
with figures as (
    select
        record_type,
        source_key,
        case when record_type in ('stock_movement', 'lab_assay') then '' else measure end as measure,
        cast(start_at as date) as local_date,
        file_sha256
    from {{ ref('spans') }}
    where is_primary
    union all
    select
        'load_profile' as record_type,
        meter_id as source_key,
        channel as measure,
        local_date,
        file_sha256
    from {{ ref('stg_load_profiles') }}
    where is_current
),

claimed as (
    select distinct
        record_type,
        source_key,
        case when record_type in ('stock_movement', 'lab_assay') then '' else measure end as measure,
        greatest(claim_from, source_from) as claimed_from,
        least(claim_to, source_to) as claimed_to
    from {{ ref('claims') }}
),

final as (
    select
        figures.record_type,
        figures.source_key,
        figures.measure,
        count(*) as row_count,
        min(figures.local_date) as first_date,
        max(figures.local_date) as last_date,
        min(figures.file_sha256) as file_sha256,
        {{ unplanned_message('figures', 'count(meters.meter_id) = 0') }} as message
    from figures
    left join claimed
        on
            figures.record_type = claimed.record_type
            and figures.source_key = claimed.source_key
            and figures.measure = claimed.measure
            and figures.local_date >= claimed.claimed_from
            and figures.local_date < claimed.claimed_to
    left join {{ source('plan', 'meters') }} as meters on figures.source_key = meters.meter_id
    where claimed.record_type is null
    group by figures.record_type, figures.source_key, figures.measure
)

select * from final
