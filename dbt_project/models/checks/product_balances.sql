-- Output against sales and stock (产量与销售、库存): produced = sold + closing − opening, by product and month, where the plan
-- has the product's sales and its opening and closing stock beside its output.
with parameters as (
    select distinct
        parameter_id,
        source_key,
        case when record_type = 'production_output' then 'produced' else measure end as part
    from {{ source('plan', 'parameters') }}
    where
        record_type = 'production_output'
        or (record_type = 'stock_movement' and measure in ('sale', 'opening', 'closing'))
),

parts as (
    select
        planned.*,
        parameters.source_key,
        parameters.part,
        cast(date_trunc('month', planned.period_start) as date) as month,
        min(planned.unit) filter (where parameters.part = 'produced')
            over (partition by parameters.source_key, planned.period_start) as unit_of_output
    from {{ ref('planned') }} as planned
    inner join parameters on planned.parameter_id = parameters.parameter_id
    where planned.frequency = 'month'
),

balanced as (
    select
        parts.source_key,
        parts.month,
        min(parts.planned_id) filter (where parts.part = 'produced') as planned_id,
        min(parts.facility_id) filter (where parts.part = 'produced') as facility_id,
        min(parts.stream_id) filter (where parts.part = 'produced') as stream_id,
    {% for part in ['produced', 'sale', 'opening', 'closing'] -%}
        max({{ convert('parts.quantity', 'ratios.numerator', 'ratios.denominator') }})
        filter (where parts.part = '{{ part }}') as {{ part }}{{ ',' if not loop.last }}
    {% endfor %}
    from parts
    left join {{ ref('unit_ratios') }} as ratios on parts.unit = ratios.from_unit and parts.unit_of_output = ratios.to_unit
    group by parts.source_key, parts.month
    having count(distinct parts.part) = 4
),

final as (
    select
        concat_ws('|', balanced.source_key, balanced.month) as row_key,
        balanced.* rename (sale as sold),
        balanced.month as period_start,
        {{ times_ratio('balanced.produced', 'controls.tolerance') }} as tolerance_quantity
    from balanced
    {{ with_control('DQ20', 'balanced.month') }}
)

select * from final
