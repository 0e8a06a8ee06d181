-- Every accounted line (核算结果) with the activity behind it and on what it rests: those of the inventory and biogenic CO2.
with lines as (
    select * from {{ ref('emission_lines') }}
),

dated as (
    select
        emission_id,
        bool_or(is_earlier_year) as has_earlier_year_factor
    from {{ ref('workings') }}
    group by emission_id
),

joined as (
    select
        emissions.*,
        lines.stream_type,
        lines.fuel,
        lines.method_id,
        dated.has_earlier_year_factor,
        found.findings,
        concat_ws(' ', lines.stream_id, strftime(lines.month, '%Y-%m')) as line,
        lines.quantity as activity_quantity,
        lines.unit as activity_unit,
        {{ trillionths('lines.quantity') }} as whole,
        {{ trillionths('lines.measured_quantity') }} as measured_part,
        {{ trillionths('lines.apportioned_quantity') }} as apportioned_part,
        {{ trillionths('lines.overridden_quantity') }} as overridden_part,
        {{ trillionths('lines.substituted_quantity') }} as substituted_part
    from {{ ref('emissions') }} as emissions
    inner join lines on emissions.emission_id = lines.emission_id
    left join dated on emissions.emission_id = dated.emission_id
    left join {{ ref('exit_findings') }} as found on emissions.emission_id = found.emission_id
),

final as (
    select
        regime,
        cast(year(month) as integer) as year,
        month,
        facility_id,
        scope,
        stream_id,
        stream_type,
        fuel,
        gas,
        activity_quantity,
        activity_unit,
        emissions_t,
        emissions_tco2e,
        case when activity_quantity = 0 then 1 else {{ share_of('measured_part', 'whole') }} end as measured_share,
        case when activity_quantity = 0 then 0 else {{ share_of('apportioned_part', 'whole') }} end as apportioned_share,
        case when activity_quantity = 0 then 0 else {{ share_of('overridden_part', 'whole') }} end as overridden_share,
        case when activity_quantity = 0 then 0 else {{ share_of('substituted_part', 'whole') }} end as substituted_share,
        case
            when error_code is not null then 'error' when is_complete and findings is null then 'complete'
            else 'incomplete'
        end as status,
        coalesce(error_zh, concat_ws('；', nullif(incomplete_reason_zh, ''), line || ' 未通过严重控制 ' || findings))
            as reason_zh,
        coalesce(error_en, concat_ws('; ', nullif(incomplete_reason_en, ''), line || ' fails severe control(s) ' || findings))
            as reason_en,
        coalesce(error_code, '') as error_code,
        coalesce(method_id, '') as method_id,
        coalesce(has_earlier_year_factor, false) as has_earlier_year_factor,
        emission_id
    from joined
)

select * from final
