-- Severe findings of the exit door over a line (出口门严重问题): what failed in its facility and month, under its regime, beside an
-- error of its own: a negative balance of carbon, a default without a reason. A year's own findings are not a month's.
with found as (
    select
        regime,
        facility_id,
        stream_id,
        month,
        control_id || ' (' || row_key || ')' as finding
    from {{ ref('exit_failures') }}
    where severity = 'E' and table_name not in ('checks.emission_errors', 'doors.annual_coverage')
),

final as (
    select
        emissions.emission_id,
        string_agg(distinct found.finding, ', ' order by found.finding) as findings
    from {{ ref('emissions') }} as emissions
    inner join found on emissions.facility_id = found.facility_id and emissions.month = found.month
    where
        coalesce(found.regime, emissions.regime) = emissions.regime
        and coalesce(found.stream_id, emissions.stream_id) = emissions.stream_id
    group by emissions.emission_id
)

select * from final
