-- The factor in force (适用因子) for every term that is not measured: exactly one, or an error that names what is missing.
-- Never zero, never a neighbour's. A factor of an earlier data year than the month's is flagged.
with needs as (
    select
        regime, term, gas, subject, stream_type, region_code, dimension, month,
        bool_and(is_optional) as is_optional
    from {{ ref('emission_terms') }}
    where basis = 'default'
    group by regime, term, gas, subject, stream_type, region_code, dimension, month
),

found as (
    select
        regime, term, gas, subject, stream_type, region_code, dimension, month,
        min(factor_id) as factor_id,
        count(*) as factors,
        bool_or(has_dimension) as has_dimension,
        bool_or(year_wanted < year(month)) as is_earlier_year,
        string_agg(factor_id, ', ' order by factor_id) as factor_ids,
        string_agg(distinct factor_unit, ', ' order by factor_unit) as factor_units
    from {{ ref('factor_candidates') }}
    where position = 1
    group by regime, term, gas, subject, stream_type, region_code, dimension, month
),

judged as (
    select
        needs.*,
        found.factor_id,
        coalesce(found.is_earlier_year, false) as is_earlier_year,
        found.factor_ids,
        found.factor_units,
        case
            when found.factor_id is null then 'FACTOR_MISSING'
            when not found.has_dimension then 'UNIT_DIMENSION'
            when found.factors > 1 then 'FACTOR_AMBIGUOUS'
        end as error_code
    from needs
    left join found using (regime, term, gas, subject, stream_type, region_code, dimension, month)
),

final as (
    select
        regime, term, gas, subject, stream_type, region_code, dimension, month,
        case when error_code is null then factor_id end as factor_id,
        is_earlier_year,
        error_code,
        case error_code when 'FACTOR_AMBIGUOUS' then factor_ids when 'UNIT_DIMENSION' then factor_units else '' end
            as error_found
    from judged
    where not is_optional or error_code is null
)

select * from final
