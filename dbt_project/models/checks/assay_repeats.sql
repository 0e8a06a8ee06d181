-- Laboratory values that come again (重复的化验值), by record: how often in a row, and whether to the last digit as a year ago.
with stepped as (
    select
        *,
        lag(quantity) over (partition by source_key, property, basis order by sampled_on, sample_id) as value_before
    from {{ ref('stg_lab_assays') }}
    where is_current
),

results as (
    select
        *,
        count(*) filter (where quantity is distinct from value_before)
            over (partition by source_key, property, basis order by sampled_on, sample_id) as run
    from stepped
),

-- a value of few digits may come again by chance
years as (
    select distinct results.record_id
    from results
    inner join results as earlier
        on
            results.source_key = earlier.source_key
            and results.property = earlier.property
            and results.basis is not distinct from earlier.basis
            and results.quantity = earlier.quantity
            and date_trunc('month', results.sampled_on) = date_trunc('month', earlier.sampled_on + interval 1 year)
    where length(cast({{ digits_of('abs(results.quantity)') }} as varchar)) >= {{ limit_of('DQ13', 'significant_digits') }}
),

final as (
    select
        results.record_id,
        case
            when results.quantity is not null
                then count(*) over (partition by results.source_key, results.property, results.basis, results.run)
        end as times_in_a_row,
        cast(years.record_id is not null as integer) as year_repeats
    from results
    left join years on results.record_id = years.record_id
)

select * from final
