-- Where a facility's month stands (月度状态) and who brought it there, since it was last calculated. A month that was
-- calculated again begins anew.
with rounds as (
    select
        *,
        count(case when state = 'calculated' then 1 end) over (
            partition by facility_id, month order by recorded_seq
        ) as round
    from {{ source('decisions', 'period_steps') }}
),

latest as (
    select
        facility_id,
        month,
        max(round) as round
    from rounds
    group by facility_id, month
),

final as (
    select
        rounds.facility_id,
        rounds.month,
        arg_max(rounds.state, rounds.recorded_seq) as state,
        max(case when rounds.state = 'calculated' then rounds.person end) as calculated_by,
        max(case when rounds.state = 'calculated' then rounds.recorded_at end) as calculated_at,
        max(case when rounds.state = 'reviewed' then rounds.person end) as reviewed_by,
        max(case when rounds.state = 'reviewed' then rounds.recorded_at end) as reviewed_at,
        max(case when rounds.state = 'submitted' then rounds.person end) as submitted_by,
        max(case when rounds.state = 'submitted' then rounds.recorded_at end) as submitted_at,
        max(case when rounds.state = 'verified' then rounds.person end) as verified_by,
        max(case when rounds.state = 'verified' then rounds.recorded_at end) as verified_at,
        coalesce(string_agg(nullif(rounds.despite, ''), '; ' order by rounds.recorded_seq), '') as despite
    from rounds
    inner join latest
        on
            rounds.facility_id = latest.facility_id
            and rounds.month = latest.month
            and rounds.round = latest.round
    group by rounds.facility_id, rounds.month
)

select * from final
