-- Each regression with how well it explains, and which rules it does not keep.
select
    baseline_key,
    subject_id,
    grain,
    status,
    points,
    degrees_of_freedom,
    r_squared,
    adjusted_r_squared,
    f_p,
    residual_sd,
    cv_rmse,
    nmbe,
    durbin_watson,
    stability_p,
    greatest_variable_p,
    is_acceptable,
    failed_limits
from marts.fct_regressions
order by subject_id, baseline_key
