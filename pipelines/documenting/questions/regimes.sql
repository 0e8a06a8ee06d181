-- The rule books with all that is a property of theirs.
select * from rules.regimes
order by rowid
