-- Factors that could serve each need (候选因子), ranked as the regime's factor sets say: the wanted unit dimension
-- first, then the regime's own set, the one for the stream type, priority, data year and publication. Whether a need is
-- met is decided in factors_in_force.
{{ factor_candidates_of(ref('factor_needs')) }}
