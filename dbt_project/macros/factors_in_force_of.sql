{#-
The factor in force for each need: exactly one of its candidates, or an error that names what is missing.
-#}
{% macro factors_in_force_of(needs_table, candidates_table) -%}
with found as (
    select
        need_id,
        min(factor_id) as factor_id,
        count(*) as factors,
        bool_or(has_dimension) as has_dimension,
        bool_or(year_wanted < year(month)) as is_earlier_year,
        string_agg(factor_id, ', ' order by factor_id) as factor_ids,
        string_agg(distinct factor_unit, ', ' order by factor_unit) as factor_units
    from {{ candidates_table }}
    where position = 1
    group by need_id
),

judged as (
    select
        needs.*,
        found.factor_id as candidate_id,
        found.factor_ids,
        found.factor_units,
        coalesce(found.is_earlier_year, false) as is_earlier_year,
        case
            when found.factor_id is null then 'FACTOR_MISSING'
            when not found.has_dimension then 'UNIT_DIMENSION'
            when found.factors > 1 then 'FACTOR_AMBIGUOUS'
        end as error_code
    from {{ needs_table }} as needs
    left join found on needs.need_id = found.need_id
),

final as (
    select
        need_id,
        regime,
        term,
        gas,
        subject,
        stream_type,
        region_code,
        dimension,
        month,
        case when error_code is null then candidate_id end as factor_id,
        is_earlier_year,
        error_code,
        case error_code when 'FACTOR_AMBIGUOUS' then factor_ids when 'UNIT_DIMENSION' then factor_units else '' end
            as error_found
    from judged
    where not is_optional or error_code is null
)

select * from final
{%- endmacro %}
