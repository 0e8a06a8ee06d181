-- What a facility's year is measured by (设施年度水平): its output where all of it is known and in one unit, the output of all
-- facilities in that unit, and its energy under each regime's streams.
with produced as (
    select
        facility_id,
        cast(year(month) as integer) as year,
        case
            when count(distinct unit) = 1 and sum(periods_unestimated) = 0 and count(distinct month) = 12
                then sum(best_estimate)
        end as output,
        min(unit) as unit
    from {{ ref('parameter_months') }}
    where kind = 'production'
    group by all
),

pooled as (
    select
        *,
        sum(output) over (partition by unit, year) as output_of_all
    from produced
    where output > 0
),

energy as (
    select
        regime,
        facility_id,
        year,
        sum(case when is_energy then amount else 0 end) as energy_gj
    from {{ ref('yearly_streams') }}
    group by regime, facility_id, year
),

final as (
    select
        energy.*,
        pooled.output,
        pooled.output_of_all,
        pooled.unit
    from energy
    left join pooled on energy.facility_id = pooled.facility_id and energy.year = pooled.year
)

select * from final
