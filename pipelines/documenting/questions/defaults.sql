-- The factors, printed and computed, that stand in for what is not measured, by kind of stream and term: of each rule book
-- its own set before the general one, the set for the stream type before that for all; of several data years the newest.
with every_method as (
    select distinct regimes.regime, methods.stream_type, methods.gas, methods.method_id, methods.fuel, methods.subject,
        methods.measured_kind
    from rules.methods as methods
    inner join rules.regimes as regimes on coalesce(methods.regime, regimes.regime) = regimes.regime
    where contains(' ' || regimes.gases || ' ', ' ' || methods.gas || ' ')
),

asked as (
    select distinct every_method.*, terms.term
    from every_method
    inner join rules.method_terms as terms on every_method.method_id = terms.method_id
    -- a formula that asks for a measured term has no use for its default
    where terms.numerator is null and coalesce(terms.measured_kind, '') <> coalesce(every_method.measured_kind, ' ')
),

matched as (
    select
        asked.regime,
        asked.stream_type,
        asked.term,
        factors.*,
        dense_rank() over (
            partition by asked.regime, asked.stream_type, asked.gas, asked.term, factors.subject, factors.denominator_dimension
            order by
                sets.regime is not null desc, sets.stream_type is not null desc, sets.priority,
                factors.data_year desc nulls last, factors.published_on desc nulls last,
                factors.valid_to is null desc, factors.valid_from desc nulls last
        ) as position
    from asked
    inner join rules.factor_sets as sets
        on
            asked.term = sets.parameter
            and coalesce(sets.regime, asked.regime) = asked.regime
            and coalesce(sets.stream_type, asked.stream_type) = asked.stream_type
            and coalesce(sets.gas, asked.gas) = asked.gas
    inner join accounting.factors as factors
        on
            sets.factor_set = factors.factor_set
            and asked.term = factors.parameter
            and factors.gas in ('', asked.gas)
    left join rules.factor_subjects as named
        on factors.factor_set = named.factor_set and factors.subject = named.subject
    where
        factors.subject = ''
        or factors.subject = coalesce(asked.subject, asked.fuel, factors.subject)
        or named.fuel = coalesce(asked.subject, asked.fuel, named.fuel)
)

select
    stream_type,
    term,
    factor_id,
    coalesce(nullif(subject_printed, ''), subject) as subject_printed,
    gas,
    region_code,
    value_text,
    coalesce(nullif(unit_printed, ''), unit) as unit,
    edition,
    source_document,
    source_locator,
    verification_status,
    note,
    list(distinct regime order by regime) as regimes
from matched
where position = 1
group by all
order by stream_type, term, factor_id
