{#- What `sound_rows` asks of tables, asked without a node of its own for each of them: starting, compiling and closing a
    node costs ten times the question. The tests themselves stand in the models' YAML; nothing is asked that is not there. -#}

{#- Asks every sound_rows test whose `attached_node` (none: a source) is given; a fault is an error with the table's name. -#}
{% macro hold_sound(attached_node) -%}
{%- set questions = [] -%}
{%- for test in graph.nodes.values() if test.resource_type == 'test' and test.get('test_metadata', {}).get('name') == 'sound_rows' and test.attached_node == attached_node -%}
  {%- do questions.append("select '" ~ asked_table(test) ~ "' as table_name, fault, row_count from (" ~ sound_rows_query(test) ~ ")") -%}
{%- endfor -%}
{%- set faults = run_query(questions | join('\nunion all\n') ~ '\norder by all limit 20').rows if questions else [] -%}
{%- if faults -%}
  {%- set told = [] -%}
  {%- for row in faults -%}{%- do told.append(row[0] ~ ': ' ~ row[1] ~ ' (' ~ row[2] ~ ')') -%}{%- endfor -%}
  {{ exceptions.raise_compiler_error('sound_rows: ' ~ told | join('; ')) }}
{%- endif -%}
{%- endmacro %}

{#- The query of one sound_rows test over the rows its `where` leaves. -#}
{% macro sound_rows_query(test) -%}
{%- set asked = test.test_metadata.kwargs -%}
{%- set where = test.config.where -%}
{%- set rows = '(select * from ' ~ asked_table(test) ~ ' where ' ~ where ~ ')' if where else asked_table(test) -%}
{{ test_sound_rows(rows, asked.get('key', []), asked.get('filled', [])) }}
{%- endmacro %}

{#- schema.table that a test asks. -#}
{% macro asked_table(test) -%}
{%- set node = graph.nodes.get(test.depends_on.nodes[0]) or graph.sources[test.depends_on.nodes[0]] -%}
{{ node.schema }}.{{ node.alias or node.identifier }}
{%- endmacro %}
