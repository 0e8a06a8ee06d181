{#-
What one of five factors adds to the change of their product, whatever the order in which they change (Shapley value, in closed
form): its own change times the weighted mean of the others' products. `others`: names of the other four.
-#}
{% macro shapley_of_five(changing, others) -%}
{%- set weights = ['1.0 / 5', '1.0 / 20', '1.0 / 30', '1.0 / 20', '1.0 / 5'] -%}
(to_{{ changing }} - from_{{ changing }}) * (
    {% for mask in range(16) -%}
        {%- set changed = namespace(count=0) -%}
        {%- set product = [] -%}
        {%- for other in others -%}
            {%- set is_changed = (mask // (2 ** loop.index0)) % 2 == 1 -%}
            {%- set changed.count = changed.count + (1 if is_changed else 0) -%}
            {%- set _ = product.append(('to_' if is_changed else 'from_') ~ other) -%}
        {%- endfor -%}
        {{ weights[changed.count] }} * {{ product | join(' * ') }}{{ ' + ' if not loop.last }}
    {% endfor -%}
)
{%- endmacro %}
