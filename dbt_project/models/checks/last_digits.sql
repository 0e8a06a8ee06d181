-- Last digits of laboratory results (化验值末位数字), by parameter and month over twelve months: what an instrument reads ends in
-- each digit about equally often, what a person makes up does not. Chi-square against evenness: 10 Σn² / N − N.
with written as (
    select
        *,
        length(rtrim(split_part(cast(quantity as varchar), '.', 2), '0')) as places
    from {{ ref('assays') }}
    where quantity is not null
),

-- printed with as many places as most of its values need: the others end in 0
placed as (
    select
        *,
        mode(places) over (partition by parameter_id) as usual_places
    from written
),

ended as (
    select
        parameter_id,
        planned_id,
        facility_id,
        stream_id,
        period_start,
        date_trunc('month', period_start) as month,
        cast(abs(quantity) * power(10, usual_places) as hugeint) as units
    from placed
    where places <= usual_places
),

months as (
    select
        parameter_id,
        month,
        max(planned_id) as planned_id,
        any_value(facility_id) as facility_id,
        any_value(stream_id) as stream_id,
        max(period_start) as period_start
    from ended
    group by parameter_id, month
),

counted as (
    select
        months.planned_id,
        ended.units % 10 as digit,
        count(*) as times,
        sum(ended.units) as units,
        sum(ended.units * ended.units) as squares
    from months
    inner join ended on months.parameter_id = ended.parameter_id
    where ended.month between months.month - interval 11 month and months.month
    group by months.planned_id, ended.units % 10
),

summed as (
    select
        planned_id,
        sum(times) as values_counted,
        round(10 * sum(times * times) / sum(times) - sum(times), 3) as chi_square,
        sum(squares) / sum(times) - power(sum(units) / sum(times), 2) as variance
    from counted
    group by planned_id
),

final as (
    select
        months.*,
        cast(summed.values_counted as bigint) as values_counted,
        summed.chi_square,
        {{ limit_of('DQ13', 'last_digit_chi_square') }} as chi_square_allowed
    from summed
    inner join months on summed.planned_id = months.planned_id
    where
        summed.values_counted >= {{ limit_of('DQ13', 'last_digit_values') }}
        and summed.variance >= power({{ limit_of('DQ13', 'last_digit_spread') }}, 2)
)

select * from final
