-- Two months running and what they were expected to be (相邻两月), three times: by the months around them, and by the same two
-- months of the year before and of the year after; as a day's mean and per output. Both gaps are shares of the usual month: what
-- the first one has too much, and what the second one lacks.
with levels as (
    select
        *,
        unnest(['rate', 'intensity']) as measure,
        unnest([rate, intensity]) as level
    from {{ ref('rated_months') }}
    where kind = 'activity_data' and record_type <> 'energy_attribute'
),

pairs as (
    select
        own.*,
        after.level as level_after,
        median(own.level) over (partition by own.parameter_id, own.measure) as usual_level,
        (coalesce(before.level, later.level) + coalesce(later.level, before.level)) / 2 as around,
        unnest(['around', 'year before', 'year after']) as reference,
        unnest([around, last_year.level, next_year.level]) as expected,
        unnest([around, last_year_after.level, next_year_after.level]) as expected_after
    from levels as own
    {% for name, months_away in {'after': 1, 'before': -1, 'later': 2, 'last_year': -12, 'last_year_after': -11,
                                 'next_year': 12, 'next_year_after': 13}.items() -%}
        left join levels as {{ name }}
            on
                own.parameter_id = {{ name }}.parameter_id
                and own.measure = {{ name }}.measure
                and cast(own.month + to_months({{ months_away }}) as date) = {{ name }}.month
    {% endfor %}
),

final as (
    select
        planned_id,
        parameter_id,
        facility_id,
        stream_id,
        period_start,
        measure,
        reference,
        (level - expected) / nullif(usual_level, 0) as excess,
        (expected_after - level_after) / nullif(usual_level, 0) as lack_after
    from pairs
    where level is not null and level_after is not null and expected is not null and expected_after is not null
)

select * from final
