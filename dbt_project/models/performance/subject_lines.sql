-- The emission lines (核算行) that make up each subject: those of its facility, or of the streams it names, under its regime.
-- `restated_id` names a line under the edition of factors that the subject is restated with.
with subjects as (
    select
        *,
        cast(date_trunc('month', factors_as_of) as date) as edition_month
    from {{ source('plan', 'subjects') }}
),

transfers as (
    select distinct stream_id
    from {{ source('plan', 'streams') }}
    where counterpart_stream_id <> ''
),

final as (
    select
        subjects.subject_id,
        subjects.edition_month,
        lines.emission_id || '@' || strftime(subjects.edition_month, '%Y-%m') as restated_id,
        lines.emission_id,
        lines.regime,
        lines.stream_id,
        lines.facility_id,
        lines.month,
        lines.sign,
        lines.quantity,
        lines.apportioned_quantity,
        lines.substituted_quantity
    from {{ ref('emission_lines') }} as lines
    inner join {{ ref('subject_facilities') }} as facilities on lines.facility_id = facilities.facility_id
    inner join subjects
        on facilities.subject_id = subjects.subject_id and lines.regime = subjects.regime
    left join transfers on lines.stream_id = transfers.stream_id
    where
        lines.scope <> 'biogenic'
        -- the enterprise's own total leaves out what its sites hand to each other
        and (transfers.stream_id is null or subjects.subject_kind <> 'enterprise')
        and (
            coalesce(subjects.stream_ids, '') = ''
            or list_contains(string_split(subjects.stream_ids, ' '), lines.stream_id)
        )
)

select * from final
