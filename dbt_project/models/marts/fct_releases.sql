-- Quarantined rows released by decision (隔离行放行): the row as received, the texts it is read with instead, and whether it
-- was loaded so. Such a row counts among its file's loaded rows.
with given as (
    select
        decision_id,
        string_agg(field || '=' || value, '; ' order by field) as given_values
    from {{ source('decisions', 'released_values') }}
    group by decision_id
),

kept_out as (
    select distinct file_sha256, sheet, row_number from {{ source('lake', 'quarantined_row') }}
    union
    select distinct file_sha256, sheet, row_number from {{ source('lake', 'skipped_row') }}
),

final as (
    select
        standings.decision_id as release_id,
        releases.file_name,
        releases.sheet,
        releases.row_number,
        releases.code,
        releases.found,
        releases.row_text,
        given.given_values,
        standings.state,
        standings.state = 'in_force' and kept_out.row_number is null and accounts.file_sha256 is not null as is_loaded,
        standings.reason,
        standings.expires_on,
        standings.person as made_by,
        standings.os_user as made_by_os_user,
        standings.recorded_at as made_at,
        coalesce(standings.approved_by, '') as approved_by,
        standings.approved_at,
        coalesce(standings.rejected_by, '') as rejected_by,
        releases.file_sha256
    from {{ ref('standings') }} as standings
    inner join {{ source('decisions', 'releases') }} as releases on standings.decision_id = releases.decision_id
    left join given on standings.decision_id = given.decision_id
    left join {{ source('lake', 'file_account') }} as accounts on releases.file_sha256 = accounts.file_sha256
    left join kept_out
        on
            releases.file_sha256 = kept_out.file_sha256
            and releases.sheet = kept_out.sheet
            and releases.row_number = kept_out.row_number
)

select * from final
