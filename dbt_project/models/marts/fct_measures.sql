-- Reduction measures (减排措施): what each was expected to save, and what hindsight finds against the normalised baseline.
with final as (
    select
        results.measure_id,
        results.name_zh,
        results.name_en,
        coalesce(results.target_id, '') as target_id,
        results.baseline_id,
        coalesce(results.subject_id, '') as subject_id,
        results.started_on,
        results.ended_on,
        results.owner_role,
        coalesce(owners.person, '') as owner,
        results.status,
        cast(results.ex_ante_tco2e as decimal(38, 6)) as ex_ante_tco2e,
        results.estimate_method,
        cast(results.months as bigint) as months,
        results.emissions_tco2e,
        results.expected_tco2e,
        results.saving_tco2e,
        results.saving_a_year_tco2e,
        cast(results.saving_low_tco2e as decimal(38, 6)) as saving_low_tco2e,
        cast(results.saving_high_tco2e as decimal(38, 6)) as saving_high_tco2e,
        results.verdict,
        results.is_ex_ante_within,
        results.has_overlap,
        words.reason_zh,
        words.reason_en
    from {{ ref('measure_results') }} as results
    inner join {{ source('rules', 'target_words') }} as words on results.verdict = words.word
    left join {{ source('plan', 'roles') }} as owners on results.owner_role = owners.role_id
)

select * from final
