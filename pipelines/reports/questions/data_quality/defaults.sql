-- Defaults in the account: by rule, stream and term, which value, from where, in which regimes and months, and how far it
-- lies from the best estimate where the plan measures the property.
with summed as (
    select
        rule_id,
        facility_id,
        stream_id,
        term,
        factor_id,
        value,
        unit,
        source_document,
        source_locator,
        verification_status,
        string_agg(distinct regime, ', ' order by regime) as regimes,
        count(distinct month) as months,
        min(month) as first_month,
        max(month) as last_month,
        min(difference) as least_difference,
        max(difference) as largest_difference
    from marts.fct_defaults
    group by
        rule_id, facility_id, stream_id, term, factor_id, value, unit, source_document, source_locator, verification_status
)

select
    summed.*,
    count(*) over () as rows_in_all,
    streams.name_zh as stream_zh,
    streams.name_en as stream_en
from summed
left join marts.dim_streams as streams on summed.stream_id = streams.stream_id
order by summed.rule_id, summed.facility_id, summed.stream_id, summed.term, summed.factor_id, summed.value
limit 150
