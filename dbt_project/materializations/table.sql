{#- A table is built under its own name at once. The candidate is a new file that no reader sees before it is whole, so the
adapter's way (build beside, rename, drop the old one) would protect nobody and costs a third of a build's fixed time. A build asks at once whether its rows are sound: what stands on a table begins after it. -#}
{% materialization table, adapter="duckdb", supported_languages=["sql", "python"] %}
  {%- set target = this.incorporate(type="table") -%}
  {%- set standing = load_cached_relation(this) -%}
  {%- if standing is not none -%}{% do adapter.drop_relation(standing) %}{%- endif -%}
  {%- call statement("main", language=model["language"]) -%}
    {{ create_table_as(False, target, compiled_code, model["language"]) }}
  {%- endcall -%}
  {{ adapter.commit() }}
  {%- if flags.WHICH == "build" -%}{{ hold_sound(model.unique_id) }}{%- endif -%}
  {{ return({"relations": [target]}) }}
{% endmaterialization %}
