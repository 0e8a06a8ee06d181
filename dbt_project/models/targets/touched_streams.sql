-- The streams that each review of a plain total is about (变化涉及的排放源): those that came or went, with their facility or alone,
-- and those whose method, parameter or share of the output changed.
with counted as (
    select distinct subject_id, facility_id, stream_id
    from {{ ref('subject_lines') }}
),

products as (
    select distinct stream_id
    from {{ source('plan', 'parameters') }}
    where kind = 'production'
),

touched as (
    select
        changes.baseline_key,
        changes.subject_id,
        changes.trigger_id,
        coalesce(counted.stream_id, changes.stream_id) as stream_id,
        baselines.first_year,
        baselines.last_year,
        changes.kind,
        changes.cause
    from {{ ref('reviewed_changes') }} as changes
    inner join {{ ref('baselines') }} as baselines on changes.baseline_key = baselines.baseline_key
    left join counted
        on
            changes.subject_id = counted.subject_id
            and changes.facility_id = counted.facility_id
            and changes.kind = 'facility'
    where
        changes.trigger_kind = 'change' and baselines.measure = 'total' and baselines.baseline_kind <> 'regression'
        and baselines.value is not null
),

final as (
    select
        touched.baseline_key,
        touched.subject_id,
        touched.trigger_id,
        cast(strptime(touched.trigger_id, '%Y-%m') as date) as month,
        touched.stream_id,
        cast(any_value(touched.first_year) as integer) as first_year,
        cast(any_value(touched.last_year) as integer) as last_year,
        bool_or(touched.cause = 'c') as is_another_method,
        bool_or(touched.kind = 'parameter' and touched.cause = 'b') as is_measured_anew,
        bool_or(touched.kind = 'product_mix' or products.stream_id is not null) as is_product,
        bool_or(emitting.stream_id is not null) as has_lines
    from touched
    left join products on touched.stream_id = products.stream_id
    left join (select distinct subject_id, stream_id from counted) as emitting
        on touched.subject_id = emitting.subject_id and touched.stream_id = emitting.stream_id
    group by touched.baseline_key, touched.subject_id, touched.trigger_id, touched.stream_id
)

select * from final
