-- Regressions (回归模型) with their goodness, judged against the rules: R², F test, significance of each variable, CV(RMSE) and
-- NMBE. One that is not acceptable is shown all the same, and says why.
with significance as (
    select
        baseline_key,
        max(p_value) as greatest_p,
        min(p_value) as least_p,
        count(*) as variables
    from {{ ref('fits') }}
    where record_kind = 'coefficient' and variable <> 'constant'
    group by baseline_key
),

judged as (
    select
        fits.baseline_key,
        fits.subject_id,
        fits.grain,
        fits.status,
        fits.points,
        fits.degrees_of_freedom,
        significance.variables,
        {% for column in ['r_squared', 'adjusted_r_squared', 'f_statistic', 'f_p', 'residual_sd', 'cv_rmse', 'nmbe',
                          'durbin_watson', 'autocorrelation', 'stability_p', 'condition_number'] -%}
            {{ stated('fits.' ~ column) }} as {{ column }},
        {% endfor -%}
        {{ stated('significance.greatest_p') }} as greatest_variable_p,
        [
            case when fits.status <> 'fitted' then 'points' end,
            case when fits.r_squared < {{ performance_limit('least_r_squared') }} then 'r_squared' end,
            case when fits.f_p >= {{ performance_limit('greatest_f_p') }} then 'f_p' end,
            case when significance.greatest_p >= {{ performance_limit('greatest_variable_p') }} then 'variable_p' end,
            case when significance.least_p >= {{ performance_limit('best_variable_p') }} then 'best_variable_p' end,
            case when fits.cv_rmse > {{ performance_limit('greatest_cv_rmse') }} then 'cv_rmse' end,
            case when abs(fits.nmbe) > {{ performance_limit('greatest_nmbe') }} then 'nmbe' end
        ] as checks
    from {{ ref('fits') }} as fits
    left join significance on fits.baseline_key = significance.baseline_key
    where fits.record_kind = 'regression'
),

final as (
    select
        * exclude (checks),
        list_count(checks) = 0 as is_acceptable,
        coalesce(array_to_string(list_filter(checks, lambda name: name is not null), ' '), '') as failed_limits
    from judged
)

select * from final
