-- A verifier's findings (核查发现): what was found, the replies in their order, and whether it is closed.
with final as (
    select
        finding_id,
        max(case when entry = 'added' then facility_id end) as facility_id,
        max(case when entry = 'added' then month end) as month,
        max(case when entry = 'added' then verifier end) as verifier,
        max(case when entry = 'added' then text end) as finding,
        max(case when entry = 'added' then person end) as recorded_by,
        max(case when entry = 'added' then recorded_at end) as recorded_at,
        cast(count(case when entry = 'replied' then 1 end) as bigint) as reply_count,
        coalesce(
            string_agg(case when entry = 'replied' then person || ': ' || text end, '; ' order by recorded_seq), ''
        ) as replies,
        max(case when entry = 'closed' then text end) as closing_note,
        max(case when entry = 'closed' then person end) as closed_by,
        max(case when entry = 'closed' then recorded_at end) as closed_at,
        case
            when bool_or(entry = 'closed') then 'closed'
            when bool_or(entry = 'replied') then 'replied'
            else 'open'
        end as status
    from {{ source('decisions', 'findings') }}
    group by finding_id
)

select * from final
