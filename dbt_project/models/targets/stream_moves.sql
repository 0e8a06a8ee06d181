-- Whether each stream under review came into the boundary (1) or left it (-1) in the month of the review (排放源进出边界), and whether
-- it was inside at the end of the base years. Validities that follow each other are no move.
with final as (
    select
        touched.baseline_key,
        touched.trigger_id,
        touched.stream_id,
        count(*) filter (where date_trunc('month', bounded.valid_from) = touched.month)
        - count(*) filter (where date_trunc('month', bounded.valid_to) = touched.month) as moves,
        bool_or(
            bounded.valid_from <= make_date(touched.last_year, 12, 31)
            and bounded.valid_to > make_date(touched.last_year, 12, 31)
        ) as was_inside
    from {{ ref('touched_streams') }} as touched
    inner join {{ source('plan', 'subjects') }} as subjects on touched.subject_id = subjects.subject_id
    inner join {{ ref('bounded_streams') }} as bounded
        on touched.stream_id = bounded.stream_id and subjects.regime = bounded.regime
    where bounded.is_inside
    group by touched.baseline_key, touched.trigger_id, touched.stream_id
)

select * from final
