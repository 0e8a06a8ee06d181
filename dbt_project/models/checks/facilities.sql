-- Is every site that figures come from inside or outside the boundary (设施划界)? One row per facility and month of the plan,
-- and one per site code in the files that neither a facility nor a parameter of the plan names: that is a new facility.
with known as (
    select facility_id as site_code from {{ source('plan', 'facilities') }}
    union
    select split_part(source_key, '/', 1) from {{ source('plan', 'parameters') }} where source_key <> ''
),

found as (
    {{ sites_of('stg_stock_movements', 'posting_date') }}
    union
    {{ sites_of('stg_purchases', 'posting_date') }}
    union
    {{ sites_of('stg_lab_assays', 'sampled_on') }}
    union
    {{ sites_of('stg_fuel_consumptions', 'period_start') }}
    union
    {{ sites_of('stg_production_outputs', 'period_start') }}
),

final as (
    select
        facility_id || '|' || cast(date_trunc('month', period_start) as date) as row_key,
        facility_id,
        cast(date_trunc('month', period_start) as date) as period_start,
        cast(null as varchar) as unmapped_site
    from {{ ref('planned') }}
    group by facility_id, date_trunc('month', period_start)
    union all
    select
        concat_ws('|', 'site', found.site_code, found.month),
        null,
        found.month,
        found.site_code
    from found
    cross join {{ source('settings', 'build') }} as settings
    where
        found.site_code not in (select site_code from known)
        and found.month >= settings.first_period and found.month < settings.as_of
)

select * from final
