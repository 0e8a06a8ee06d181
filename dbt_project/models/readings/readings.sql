-- The waist: every figure as a reading (读数) of a planned parameter, in the plan's unit, with its way back to the file.
-- Superseded rows and figures without a parameter are not here (the latter stand in unplanned).
with profile_days as (
    select * from {{ ref('profile_days') }}
),

span_days as (
    select * from {{ ref('span_days') }}
),

final as (
    select
        reading_id,
        parameter_id,
        period_start,
        period_end,
        quantity,
        unit,
        hours_expected,
        hours_missing,
        basis,
        is_event,
        record_type,
        file_sha256,
        sheet,
        row_first,
        row_last,
        cast(null as varchar) as start_file_sha256,
        cast(null as varchar) as start_sheet,
        cast(null as bigint) as start_row,
        period_start as span_start,
        period_end as span_end,
        source_quantity,
        source_unit,
        reason
    from profile_days
    union all
    select
        reading_id,
        parameter_id,
        period_start,
        period_end,
        quantity,
        unit,
        hours_expected,
        hours_missing,
        basis,
        is_event,
        record_type,
        file_sha256,
        sheet,
        row_first,
        row_last,
        start_file_sha256,
        start_sheet,
        start_row,
        span_start,
        span_end,
        source_quantity,
        source_unit,
        reason
    from span_days
)

select * from final
