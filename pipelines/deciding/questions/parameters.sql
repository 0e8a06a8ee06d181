-- The parameters that anything is planned of.
select distinct parameter_id from readings.planned order by parameter_id
