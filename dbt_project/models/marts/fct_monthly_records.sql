-- The monthly record sheet (月度存证): one row per facility, month and parameter of the plan, at the guide's decimals, with how
-- the value was obtained and what it rests on. The value is the one that may be reported: measured, or the rule's substitute.
with files as (
    select
        readings.parameter_id,
        cast(date_trunc('month', readings.period_start) as date) as month,
        string_agg(distinct deliveries.file_name, '；' order by deliveries.file_name) as file_names,
        count(distinct deliveries.file_name) as file_count
    from {{ ref('readings') }} as readings
    inner join {{ source('archive', 'deliveries') }} as deliveries on readings.file_sha256 = deliveries.file_sha256
    group by readings.parameter_id, date_trunc('month', readings.period_start)
),

evidence as (
    select
        document,
        month,
        string_agg(told, '；' order by told) as documents
    from {{ ref('supporting_documents') }}
    group by document, month
),

bases as (
    select
        parameter_id,
        cast(date_trunc('month', period_start) as date) as month,
        string_agg(distinct rule_id, ', ' order by rule_id) as rules,
        bool_or(basis = 'missing') as is_missing,
        bool_or(basis = 'override') as is_overridden,
        any_value(plan_version) as plan_version
    from {{ ref('admitted') }}
    group by parameter_id, date_trunc('month', period_start)
),

parameters as (
    select distinct on (parameter_id) * from {{ source('plan', 'parameters') }}
    order by parameter_id asc, valid_from desc
),

final as (
    select
        months.facility_id,
        months.month,
        months.parameter_id,
        parameters.name_zh,
        parameters.name_en,
        months.kind,
        months.substitute as quantity,
        cast(coalesce(decimals.decimals, 6) as integer) as decimals,
        {{ rounded_to('months.substitute', 'coalesce(decimals.decimals, 6)') }} as quantity_rounded,
        months.unit,
        case
            when bases.is_missing then 'missing'
            when bases.is_overridden then 'overridden'
            when bases.rules is not null then 'substituted'
            else coalesce(nullif(parameters.acquisition, ''), 'measured')
        end as obtained,
        coalesce(bases.rules, '') as rule_ids,
        parameters.record_type as source_kind,
        coalesce(parameters.data_source, '') as data_source,
        coalesce(files.file_names, '') as file_names,
        cast(coalesce(files.file_count, 0) as integer) as file_count,
        coalesce(evidence.documents, '') as evidence,
        bases.plan_version
    from {{ ref('parameter_months') }} as months
    inner join parameters on months.parameter_id = parameters.parameter_id
    left join {{ source('rules', 'record_decimals') }} as decimals
        on months.kind = decimals.kind and months.unit = decimals.unit
    left join files on months.parameter_id = files.parameter_id and months.month = files.month
    left join evidence on parameters.data_source = evidence.document and months.month = evidence.month
    left join bases on months.parameter_id = bases.parameter_id and months.month = bases.month
)

select * from final
