-- Degree days that are assumed of months to come (假定度日): the mean of the same calendar month in the years before, by base
-- temperature.
with final as (
    select
        days.subject_id,
        years.year,
        month(days.period_start) as calendar_month,
        days.variable,
        days.base_c,
        cast(avg(days.degree_days) as decimal(18, 6)) as degree_days
    from {{ ref('degree_days') }} as days
    inner join (select distinct subject_id, year(cut_month) as year from {{ ref('forecast_months') }}) as years
        on days.subject_id = years.subject_id
    where days.grain = 'month' and year(days.period_start) < years.year and days.degree_days is not null
    group by days.subject_id, years.year, month(days.period_start), days.variable, days.base_c
)

select * from final
