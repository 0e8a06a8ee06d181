-- What each step of a line's price puts in the place of a term (估价取值): step 0 lays down the conservative values, every further
-- step one best estimate. A value per quantity that stands for several terms leaves 1 in the place of the others.
with steps as (
    select * from {{ ref('price_steps') }}
    where is_known
),

quantities as (
    select
        steps.emission_id,
        steps.step,
        lines.quantity + sum(steps.conservative - steps.picked) over (partition by steps.emission_id) as start_value,
        sum(steps.conservative - steps.best_estimate) over (partition by steps.emission_id order by steps.step) as taken
    from steps
    inner join {{ ref('emission_lines') }} as lines on steps.emission_id = lines.emission_id
    where steps.step_kind = 'quantity'
),

valued as (
    select distinct
        emission_id,
        0 as step,
        0 as term_order,
        start_value as value
    from quantities
    union all
    select emission_id, step, 0, start_value - taken
    from quantities
    union all
    select emission_id, 0, term_order, conservative
    from steps
    where step_kind = 'measured'
    union all
    select emission_id, step, term_order, best_estimate
    from steps
    where step_kind <> 'quantity'
),

final as (
    select
        valued.emission_id,
        valued.step,
        valued.term_order,
        {{ digits_of('cast(valued.value as decimal(38, 12))') }} as digits,
        {{ scale_of('cast(valued.value as decimal(38, 12))') }} as scale,
        case when valued.step > 0 then steps.numerator end as numerator,
        case when valued.step > 0 then steps.denominator end as denominator
    from valued
    left join steps
        on
            valued.emission_id = steps.emission_id
            and valued.step = steps.step
            and valued.term_order = steps.term_order
    union all
    select steps.emission_id, steps.step, workings.term_order, 1, 0, 1, 1
    from steps
    inner join {{ ref('workings') }} as workings
        on
            steps.emission_id = workings.emission_id
            and steps.spans_from <= workings.term_order
            and steps.term_order > workings.term_order
)

select * from final
