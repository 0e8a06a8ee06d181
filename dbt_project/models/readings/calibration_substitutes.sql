-- Readings of a lapsed calibration as the rule wants them (超检定期替代): the best estimate is what was read, the substitute moves
-- it by the allowance in the conservative direction. In the shape of substitutes.
with final as (
    select
        allowances.planned_id,
        allowances.regime,
        allowances.rule_id,
        allowances.answers_control,
        'out_of_calibration' as cause,
        coalesce(ways.direction, 'up') as direction,
        cast(0 as decimal(38, 12)) as kept_quantity,
        false as is_gap,
        false as is_default,
        cast(null as decimal(38, 12)) as default_estimate,
        cast(0 as decimal(38, 12)) as fill_best_estimate,
        cast(case coalesce(ways.direction, 'up')
            when 'up' then allowances.allowance
            when 'down' then -allowances.allowance
            else 0
        end as decimal(38, 12)) as fill_substitute
    from {{ ref('calibration_allowances') }} as allowances
    left join {{ ref('conservative_directions') }} as ways
        on
            allowances.parameter_id = ways.parameter_id
            and allowances.stream_type = ways.stream_type
            and allowances.period_start >= ways.valid_from
            and allowances.period_start < ways.valid_to
)

select * from final
