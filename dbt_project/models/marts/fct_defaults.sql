-- Defaults in the account (缺省值的采用): under which missing-data rule a line uses one, from which source, and how far it lies from
-- the best estimate where the plan measures the property. What a guide prescribes may lie below it; the difference is shown.
with rules as (
    {{ of_every_regime('missing_data_rules') }}
),

texts as (
    select
        regime,
        rule_id,
        arg_max(description_zh, is_own_regime) as rule_zh,
        arg_max(description_en, is_own_regime) as rule_en
    from rules
    group by regime, rule_id
),

final as (
    select
        notes.regime,
        cast(year(notes.month) as integer) as year,
        notes.month,
        notes.facility_id,
        notes.stream_id,
        notes.gas,
        notes.term,
        notes.rule_id,
        'I' as severity,
        texts.rule_zh,
        texts.rule_en,
        coalesce(notes.factor_id, '') as factor_id,
        cast(notes.value as decimal(38, 18)) as value,
        coalesce(notes.unit, '') as unit,
        coalesce(factors.edition, '') as edition,
        coalesce(factors.source_document, '') as source_document,
        coalesce(factors.source_locator, '') as source_locator,
        coalesce(factors.verification_status, '') as verification_status,
        coalesce(notes.parameter_id, '') as parameter_id,
        cast(notes.best_estimate as decimal(38, 12)) as best_estimate,
        cast(notes.difference as decimal(38, 18)) as difference,
        notes.emission_id
    from {{ ref('default_notes') }} as notes
    left join texts on notes.regime = texts.regime and notes.rule_id = texts.rule_id
    left join {{ ref('factors') }} as factors on notes.factor_id = factors.factor_id
)

select * from final
