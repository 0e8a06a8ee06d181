-- The price that the gaps are valued at, and where it is from; no row where there is no gap.
select distinct
    price_cny_per_t,
    price_date,
    price_source,
    is_own_price
from marts.fct_gap_prices
where price_cny_per_t is not null
