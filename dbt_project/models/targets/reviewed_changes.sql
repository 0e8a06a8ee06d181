-- The changes on record that each effective baseline is reviewed for (须复核的变化): of causes b and c, since its years, by month.
-- `trigger_id`: those of one month are one review; of factors apart from the others.
with final as (
    select
        baselines.baseline_key,
        case changes.kind when 'factor' then 'factor' else 'change' end as trigger_kind,
        strftime(changes.changed_on, '%Y-%m') as trigger_id,
        changes.*
    from {{ ref('baselines') }} as baselines
    inner join {{ ref('own_changes') }} as changes
        on baselines.subject_id = changes.subject_id and changes.changed_on >= make_date(baselines.last_year + 1, 1, 1)
    where
        -- a factor's change is no change until it is newer than the edition that all years stand under
        case when changes.kind = 'factor' then changes.changed_on > baselines.edition_month else changes.is_felt_restated end
        and changes.cause in ('b', 'c')
)

select * from final
