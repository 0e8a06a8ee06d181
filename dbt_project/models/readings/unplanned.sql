-- Figures that came and that no parameter of the plan claims (计划外数据), by source. Every row is a finding.
-- Other properties of a planned material, and other movements of it, are not findings.
with figures as (
    select
        record_type,
        source_key,
        case when record_type in ('stock_movement', 'lab_assay') then '' else measure end as measure,
        unit,
        cast(start_at as date) as local_date,
        file_sha256
    from {{ ref('spans') }}
    where is_primary
    union all
    select
        'load_profile' as record_type,
        meter_id as source_key,
        channel as measure,
        unit,
        local_date,
        file_sha256
    from {{ ref('stg_load_profiles') }}
    where is_current
),

unclaimed as (
    select figures.*
    from figures
    left join {{ ref('claims') }} as claims
        on figures.record_type = claims.record_type
        and figures.source_key = claims.source_key
        and figures.measure in (claims.measure, '')
        and figures.unit = case when figures.measure = '' then figures.unit else claims.unit end
        and figures.local_date >= greatest(claims.claim_from, claims.source_from)
        and figures.local_date < least(claims.claim_to, claims.source_to)
    where claims.parameter_id is null
),

sources as (
    select
        record_type,
        source_key,
        measure,
        count(*) as row_count,
        min(local_date) as first_date,
        max(local_date) as last_date,
        min(file_sha256) as file_sha256
    from unclaimed
    group by record_type, source_key, measure
),

final as (
    select
        *,
        case
            when record_type in ('load_profile', 'register_reading')
                and source_key not in (select meter_id from {{ source('plan', 'meters') }})
                then '表计 ' || source_key || ' 不在计划中，请补入 meters.csv。 / meter ' || source_key
                    || ' is not in the plan: add it to meters.csv.'
            else '计划中没有参数采用 ' || record_type || ' ' || concat_ws('/', source_key, nullif(measure, ''))
                || '（该日期范围）。 / no parameter of the plan takes ' || record_type || ' '
                || concat_ws('/', source_key, nullif(measure, '')) || ' on these dates.'
        end as message
    from sources
)

select * from final
