-- When each unit came to the company and when it left it, the first time and the last; null: never.
select
    events.unit,
    min(events.happened_on) filter (where kinds.direction = 1) as first_joined_on,
    max(events.happened_on) filter (where kinds.direction = 1) as last_joined_on,
    min(events.happened_on) filter (where kinds.direction = -1) as first_left_on,
    max(events.happened_on) filter (where kinds.direction = -1) as last_left_on
from events
inner join event_kinds as kinds on events.event_kind = kinds.event_kind
group by events.unit
