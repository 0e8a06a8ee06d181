-- Each year from the base year on, by both options.
select * exclude (base_key) from recalculated_years order by year
