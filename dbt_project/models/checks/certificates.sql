-- Certificates and settlements that the account takes (绿证与结算单): is each used once, across streams, accounts and years, and
-- does it stand?
with deliveries as (
    select
        certificate_id,
        count(distinct concat_ws('|', account_id, period_start)) - 1 as other_owners
    from {{ ref('stg_energy_attributes') }}
    group by certificate_id
),

accounted as (
    select distinct
        claims.source_key as certificate_id,
        claims.parameter_id,
        parameters.stream_id
    from {{ ref('claims') }} as claims
    inner join {{ source('plan', 'parameters') }} as parameters on claims.parameter_id = parameters.parameter_id
    where claims.record_type = 'energy_attribute' and parameters.role = 'account'
),

uses as (
    select
        *,
        count(*) over (partition by certificate_id) - 1 as other_uses
    from accounted
),

final as (
    select
        uses.certificate_id || '|' || planned.planned_id as row_key,
        planned.planned_id,
        planned.facility_id,
        uses.stream_id,
        planned.period_start,
        uses.certificate_id,
        uses.other_uses + deliveries.other_owners as other_uses,
        case when attributes.status <> '' and not coalesce(statuses.is_usable, false) then attributes.status end
            as unusable_status
    from uses
    inner join {{ ref('stg_energy_attributes') }} as attributes
        on uses.certificate_id = attributes.certificate_id and attributes.is_current
    left join {{ source('rules', 'certificate_statuses') }} as statuses on lower(trim(attributes.status)) = statuses.status
    inner join deliveries on uses.certificate_id = deliveries.certificate_id
    inner join {{ ref('planned') }} as planned
        on
            uses.parameter_id = planned.parameter_id
            and date_trunc('month', attributes.period_start) = date_trunc('month', planned.period_start)
)

select * from final
