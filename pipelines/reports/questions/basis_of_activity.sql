-- How much of each parameter's quantity is measured, overridden, apportioned or substituted, by year, and what is still unknown.
with monthly as (
    select
        year(month) as year,
        stream_id,
        facility_id,
        parameter_id,
        unit,
        quantity,
        abs(quantity)::decimal(29, 6) as size,
        measured_share::decimal(9, 6) as measured_share,
        overridden_share::decimal(9, 6) as overridden_share,
        apportioned_share::decimal(9, 6) as apportioned_share,
        substituted_share::decimal(9, 6) as substituted_share,
        hours_missing
    from marts.fct_activity_data
),

final as (
    select
        year,
        stream_id,
        facility_id,
        parameter_id,
        any_value(unit) as unit,
        sum(quantity) as quantity,
        sum(size) as size,
        sum(size * measured_share) as measured,
        sum(size * overridden_share) as overridden,
        sum(size * apportioned_share) as apportioned,
        sum(size * substituted_share) as substituted,
        sum(hours_missing) as hours_missing,
        count(*) filter (where quantity is null) as unknown_months
    from monthly
    group by year, stream_id, facility_id, parameter_id
)

select
    final.*,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en,
    parameters.name_zh,
    parameters.name_en
from final
left join marts.dim_facilities as facilities on final.facility_id = facilities.facility_id
left join marts.dim_streams as streams on final.stream_id = streams.stream_id
left join marts.dim_parameters as parameters on final.parameter_id = parameters.parameter_id
order by final.year desc, final.facility_id asc, final.stream_id asc, final.parameter_id asc
