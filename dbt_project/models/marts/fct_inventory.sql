-- The inventory (排放清单): one row per regime, stream, month and gas, with the activity behind it and on what it rests.
-- Biogenic CO2 is no part of it: marts.fct_biogenic shows it apart.
with final as (
    select * from {{ ref('accounted_lines') }}
    where scope <> 'biogenic'
)

select * from final
