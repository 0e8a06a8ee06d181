-- Admitted readings by parameter and month (参数月值), with both values for a gap: the regime picks later. One row per unit. Where
-- a regime fills by a rule of its own, its months stand in regime_months.
{{ months_of(ref('admitted')) }}
