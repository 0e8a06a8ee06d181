-- The factor in force (适用因子) for every term that is not measured: exactly one, or an error that names what is missing.
-- Never zero, never a neighbour's. A factor of an earlier data year than the month's is flagged.
{{ factors_in_force_of(ref('factor_needs'), ref('factor_candidates')) }}
