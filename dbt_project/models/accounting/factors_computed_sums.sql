-- Factors that are a sum of weighted parts (计算因子), in the factor shape: 1 − S − A, 1 − biomass share, the CaO that a
-- clinker's CaO and MgO stand for. The parts are printed rows of one set, subject and validity; lacking one, there is none.
with sums as (
    select
        parameter,
        count(part) as parts,
        coalesce(sum(weight) filter (where part is null), 0) as constant
    from {{ source('rules', 'factor_sums') }}
    group by parameter
),

weighted as (
    select
        sums.parameter as computed,
        factors.*,
        cast(rules.weight * try_cast(factors.value as decimal(18, 12)) as decimal(38, 18)) as weighted_value,
        concat(
            case when rules.weight < 0 then '− ' else '+ ' end, {{ value_text_of('abs(rules.weight)') }}, ' × ',
            factors.factor_id
        ) as named
    from {{ source('rules', 'factor_sums') }} as rules
    inner join sums on rules.parameter = sums.parameter
    inner join {{ source('rules', 'factors') }} as factors on rules.part = factors.parameter
),

added as (
    select
        computed,
        factor_set,
        edition,
        coalesce(subject, '') as subject,
        region_code,
        data_year,
        published_on,
        valid_from,
        valid_to,
        count(weighted_value) as parts,
        sum(weighted_value) as weighted_value,
        string_agg(named, ' ' order by parameter) as named,
        string_agg(distinct source_document, '；' order by source_document) as source_document,
        string_agg(distinct source_locator, '；' order by source_locator) as source_locator,
        {{ worst_status(['verification_status'], aggregate=true) }} as verification_status
    from weighted
    group by all
),

final as (
    select
        concat_ws('/', added.factor_set, added.computed, nullif(added.subject, ''), added.region_code, added.valid_from)
            as factor_id,
        added.* exclude (computed, parts, weighted_value, named),
        added.computed as parameter,
        '计算值 / computed' as subject_printed,
        cast(sums.constant + added.weighted_value as decimal(38, 18)) as value,
        {{ value_text_of('cast(sums.constant + added.weighted_value as decimal(38, 18))') }} as value_text,
        concat('= ', {{ value_text_of('sums.constant') }}, ' ', added.named) as note
    from added
    inner join sums on added.computed = sums.parameter and added.parts = sums.parts
)

select * from final
