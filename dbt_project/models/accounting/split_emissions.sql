-- Emissions of combined heat and power split in two (热电分摊), by regime, stream and month: heat takes the share that the heat
-- supplied has in the heat produced (供热比), rounded once; power is the rest, so that the two always add up.
with parts as (
    select
        *,
        {{ mantissa('heat_supplied_gj') }} as supplied,
        {{ mantissa('heat_produced_gj') }} as produced,
        gcd({{ mantissa('heat_supplied_gj') }}, {{ mantissa('heat_produced_gj') }}) as divisor,
        case
            when heat_supplied_gj is null or heat_produced_gj is null then 'PART_MISSING'
            when heat_produced_gj <= 0 or heat_supplied_gj not between 0 and heat_produced_gj then 'PART_IMPOSSIBLE'
        end as fault
    from {{ ref('split_parts') }}
),

shared as (
    select
        *,
        {{ share_of('supplied', 'produced') }} as heat_share,
        {{ exact_share('emissions', 'supplied // divisor', 'produced // divisor', 6) }} as heat_emissions
    from parts
),

final as (
    select
        concat_ws('|', regime, stream_id, strftime(month, '%Y-%m')) as split_id,
        regime,
        stream_id,
        facility_id,
        month,
        heat_supplied_gj,
        heat_produced_gj,
        power_generated_mwh,
        case when fault is null then heat_share end as heat_share,
        cast(emissions as decimal(38, 6)) as emissions_tco2e,
        cast(case when fault is null then heat_emissions end as decimal(38, 6)) as heat_emissions_tco2e,
        cast(case when fault is null then emissions - heat_emissions end as decimal(38, 6)) as power_emissions_tco2e,
        fault is null and is_complete and is_whole and heat_emissions is not null as is_complete,
        concat_ws(
            '；', reason_zh,
            case fault
                when 'PART_MISSING' then '缺供热量或锅炉总产热量'
                when 'PART_IMPOSSIBLE' then '供热量须在 0 与锅炉总产热量之间'
            end,
            case when not is_whole then '供热、产热或发电数据有缺口，或未通过严重控制' end
        ) as reason_zh,
        concat_ws(
            '; ', reason_en,
            case fault
                when 'PART_MISSING' then 'the heat supplied or the heat produced is missing'
                when 'PART_IMPOSSIBLE' then 'the heat supplied must lie between 0 and the heat produced'
            end,
            case when not is_whole then 'heat or power lacks readings, or fails a severe control' end
        ) as reason_en
    from shared
)

select * from final
