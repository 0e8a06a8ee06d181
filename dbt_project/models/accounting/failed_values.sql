-- Values that fail a severe control which no rule answers (未通过严重控制的月值), and how far the plan's own limit on the
-- conservative side lies beyond them: that prices them, and never enters the account. Null where the plan has no limit.
with limits as (
    select
        admitted.planned_id,
        admitted.parameter_id,
        admitted.stream_id,
        admitted.unit,
        admitted.failed_controls,
        cast(date_trunc('month', admitted.period_start) as date) as month,
        ways.direction,
        case ways.direction
            when 'up' then parameters.plan_max - admitted.substitute
            when 'down' then admitted.substitute - parameters.plan_min
        end as beyond
    from {{ ref('admitted') }} as admitted
    inner join {{ source('plan', 'parameters') }} as parameters
        on
            admitted.parameter_id = parameters.parameter_id
            and {{ is_valid_on('admitted.period_start', 'parameters') }}
            and parameters.kind = 'activity_data'
    inner join {{ ref('conservative_directions') }} as ways
        on parameters.parameter_id = ways.parameter_id and parameters.valid_from = ways.valid_from
    inner join {{ source('plan', 'streams') }} as streams
        on
            admitted.stream_id = streams.stream_id
            and {{ is_valid_on('admitted.period_start', 'streams') }}
            and ways.stream_type = streams.stream_type
    where admitted.failed_controls <> '' and admitted.role = 'account'
),

final as (
    select
        parameter_id,
        stream_id,
        month,
        unit,
        string_agg(distinct failed_controls, ', ' order by failed_controls) as failed_controls,
        case
            when count(beyond) = count(*)
                then sum(case when beyond <= 0 then 0 when direction = 'up' then beyond else -beyond end)
        end as step
    from limits
    group by parameter_id, stream_id, month, unit
)

select * from final
