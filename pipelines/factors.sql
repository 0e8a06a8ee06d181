-- The factors that fit what was asked; a part that was not asked (null) fits every factor. $1 fuel or subject,
-- $2 parameter, $3 day, $4 regime, $5 region.
with asked as (
    select
        $1::varchar as subject,
        $2::varchar as parameter,
        $3::date as day,
        $4::varchar as regime,
        $5::varchar as region,
        split_part($5::varchar, '-', 1) as country
),

-- what the regime takes: its own rows and those that hold in every regime
taken as (
    select
        sets.*,
        case sets.region_rule
            when 'exact' then asked.region
            when 'grid_region' then regions.grid_region
            when 'country' then asked.country
        end as region_taken
    from rules.factor_sets as sets
    inner join asked on coalesce(sets.regime, asked.regime) = asked.regime
    left join rules.grid_regions as regions on asked.region = regions.region_code
),

-- how the regime uses a factor
used as (
    select
        factors.factor_id,
        list_sort(
            list(
                distinct {
                    'stream_type': coalesce(taken.stream_type, '*'),
                    'priority': taken.priority,
                    'selection': taken.selection,
                    'region_rule': taken.region_rule
                }
            )
        ) as uses
    from rules.factors as factors
    inner join taken
        on
            factors.factor_set = taken.factor_set
            and factors.parameter = taken.parameter
            and coalesce(factors.gas, taken.gas, '') = coalesce(taken.gas, factors.gas, '')
    cross join asked
    where asked.region is null or taken.region_rule = 'any' or factors.region_code = taken.region_taken
    group by factors.factor_id
),

-- the names a factor set gives the fuel: its own, those said of it, and none where a row holds for every fuel of the set
spoken as (
    select
        factor_set,
        subject,
        fuel
    from rules.factor_subjects
    union all
    select
        factor_set,
        subject,
        subject
    from rules.factors
),

named as (
    select distinct
        spoken.factor_set,
        unnest([spoken.subject, '']) as subject
    from spoken
    inner join asked on spoken.fuel = asked.subject
),

final as (
    select
        factors.factor_id,
        factors.factor_set,
        factors.edition,
        factors.parameter,
        factors.subject,
        factors.subject_printed,
        factors.gas,
        factors.region_code,
        factors.value_text,
        factors.unit_printed,
        case
            when contains(factors.value::varchar, '.') then rtrim(rtrim(factors.value::varchar, '0'), '.')
            else factors.value::varchar
        end as value,
        nullif(concat_ws('/', factors.numerator_unit, factors.denominator_unit), '') as unit,
        factors.heat_basis,
        factors.data_year,
        factors.published_on,
        factors.valid_from,
        factors.valid_to,
        factors.source_document,
        factors.source_locator,
        factors.verification_status,
        factors.note,
        used.uses
    from rules.factors as factors
    cross join asked
    left join used on factors.factor_id = used.factor_id
    left join named on factors.factor_set = named.factor_set and coalesce(factors.subject, '') = named.subject
    left join rules.grid_regions as regions on asked.region = regions.region_code
    where
        -- a row without a subject but with a gas is the gas's own, not a fuel's
        (asked.subject is null or (named.subject = '' and factors.gas is null) or named.subject <> '')
        and factors.parameter = coalesce(asked.parameter, factors.parameter)
        and coalesce(asked.day >= factors.valid_from, true)
        and coalesce(asked.day < factors.valid_to, true)
        and (asked.regime is null or used.factor_id is not null)
        -- a region alone asks for what is its own; beside other wishes, factors without a region fit too
        and (
            asked.region is null
            or factors.region_code in (asked.region, regions.grid_region, asked.country)
            or (factors.region_code is null and coalesce(asked.subject, asked.parameter, asked.regime) is not null)
        )
)

select *
from final
order by
    parameter, subject nulls last, factor_set, gas, length(region_code) desc, region_code,
    data_year desc nulls last, published_on desc nulls last, valid_from desc nulls last, factor_id
