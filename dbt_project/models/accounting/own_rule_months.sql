-- Months of a parameter that a regime fills by a rule of its own (制度专用规则的月值), in the shape of parameter_months.
{{ months_of(ref('own_rule_readings'), more=['regime']) }}
