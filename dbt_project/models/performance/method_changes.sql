-- Where a factor or a method changed from one month to the next (因子与方法变化) in a stream's account. A factor's change is no cause
-- on restated data; what was measured anew, or another method, is.
with terms as (
    select
        lines.regime,
        lines.facility_id,
        lines.stream_id,
        lines.month,
        lines.gas,
        workings.term,
        workings.basis,
        workings.factor_id,
        workings.value_text
    from {{ ref('workings') }} as workings
    inner join {{ ref('emission_lines') }} as lines on workings.emission_id = lines.emission_id
    where workings.basis in ('default', 'measured')
    union all
    select
        regime,
        facility_id,
        stream_id,
        month,
        gas,
        'method' as term,
        'method' as basis,
        method_id as factor_id,
        '' as value_text
    from {{ ref('emission_lines') }}
    where method_id is not null
),

followed as (
    select
        *,
        lag(month) over earlier as month_before,
        lag(basis) over earlier as basis_before,
        lag(factor_id) over earlier as factor_before,
        lag(value_text) over earlier as value_before
    from terms
    window earlier as (partition by regime, stream_id, gas, term order by month)
),

final as (
    select
        regime,
        facility_id,
        stream_id,
        month as changed_on,
        case when basis = 'default' and basis_before = 'default' then 'factor' else 'method' end as kind,
        concat_ws('/', stream_id, term) as object_id,
        any_value(factor_before) as factor_before,
        any_value(factor_id) as factor_id,
        any_value(coalesce(factor_before, basis_before) || ' ' || value_before) as said_before,
        any_value(coalesce(factor_id, basis) || ' ' || value_text) as said_now
    from followed
    where
        month_before is not null
        and (basis <> basis_before or basis in ('default', 'method') and factor_id <> factor_before)
    group by regime, facility_id, stream_id, month, term, basis, basis_before
)

select * from final
