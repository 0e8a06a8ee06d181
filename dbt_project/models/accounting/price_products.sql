-- The exact product of each doubtful line with 0, 1, 2 … of its values replaced (估价乘积), rounded as the regime rounds its account.
{{ products_of(ref('price_terms'), key='price_id') }}
