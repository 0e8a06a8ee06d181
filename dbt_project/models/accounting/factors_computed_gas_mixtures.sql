-- CO2 in a mixture of gases, by mass (计算因子：混合气的 CO2 质量含量), in the factor shape: P × M of CO2 over the sum of
-- P × M, rounded once to 12 decimals. A mixture whose shares do not make up 1, or with a part without a molar mass, has none.
with parts as (
    select
        shares.factor_set,
        shares.edition,
        shares.subject,
        shares.gas,
        shares.value as share,
        shares.source_document,
        shares.source_locator,
        cast(
            try_cast(shares.value as decimal(18, 9)) * try_cast(masses.value as decimal(18, 9)) as decimal(38, 12)
        ) as mass,
        concat(shares.factor_id, ' × ', masses.factor_id) as named,
        {{ worst_status(['shares.verification_status', 'masses.verification_status']) }} as verification_status
    from {{ source('rules', 'factors') }} as shares
    left join {{ source('rules', 'factors') }} as masses
        on
            shares.factor_set = masses.factor_set
            and shares.gas = masses.gas
            and masses.parameter = 'molar_mass'
    where shares.parameter = 'volume_share'
),

mixtures as (
    select
        factor_set,
        edition,
        subject,
        min(source_document) as source_document,
        min(source_locator) as source_locator,
        {{ worst_status(['verification_status'], aggregate=true) }} as verification_status,
        coalesce(sum(mass) filter (where gas = 'CO2'), 0) as co2_mass,
        sum(mass) as whole_mass,
        sum(share) = 1 and count(mass) = count(*) as is_whole,
        string_agg(named, ', ' order by named) as named
    from parts
    group by factor_set, edition, subject
),

shared as (
    select
        *,
        {{ exact_ratio(mantissa('co2_mass'), mantissa('whole_mass'), 12) }} as content
    from mixtures
    where is_whole
),

final as (
    select
        concat_ws('/', factor_set, 'co2_content', subject) as factor_id,
        * exclude (co2_mass, whole_mass, is_whole, named, content),
        'co2_content' as parameter,
        'CO2' as gas,
        '计算值 / computed' as subject_printed,
        cast(content as decimal(38, 18)) as value,
        {{ value_text_of('content') }} as value_text,
        'tCO2' as numerator_unit,
        't' as denominator_unit,
        concat('CO2 ÷ Σ: ', named) as note
    from shared
    where content is not null
)

select * from final
