-- Each subject's lines under one edition of factors (按同一方法版本重述), beside what was accounted. A line that cannot be
-- restated is unknown, never what it was.
with faults as (
    select
        restated_id,
        arg_min(error_code, term_order) as error_code
    from {{ ref('restated_workings') }}
    where error_code is not null
    group by restated_id
),

final as (
    select
        lines.*,
        emissions.emissions_tco2e as accounted_tco2e,
        case
            when emissions.error_code is null and faults.error_code is null then lines.sign * products.co2e_t
        end as emissions_tco2e,
        coalesce(emissions.error_code, faults.error_code, '') as error_code,
        emissions.is_complete,
        emissions.incomplete_reason_zh,
        emissions.incomplete_reason_en
    from {{ ref('subject_lines') }} as lines
    inner join {{ ref('emissions') }} as emissions on lines.emission_id = emissions.emission_id
    left join {{ ref('restated_products') }} as products on lines.restated_id = products.restated_id
    left join faults on lines.restated_id = faults.restated_id
)

select * from final
