-- What abatement leaves (计算因子：未去除比例), in the factor shape: 1 − coverage × efficiency (1 − η × μ, 1 − a × d). Both
-- are printed rows of one set, subject, gas and validity; lacking one, there is none.
with reached as (
    select
        *,
        try_cast(value as decimal(18, 9)) as share
    from {{ source('rules', 'factors') }}
    where parameter = 'abatement_coverage'
),

removed as (
    select
        *,
        try_cast(value as decimal(18, 9)) as share
    from {{ source('rules', 'factors') }}
    where parameter = 'abatement_efficiency'
),

abated as (
    select
        reached.factor_set,
        reached.edition,
        reached.subject,
        reached.gas,
        reached.region_code,
        reached.valid_from,
        reached.valid_to,
        reached.source_document,
        removed.source_locator,
        concat('= 1 − ', reached.factor_id, ' × ', removed.factor_id) as note,
        {{ worst_status(['reached.verification_status', 'removed.verification_status']) }} as verification_status,
        cast(1 - reached.share * removed.share as decimal(38, 18)) as value
    from reached
    inner join removed
        on
            reached.factor_set = removed.factor_set
            and coalesce(reached.subject, '') = coalesce(removed.subject, '')
            and coalesce(reached.gas, '') = coalesce(removed.gas, '')
            and coalesce(reached.region_code, '') = coalesce(removed.region_code, '')
            and reached.valid_from is not distinct from removed.valid_from
),

final as (
    select
        *,
        concat_ws('/', factor_set, 'unabated_share', nullif(subject, ''), nullif(gas, ''), region_code, valid_from)
            as factor_id,
        'unabated_share' as parameter,
        '计算值 / computed' as subject_printed,
        {{ value_text_of('value') }} as value_text
    from abated
    where value is not null
)

select * from final
