-- Every factor of the warehouse (因子), with its source and whether anybody has checked it against the page.
with final as (
    select
        factor_id,
        factor_set,
        edition,
        parameter as term,
        subject,
        subject_printed,
        gas,
        region_code,
        value_text,
        unit_printed,
        value,
        unit,
        heat_basis,
        data_year,
        published_on,
        valid_from,
        valid_to,
        source_document,
        source_locator,
        verification_status,
        licence,
        note
    from {{ ref('factors') }}
)

select * from final
