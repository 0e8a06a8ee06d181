-- Lines that only one side accounts (单侧排放行), each with the one part that its whole difference goes to: an error's own, new
-- data where the month was not due yet, data that came or went, another unit or gas, else the boundary.
with lines as (
    select
        *,
        bool_or(has_earlier_line) over stream_month as has_earlier_stream,
        bool_or(has_later_line) over stream_month as has_later_stream
    from {{ ref('paired_lines') }}
    window stream_month as (partition by regime, stream_id, month)
),

final as (
    select
        lines.emission_id,
        lines.difference_tco2e,
        case
            when last_day(lines.month) >= lines.as_of or last_day(lines.month) < lines.first_period then 'new_data'
            when errors.change_part is not null then errors.change_part
            -- both sides have the line, one of them without a figure: what it needs came late, or went
            when lines.has_earlier_line and lines.has_later_line and lines.earlier_tco2e is null then 'late_data'
            when lines.has_earlier_line and lines.has_later_line then 'corrections'
            when lines.has_earlier_stream and lines.has_later_stream then 'method'
            else 'boundary'
        end as change_part
    from lines
    left join {{ source('rules', 'change_error_parts') }} as errors on lines.error_code = errors.error_code
    where not lines.is_on_both and (lines.earlier_tco2e is not null or lines.later_tco2e is not null)
)

select * from final
