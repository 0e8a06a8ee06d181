-- Every text that a release in force gives a cell, release by release.
select
    releases.file_sha256,
    releases.decision_id,
    releases.sheet,
    releases.row_number,
    given.field,
    given.value
from standings
inner join releases on standings.decision_id = releases.decision_id
inner join released_values as given on standings.decision_id = given.decision_id
where standings.state = 'in_force'
order by releases.recorded_seq, given.field
