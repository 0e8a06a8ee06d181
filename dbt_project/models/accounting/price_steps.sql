-- The doubtful values behind each emission line (存疑取值), in the order in which the price of a gap replaces the conservative value
-- by the best estimate, one at a time: what each step adds is the value's part, and the parts add up to the whole.
with lines as (
    select * from {{ ref('emission_lines') }}
    where error_code is null
),

quantities as (
    select
        lines.emission_id,
        0 as term_order,
        months.parameter_id,
        months.cause,
        months.rule_id,
        months.failed_controls,
        months.conservative,
        months.best_estimate,
        months.picked,
        'quantity' as step_kind
    from lines
    inner join {{ ref('doubtful_months') }} as months
        on
            lines.regime = months.regime
            and lines.stream_id = months.stream_id
            and lines.month = months.month
            and lines.unit = months.unit
),

joined as (
    select * from quantities
    union all by name
    select * from {{ ref('property_steps') }}
    union all by name
    select * from {{ ref('default_steps') }}
),

judged as (
    select
        joined.*,
        best_estimate is not null and (conservative is not null or step_kind = 'default') as is_known
    from joined
    inner join {{ ref('emissions') }} as emissions on joined.emission_id = emissions.emission_id
    where emissions.error_code is null
),

-- what is not known takes no step: it has no price, and says so
final as (
    select
        *,
        case
            when is_known then row_number() over (partition by emission_id, is_known order by term_order, parameter_id)
        end as step
    from judged
)

select * from final
