-- The exact product of each restated line (重述精确连乘), rounded once as the regime says: where no factor changed, it is the
-- account's own to the last digit.
{{ products_of(ref('restated_workings'), key='restated_id') }}
