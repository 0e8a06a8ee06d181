-- Where two terms of a restated line meet in different units (重述后的单位衔接): the accounts' own rule.
{{ unit_joints_of(ref('restated_terms')) }}
