-- The coefficients of each regression, the constant first.
select
    subject_id,
    baseline_key,
    variable,
    base_c,
    coefficient,
    standard_error,
    t_statistic,
    p_value,
    coefficient_low,
    coefficient_high
from marts.fct_regression_coefficients
order by subject_id, baseline_key, variable != 'constant', variable
