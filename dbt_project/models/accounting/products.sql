-- The exact product of each line (精确连乘), as far as tonnes of gas and as far as tonnes CO2e. Outside 128 bits there is no
-- product, and the line says so.
{{ products_of(ref('workings')) }}
