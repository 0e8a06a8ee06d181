-- The factors that stand in a product of this build, with where they come from and whether anybody has checked them.
with used as (
    select
        workings.factor_id,
        count(distinct workings.emission_id) as figures
    from accounting.workings as workings
    where workings.factor_id is not null
    group by workings.factor_id
)

select
    factors.*,
    used.figures,
    fuels.name_zh as subject_zh,
    fuels.name_en as subject_en
from marts.dim_factors as factors
inner join used on factors.factor_id = used.factor_id
left join rules.fuels as fuels on factors.subject = fuels.fuel
order by factors.verification_status = 'confirmed', factors.term, factors.subject, factors.factor_id
