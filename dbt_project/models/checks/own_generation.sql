-- Own power (自发电平衡): what the plant's meters generated against what the account takes as used on site and sold, by
-- facility, source of energy and month. Due where the plan has a generation meter beside the accounted quantities.
with powers as (
    select
        planned.*,
        cast(date_trunc('month', planned.period_start) as date) as month,
        coalesce(streams.fuel, '') as source_of_energy,
        planned.role <> 'account' as is_generation,
        min(planned.unit) filter (where planned.role <> 'account')
            over (partition by planned.facility_id, streams.fuel, planned.period_start) as unit_of_generation
    from {{ ref('planned') }} as planned
    inner join {{ source('plan', 'streams') }} as streams
        on planned.stream_id = streams.stream_id and {{ is_valid_on('planned.period_start', 'streams') }}
    where
        streams.origin = 'own_generated'
        and planned.stream_type in ('purchased_electricity', 'exported_electricity')
        and planned.kind = 'activity_data'
        and planned.frequency = 'month'
),

converted as (
    select
        powers.*,
        {{ convert('powers.quantity', 'ratios.numerator', 'ratios.denominator') }} as amount
    from powers
    left join {{ ref('unit_ratios') }} as ratios
        on powers.unit = ratios.from_unit and powers.unit_of_generation = ratios.to_unit
),

balanced as (
    select
        facility_id,
        source_of_energy,
        month,
        min(planned_id) filter (where not is_generation and stream_type = 'purchased_electricity') as planned_id,
        min(stream_id) filter (where not is_generation and stream_type = 'purchased_electricity') as stream_id,
        sum(amount) filter (where is_generation) as generated,
        sum(amount) filter (where not is_generation) as accounted,
        sum(amount) filter (where not is_generation and stream_type = 'purchased_electricity') as used_on_site,
        count(amount) < count(*) as is_unknown
    from converted
    group by facility_id, source_of_energy, month
    having bool_or(is_generation) and bool_or(not is_generation)
),

final as (
    select
        concat_ws('|', balanced.facility_id, balanced.source_of_energy, balanced.month) as row_key,
        balanced.* exclude (is_unknown, used_on_site),
        balanced.month as period_start,
        case when not balanced.is_unknown then abs(balanced.generated - balanced.accounted) end as imbalance,
        -- all that was generated stated as used, although some of it was sold
        case
            when not balanced.is_unknown
                then cast(balanced.used_on_site = balanced.generated and balanced.accounted > balanced.generated as integer)
        end as copies,
        {{ times_ratio('balanced.generated', 'controls.tolerance') }} as allowed
    from balanced
    {{ with_control('DQ06', 'balanced.month') }}
)

select * from final
