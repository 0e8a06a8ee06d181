-- The parameters a figure rests on: those of its activity, and those measured in the place of a factor.
with figure as (
    select *
    from accounting.emission_lines
    where emission_id = $1
),

used as (
    select activity.parameter_id
    from accounting.activity_months as activity
    inner join figure
        on
            activity.regime = figure.regime
            and activity.stream_id = figure.stream_id
            and activity.month = figure.month
            and activity.unit = figure.unit
    union
    select workings.parameter_id
    from accounting.workings as workings
    inner join figure on workings.emission_id = figure.emission_id
    where workings.parameter_id is not null
)

select
    used.parameter_id,
    parameters.name_zh,
    parameters.name_en,
    parameters.kind,
    parameters.record_type,
    parameters.source_key,
    parameters.measure,
    parameters.unit,
    coalesce(
        (
            select list(distinct meters.meter_id order by meters.meter_id)
            from plan.meters as meters
            where meters.point_id = parameters.source_key
        ),
        []
    ) as meters
from used
left join marts.dim_parameters as parameters on used.parameter_id = parameters.parameter_id
order by parameters.kind <> 'activity_data', used.parameter_id
