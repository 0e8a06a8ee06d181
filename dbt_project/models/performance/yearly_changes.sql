-- Why a stream's year differs from the year before (逐年变化归因): Shapley values of the five factors, rounded once to 6 decimals, the
-- remainder to the largest, so that the parts add up to the exact difference. Under 5 grams the rounding of monthly lines speaks.
{% set factors = ['activity', 'mix', 'intensity', 'share', 'factor'] -%}
{% set parts = {
    'activity': "'activity'",
    'mix': "'product_mix'",
    'intensity': "case when not is_separable then 'activity_and_intensity' when is_energy then 'energy_intensity' else 'process_intensity' end",
    'share': "'fuel_mix'",
    'factor': "case when is_grid then 'grid_factor' else 'emission_factor' end",
} -%}
with shares as (
    {% for factor in factors -%}
        select
            regime,
            from_year,
            to_year,
            facility_id,
            stream_id,
            difference_tco2e,
            {{ parts[factor] }} as yearly_part,
            {{ shapley_of_five(factor, factors | reject('equalto', factor) | list) }} as share
        from {{ ref('yearly_factors') }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

rounded as (
    select
        *,
        cast(case when abs(share) < 0.000005 then 0 else round(share, 6) end as decimal(38, 6)) as amount,
        row_number() over (
            partition by regime, from_year, facility_id, stream_id order by abs(share) desc, yearly_part
        ) = 1 as is_largest
    from shares
),

settled as (
    select
        * exclude (amount),
        case
            when is_largest
                then amount + difference_tco2e - sum(amount) over (partition by regime, from_year, facility_id, stream_id)
            else amount
        end as tco2e
    from rounded
    union all by name
    select
        regime, from_year, to_year, facility_id, stream_id, difference_tco2e,
        case when is_grid and has_from_level and has_to_level then 'grid_factor' else 'boundary' end as yearly_part,
        difference_tco2e as tco2e
    from {{ ref('yearly_pairs') }} where is_whole
),

final as (
    select
        regime,
        from_year,
        to_year,
        facility_id,
        stream_id,
        yearly_part,
        cast(sum(tco2e) as decimal(38, 6)) as difference_tco2e
    from settled
    group by regime, from_year, to_year, facility_id, stream_id, yearly_part
    having sum(tco2e) <> 0
)

select * from final
