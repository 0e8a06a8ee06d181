-- The default factors behind a line as one source of uncertainty (因子不确定度): which default value belongs to them. The row of
-- uncertainty_rules that names most of stream type, gas and the fuel's state decides.
with lines as (
    select
        lines.*,
        fuels.state
    from {{ ref('emission_lines') }} as lines
    left join {{ source('rules', 'fuels') }} as fuels on lines.fuel = fuels.fuel
),

ranked as (
    select
        lines.emission_id,
        rules.subject,
        row_number() over (
            partition by lines.emission_id
            order by rules.stream_type is not null desc, rules.gas is not null desc, rules.state is not null desc
        ) as position
    from lines
    inner join {{ source('rules', 'uncertainty_rules') }} as rules
        on
            coalesce(rules.stream_type, lines.stream_type) = lines.stream_type
            and coalesce(rules.gas, lines.gas) = lines.gas
            and coalesce(rules.state, lines.state, '') = coalesce(lines.state, '')
),

final as (
    select
        workings.emission_id,
        'factor ' || string_agg(workings.factor_id, ' ' order by workings.term_order) as source_id,
        any_value(ranked.subject) as default_of
    from {{ ref('workings') }} as workings
    inner join ranked on workings.emission_id = ranked.emission_id and ranked.position = 1
    -- a GWP is a convention of the regime, not a measurement
    where workings.basis = 'default' and workings.term <> 'gwp' and workings.factor_id is not null
    group by workings.emission_id
)

select * from final
