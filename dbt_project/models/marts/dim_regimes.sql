-- Accounting regimes (核算制度) with their rules: boundary, gases, exports, missing data, grid factor, rounding.
with final as (
    select
        regimes.regime,
        regimes.name_zh,
        regimes.name_en,
        regimes.edition,
        regimes.boundary,
        regimes.gases,
        regimes.gwp_set,
        regimes.missing_data_stance,
        regimes.export_treatment,
        regimes.grid_factor_rule,
        regimes.report_month,
        regimes.report_day,
        regimes.rounding_stage,
        regimes.rounding_mode,
        regimes.rounding_decimals,
        regimes.source_document,
        regimes.source_locator,
        regimes.verification_status,
        regimes.note_zh,
        regimes.note_en,
        asked.regime is not null as is_used
    from {{ source('rules', 'regimes') }} as regimes
    left join {{ source('settings', 'regimes') }} as asked on regimes.regime = asked.regime
)

select * from final
