-- Lines of a transfer between own sites (厂际转移) whose two ends both lie inside the regime's boundary, with the share that
-- the facility is consolidated by: the sites keep them, the group's total leaves them out.
with ends as (
    select distinct
        streams.stream_id,
        streams.counterpart_stream_id,
        streams.valid_from,
        coalesce(streams.valid_to, date '9999-12-31') as valid_to
    from {{ source('plan', 'streams') }} as streams
    where streams.counterpart_stream_id <> ''
),

final as (
    select
        lines.*,
        ends.counterpart_stream_id,
        others.facility_id as counterpart_facility_id,
        {{ exact_times(['lines.emissions_tco2e', 'shares.share']) }} as share_tco2e
    from {{ ref('accounted_lines') }} as lines
    inner join ends
        on
            lines.stream_id = ends.stream_id
            and last_day(lines.month) >= ends.valid_from
            and lines.month < ends.valid_to
    inner join {{ ref('treated_streams') }} as others
        on
            lines.regime = others.regime
            and ends.counterpart_stream_id = others.stream_id
            and last_day(lines.month) >= others.valid_from
            and lines.month < others.valid_to
    left join {{ ref('facility_shares') }} as shares
        on
            lines.facility_id = shares.facility_id
            and last_day(lines.month) >= shares.valid_from
            and last_day(lines.month) < shares.valid_to
    where others.treatment <> 'outside' and lines.scope <> 'biogenic'
)

select * from final
