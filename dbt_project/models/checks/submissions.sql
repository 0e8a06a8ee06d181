-- Did a month's figures come in time (月度存证时限)? When the last file of each parameter and month was received, against the
-- days that the plan allows after the month's end. Months whose time was up before anything was ever received are history.
with received as (
    select
        file_sha256,
        cast(min(received_at) as date) as received_on
    from {{ source('archive', 'deliveries') }}
    group by file_sha256
),

files as (
    select distinct
        parameter_id,
        cast(date_trunc('month', period_start) as date) as month,
        file_sha256
    from {{ ref('readings') }}
),

arrived as (
    select
        files.parameter_id,
        files.month,
        max(received.received_on) as received_on
    from files
    inner join received on files.file_sha256 = received.file_sha256
    group by files.parameter_id, files.month
),

months as (
    select
        *,
        cast(date_trunc('month', period_start) as date) as month
    from {{ ref('planned') }}
    where role = 'account' and frequency = 'month'
),

final as (
    select
        months.planned_id,
        months.facility_id,
        months.stream_id,
        months.period_start,
        arrived.received_on,
        months.period_end + cast(controls.tolerance as integer) as due_on
    from months
    left join arrived on months.parameter_id = arrived.parameter_id and months.month = arrived.month
    {{ with_control('DQ26', 'months.month') }}
    where months.period_end + cast(controls.tolerance as integer) >= (select min(received.received_on) from received)
)

select * from final
