-- What each stream under review moves a plain total by (排放源影响): one that came or went by its own emissions of the base years;
-- another method by emissions per activity, so that growth is not in it. Else the reason why it cannot be told.
with levels as (
    select
        baseline_key,
        trigger_id,
        stream_id,
        bool_or(span = 'base') as has_base,
        bool_or(span = 'since') as has_since,
        bool_and(is_known) as is_known,
        min(unit) = max(unit) as is_one_unit,
        any_value(emissions_tco2e) filter (where span = 'base') as emissions_tco2e,
        any_value(quantity) filter (where span = 'base') as quantity,
        any_value(tco2e_per_unit) filter (where span = 'since') as new_tco2e_per_unit
    from {{ ref('stream_levels') }}
    group by baseline_key, trigger_id, stream_id
),

judged as (
    select
        touched.*,
        levels.* exclude (baseline_key, trigger_id, stream_id),
        touched.last_year - touched.first_year + 1 as years,
        coalesce(moved.moves, 0) as moves,
        case
            when touched.is_product then 'output'
            when not touched.has_lines then 'base_share'
            when moved.moves > 0 and not (moved.was_inside and coalesce(levels.has_base, false)) then 'came_without_base'
            when not coalesce(levels.has_base, false) then 'base_share'
            when not levels.is_known then 'base_not_whole'
            when moved.moves <> 0 then 'base_share'
            when touched.is_measured_anew then 'output'
            when not touched.is_another_method then 'base_share'
            when not levels.has_since then 'no_months_since'
            when levels.is_one_unit and levels.quantity > 0 and levels.new_tco2e_per_unit is not null then 'activity'
            else 'no_activity'
        end as draft_basis
    from {{ ref('touched_streams') }} as touched
    left join {{ ref('stream_moves') }} as moved
        on
            touched.baseline_key = moved.baseline_key
            and touched.trigger_id = moved.trigger_id
            and touched.stream_id = moved.stream_id
    left join levels
        on
            touched.baseline_key = levels.baseline_key
            and touched.trigger_id = levels.trigger_id
            and touched.stream_id = levels.stream_id
),

final as (
    select
        *,
        case draft_basis
            -- the activity of the base years at what a unit of it emits now
            when 'activity'
                then
                    {{ exact_times(['new_tco2e_per_unit', 'quantity'], '1', 'years') }}
                    - {{ exact_ratio(mantissa('emissions_tco2e'), 'years * 1000000000000', 6) }}
            when 'base_share'
                then coalesce({{ exact_ratio('moves * ' ~ mantissa('emissions_tco2e'), 'years * 1000000000000', 6) }}, 0)
        end as effect_tco2e
    from judged
)

select * from final
