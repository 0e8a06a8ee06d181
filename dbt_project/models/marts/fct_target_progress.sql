-- Progress of each target as seen at the end of each month (目标进展): year to date, forecast of the year with its interval,
-- gap to the path, and how it was forecast.
with final as (
    select
        progress.target_id,
        targets.name_zh,
        targets.name_en,
        progress.subject_id,
        progress.year,
        progress.cut_month,
        cast(progress.months_known as bigint) as months_known,
        coalesce(progress.months_incomplete, '') as months_incomplete,
        progress.measure,
        progress.unit,
        cast(progress.known_tco2e as decimal(38, 6)) as known_tco2e,
        cast(progress.remaining_tco2e as decimal(38, 6)) as remaining_tco2e,
        progress.year_tco2e,
        cast(progress.year_production as decimal(38, 12)) as year_production,
        cast(progress.known_value as decimal(38, 12)) as known_value,
        cast(progress.forecast_value as decimal(38, 12)) as forecast_value,
        cast(progress.forecast_low as decimal(38, 12)) as forecast_low,
        cast(progress.forecast_high as decimal(38, 12)) as forecast_high,
        progress.path_value,
        cast(progress.gap_value as decimal(38, 12)) as gap_value,
        progress.gap_share,
        progress.method,
        progress.normalised_by,
        progress.status,
        concat_ws(
            '；', statuses.reason_zh, methods.reason_zh,
            '不完整月份：' || nullif(progress.months_incomplete, '') || '（按预测计，不计为 0）'
        ) as reason_zh,
        concat_ws(
            '; ', statuses.reason_en, methods.reason_en,
            'incomplete months: ' || nullif(progress.months_incomplete, '') || ' (forecast, not counted as 0)'
        ) as reason_en
    from {{ ref('target_progress') }} as progress
    inner join {{ ref('fct_targets') }} as targets on progress.target_id = targets.target_id
    inner join {{ source('rules', 'target_words') }} as statuses on progress.status = statuses.word
    left join {{ source('rules', 'target_words') }} as methods on nullif(progress.method, '') = methods.word
)

select * from final
