{#-
What one of three factors adds to the change of a product of three, whatever the order in which they change (Shapley value, in
closed form): its own change times the mean of the others' products. `first`, `second`: names of the other two.
-#}
{% macro shapley_of_three(changing, first, second) -%}
(to_{{ changing }} - from_{{ changing }}) * (
    2 * from_{{ first }} * from_{{ second }} + 2 * to_{{ first }} * to_{{ second }}
    + from_{{ first }} * to_{{ second }} + to_{{ first }} * from_{{ second }}
) / 6
{%- endmacro %}
