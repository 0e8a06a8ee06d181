-- Where two terms of a line meet in different units (单位衔接): their exact ratio, reduced, or the error that there is
-- none.
{{ unit_joints_of(ref('resolved_terms')) }}
