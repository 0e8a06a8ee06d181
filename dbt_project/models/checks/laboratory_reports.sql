-- Laboratory reports behind a measured property (化验报告), where the rules ask more of them: was the laboratory accredited on the
-- day of the test, and does the report state what is needed to cross-check the value?
with demanded as (
    select
        assays.*,
        demands.demand,
        demands.property,
        coalesce(assays.tested_on, assays.sampled_on) as judged_on
    from {{ ref('assays') }} as assays
    inner join {{ source('plan', 'streams') }} as streams
        on assays.stream_id = streams.stream_id and {{ is_in_force('streams', 'assays.period_start') }}
    inner join {{ source('rules', 'fuels') }} as fuels on streams.fuel = fuels.fuel
    inner join {{ source('rules', 'assay_demands') }} as demands
        on assays.kind = demands.kind and fuels.state = demands.fuel_state
),

accredited as (
    select distinct demanded.row_key
    from demanded
    inner join {{ source('plan', 'laboratories') }} as laboratories
        on
            trim(demanded.laboratory) = trim(laboratories.laboratory)
            and {{ is_in_force('laboratories', 'demanded.judged_on') }}
    where demanded.demand = 'accreditation'
),

stated as (
    select distinct
        site_code,
        material_code,
        sample_id,
        property
    from {{ ref('stg_lab_assays') }}
    where is_current and quantity is not null
),

final as (
    select
        demanded.row_key,
        demanded.planned_id,
        demanded.facility_id,
        demanded.stream_id,
        demanded.period_start,
        demanded.sample_id,
        coalesce(nullif(trim(demanded.laboratory), ''), '–') as laboratory,
        accredited.row_key is not null as is_accredited,
        bool_or(demanded.demand = 'accreditation') as needs_accreditation,
        string_agg(
            case when demanded.demand = 'property' and stated.property is null then demanded.property end,
            ', ' order by demanded.property
        ) as not_stated
    from demanded
    left join accredited on demanded.row_key = accredited.row_key
    left join stated
        on
            demanded.site_code = stated.site_code
            and demanded.material_code = stated.material_code
            and demanded.sample_id = stated.sample_id
            and demanded.property = stated.property
    group by all
)

select * from final
