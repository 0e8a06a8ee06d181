-- The look-alike scan (类似问题排查, clause 11.1 c): the same control in the same months over the other facilities, and the
-- parameters, with their meters, that it found fault with anywhere. It says found or clean; a person says what it means.
with failed as (
    select
        found.nonconformity_id,
        found.control_id,
        found.facility_id as own_facility_id,
        months.month
    from {{ ref('nonconformities') }} as found
    inner join {{ ref('failed_months') }} as months
        on
            found.control_id = months.control_id
            and found.facility_id = months.facility_id
            and found.occurrence = months.occurrence
),

sites as (
    select
        failed.nonconformity_id,
        'facility' as scope,
        months.facility_id,
        cast(null as varchar) as parameter_id,
        cast(null as varchar) as meter_ids,
        false as is_own_facility,
        cast(sum(months.judged_count) as bigint) as judged_count,
        cast(sum(months.failed_count) as bigint) as failed_count,
        bool_or(months.status = 'FAIL') as is_found,
        bool_and(months.status = 'PASS') as is_clean
    from failed
    inner join {{ ref('control_months') }} as months
        on
            failed.control_id = months.control_id
            and failed.month = months.month
    where months.facility_id <> failed.own_facility_id
    group by failed.nonconformity_id, months.facility_id
),

meters as (
    select planned_id, string_agg(distinct meter_id, ', ' order by meter_id) as meter_ids
    from {{ ref('planned_meters') }} group by planned_id
),

parameters as (
    select
        failed.nonconformity_id,
        'parameter' as scope,
        failures.facility_id,
        failures.parameter_id,
        string_agg(distinct meters.meter_ids, ', ' order by meters.meter_ids) as meter_ids,
        failures.facility_id = failed.own_facility_id as is_own_facility,
        cast(null as bigint) as judged_count,
        count(*) as failed_count,
        true as is_found,
        false as is_clean
    from failed
    inner join {{ ref('entry_failures') }} as failures
        on
            failed.control_id = failures.control_id
            and failed.month = failures.month
    left join meters on failures.planned_id = meters.planned_id
    where failures.parameter_id is not null
    group by all
),

looked_at as (
    select * from sites
    union all
    select * from parameters
),

final as (
    select
        * exclude (is_found, is_clean),
        case when is_found then 'found' when is_clean then 'clean' else 'not_judged' end as result
    from looked_at
)

select * from final
