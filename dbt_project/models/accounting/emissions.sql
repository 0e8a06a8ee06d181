-- Emissions (排放量) by line: tonnes of the gas and tonnes CO2e, signed, or the error that says why there is none. A
-- line that lacks data, or rests on data with a severe finding, is incomplete and names it; nothing missing becomes
-- 0.
with problems as (
    select
        emission_id,
        arg_min(error_code, term_order) as error_code,
        arg_min(term, term_order) as term,
        arg_min(coalesce(error_found, ''), term_order) as found
    from {{ ref('workings') }}
    where error_code is not null
    group by emission_id
),

findings as (
    select
        emission_id,
        string_agg(distinct concat_ws(' ', term, failed_controls), '; ' order by concat_ws(' ', term, failed_controls))
            as failed
    from {{ ref('emission_terms') }}
    where coalesce(failed_controls, '') <> ''
    group by emission_id
),

judged as (
    select
        lines.*,
        products.mass_t,
        products.co2e_t,
        findings.failed,
        facilities.findings,
        concat_ws(' ', lines.stream_id, strftime(lines.month, '%Y-%m')) as line,
        problems.term,
        problems.found,
        case
            when problems.error_code is not null then problems.error_code
            when products.emission_id is not null and (products.mass_t is null or products.co2e_t is null)
                then 'ARITHMETIC_RANGE'
        end as code
    from {{ ref('emission_lines') }} as lines
    left join problems on lines.emission_id = problems.emission_id
    left join {{ ref('products') }} as products on lines.emission_id = products.emission_id
    left join findings on lines.emission_id = findings.emission_id
    left join {{ ref('facility_findings') }} as facilities
        on lines.facility_id = facilities.facility_id and lines.month = facilities.month
),

final as (
    select
        judged.emission_id,
        judged.regime,
        judged.stream_id,
        judged.facility_id,
        judged.month,
        judged.gas,
        judged.scope,
        case when judged.code is null then judged.sign * judged.mass_t end as emissions_t,
        case when judged.code is null then judged.sign * judged.co2e_t end as emissions_tco2e,
        judged.code as error_code,
        {{ accounting_message('errors.message_zh') }} as error_zh,
        {{ accounting_message('errors.message_en') }} as error_en,
        judged.is_complete and judged.quantity is not null and concat_ws('', judged.failed, judged.findings) = ''
            as is_complete,
        concat_ws(
            '；', judged.reason_zh, judged.line || ' 未通过严重控制 ' || judged.failed,
            judged.line || ' 所在设施当月未通过严重控制 ' || judged.findings
        ) as incomplete_reason_zh,
        concat_ws(
            '; ', judged.reason_en, judged.line || ' fails severe control(s) ' || judged.failed,
            judged.line || ': the facility fails severe control(s) in the month: ' || judged.findings
        ) as incomplete_reason_en
    from judged
    left join {{ source('rules', 'accounting_errors') }} as errors on judged.code = errors.code
)

select * from final
