-- The factor in force for each need of the edition (统一版本的适用因子), by the accounts' own rule: exactly one, or an error.
{{ factors_in_force_of(ref('edition_needs'), ref('edition_candidates')) }}
