-- Source streams of the printed version and how each regime treats them.
with treated as (
    select distinct
        stream_id,
        regime,
        treatment,
        case treatment
            when 'counted' then '计入' when 'subtracted' then '扣除' when 'excluded' then '不计入'
            when 'apart' then '单列' when 'outside' then '边界外' else treatment
        end as treatment_zh
    from accounting.treated_streams
),

named as (
    select
        stream_id,
        string_agg(regime || ' ' || treatment_zh, '；' order by regime, treatment) as treatments_zh,
        string_agg(regime || ' ' || treatment, '; ' order by regime, treatment) as treatments_en
    from treated
    group by stream_id
)

select
    streams.*,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en,
    facilities.name_zh as facility_zh,
    facilities.name_en as facility_en,
    types.name_zh as kind_zh,
    types.name_en as kind_en,
    fuels.name_zh as fuel_zh,
    fuels.name_en as fuel_en,
    named.treatments_zh,
    named.treatments_en
from plan.streams as streams
left join (select distinct on (facility_id) * from plan.facilities) as facilities
    on streams.facility_id = facilities.facility_id
left join rules.stream_types as types on streams.stream_type = types.stream_type
left join rules.fuels as fuels on streams.fuel = fuels.fuel
left join named on streams.stream_id = named.stream_id
where streams.valid_from < $until and coalesce(streams.valid_to, date '9999-12-31') > $since
order by streams.facility_id, streams.stream_id, streams.valid_from
