-- Factors that are not a printed row (计算因子), in the factor shape. Here: a plant's own ratio of reported emissions
-- to energy, the median over its larger intervals. No regime's factor sets name it: it serves comparison only.
with rules as (
    select * from {{ source('rules', 'reconciliation_rules') }}
    where kind = 'reported_emissions'
),

intervals as (
    select * from {{ ref('reported_intervals') }}
),

ratios as (
    select
        intervals.stream_id,
        intervals.facility_id,
        intervals.activity_unit,
        intervals.emissions_unit,
        year(intervals.local_date) as data_year,
        {{ exact_ratio(
            mantissa('intervals.emissions'), mantissa('intervals.quantity'), 12
        ) }} as ratio
    from intervals
    cross join rules
    inner join {{ ref('unit_ratios') }} as units
        on intervals.activity_unit = units.from_unit and rules.minimum_unit = units.to_unit
    where
        intervals.emissions is not null
        and {{ convert('intervals.quantity', 'units.numerator', 'units.denominator') }} > rules.minimum_quantity
),

medians as (
    select
        stream_id,
        facility_id,
        activity_unit,
        emissions_unit,
        data_year,
        cast(quantile_disc(ratio, 0.5) as decimal(38, 18)) as ratio
    from ratios
    group by stream_id, facility_id, activity_unit, emissions_unit, data_year
),

final as (
    select
        concat_ws('/', 'plant_reported_ratio', stream_id, data_year) as factor_id,
        'plant_reported_ratio' as factor_set,
        cast(data_year as varchar) as edition,
        'emission_factor' as parameter,
        stream_id as subject,
        '文件自身比值的中位数 / the file''s own median ratio' as subject_printed,
        'CO2' as gas,
        '' as region_code,
        cast(ratio as varchar) as value_text,
        concat_ws('/', emissions_unit, activity_unit) as unit_printed,
        ratio as value,
        emissions_unit as numerator_unit,
        activity_unit as denominator_unit,
        '' as heat_basis,
        data_year,
        cast(null as date) as published_on,
        make_date(data_year, 1, 1) as valid_from,
        make_date(data_year + 1, 1, 1) as valid_to,
        '企业自报数据 / the plant''s own data' as source_document,
        facility_id as source_locator,
        'unverified' as verification_status,
        '' as licence,
        '' as note
    from medians
)

select * from final
