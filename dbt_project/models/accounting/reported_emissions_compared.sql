-- A plant's own reported emissions against its energy at its own median ratio (自报排放对照), by month and by calendar year.
-- Rounding in the source shows as a gap. Comparison only: nothing here is accounted.
with intervals as (
    select * from {{ ref('reported_intervals') }}
),

summed as (
    select
        stream_id,
        facility_id,
        activity_unit,
        emissions_unit,
        year(local_date) as data_year,
        case
            when grouping(date_trunc('month', local_date)) = 1 then make_date(year(local_date), 1, 1)
            else cast(date_trunc('month', local_date) as date)
        end as period_start,
        case
            when grouping(date_trunc('month', local_date)) = 1 then make_date(year(local_date) + 1, 1, 1)
            else cast(date_trunc('month', local_date) + interval 1 month as date)
        end as period_end,
        sum(emissions) as stated,
        sum(quantity) as quantity
    from intervals
    where emissions is not null and quantity is not null
    group by grouping sets (
        (stream_id, facility_id, activity_unit, emissions_unit, year(local_date), date_trunc('month', local_date)),
        (stream_id, facility_id, activity_unit, emissions_unit, year(local_date))
    )
),

final as (
    select
        'reported_emissions' as kind,
        summed.facility_id,
        summed.stream_id,
        computed.factor_id as subject,
        summed.period_start,
        summed.period_end,
        cast(summed.stated as decimal(38, 12)) as stated,
        cast({{ exact_times(['summed.quantity', 'computed.value']) }} as decimal(38, 12)) as recomputed,
        summed.emissions_unit as unit,
        cast(null as decimal(18, 6)) as tolerance
    from summed
    inner join {{ ref('computed_factors') }} as computed
        on summed.stream_id = computed.subject and summed.data_year = computed.data_year
)

select * from final
