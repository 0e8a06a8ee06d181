-- Default relative uncertainties (不确定度缺省值, 95 %), by what they are of. One given as a factor (× / ÷ n) counts as n - 1.
with final as (
    select
        subject,
        max(case parameter when 'uncertainty' then value when 'uncertainty_factor' then value - 1 end) as relative
    from {{ source('rules', 'factors') }}
    where factor_set = 'uncertainty_default'
    group by subject
)

select * from final
