-- Factors that could serve each need of the edition (统一版本的候选因子), ranked by the accounts' own rule.
{{ factor_candidates_of(ref('edition_needs')) }}
