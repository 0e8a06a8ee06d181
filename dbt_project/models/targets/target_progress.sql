-- Progress of each target as it was seen at the end of each month (目标进展): known months, the forecast of the year with
-- its interval, and the gap to the path. A month that is not whole is named and forecast, never counted as 0.
with seen as (
    select
        forecast_id, subject_id, cut_month,
        count(*) filter (where is_known) as months_known,
        -- of no month it is not known, and not 0
        sum(emissions_tco2e) filter (where is_known) as known_tco2e,
        sum(production) filter (where is_known) as known_production,
        sum(production) as year_production,
        count(production) = 12 as has_production,
        string_agg(strftime(month, '%Y-%m'), ' ' order by month) filter (where not is_known and month <= cut_month)
            as months_incomplete
    from {{ ref('forecast_months') }}
    group by forecast_id, subject_id, cut_month
),

foreseen as (
    select
        targets.target_id, targets.measure, targets.unit, targets.year, targets.path_value, targets.base_value,
        targets.baseline_version, seen.*,
        coalesce(estimates.method, '') as method,
        coalesce(estimates.baseline_key, '') as normalised_by,
        case when seen.months_known = 12 then 0 else {{ stated('estimates.expected', 6) }} end as remaining_tco2e,
        case when seen.months_known = 12 then 0 else {{ stated('estimates.half_width', 6) }} end as half_width_tco2e
    from {{ ref('target_years') }} as targets
    inner join seen on targets.subject_id = seen.subject_id and targets.year = year(seen.cut_month)
    left join {{ ref('estimates') }} as estimates
        on seen.forecast_id = estimates.estimate_id and estimates.record_kind = 'forecast'
    where
        seen.cut_month >= date_trunc('month', targets.valid_from)
        and seen.cut_month < coalesce(targets.valid_to, date '9999-12-31')
),

valued as (
    select
        *,
        cast(coalesce(known_tco2e, 0) + remaining_tco2e as decimal(38, 6)) as year_tco2e,
        cast(half_width_tco2e as decimal(38, 6)) as year_half_width_tco2e,
        {% for name, amount in [
            ('known_value', 'known_tco2e'), ('forecast_value', '(coalesce(known_tco2e, 0) + remaining_tco2e)'),
            ('half_width', 'half_width_tco2e')
        ] -%}
        case
            when measure = 'total' then cast({{ amount }} as decimal(38, 12))
            when has_production then {{ intensity_of(
                    'cast(' ~ amount ~ ' as decimal(38, 12))', 'known_production' if name == 'known_value' else 'year_production'
                ) }}
        end as {{ name }}{{ ',' if not loop.last }}
    {% endfor %}
    from foreseen
),

final as (
    select
        * exclude (subject_id, forecast_id),
        subject_id,
        forecast_value - half_width as forecast_low,
        forecast_value + half_width as forecast_high,
        forecast_value - path_value as gap_value,
        {{ exact_ratio(mantissa('(forecast_value - path_value)'), mantissa('path_value'), 6) }} as gap_share,
        case
            when path_value is null then 'no_path'
            when forecast_value is null then 'no_data'
            when forecast_value + half_width <= path_value then 'on_track'
            when forecast_value - half_width > path_value then 'off'
            else 'at_risk'
        end as status
    from valued
)

select * from final
