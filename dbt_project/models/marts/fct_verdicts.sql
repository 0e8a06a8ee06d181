-- What each control says of each facility and month (控制月度结论). Null facility or month: the enterprise as a whole.
with final as (
    select
        control_id,
        facility_id,
        month,
        status,
        severity,
        due_count,
        judged_count,
        failed_count,
        message
    from {{ ref('control_months') }}
)

select * from final
