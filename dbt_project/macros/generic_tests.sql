{#- Generic data tests that the project needs and dbt does not bring. Each returns the failing rows. -#}

{% test expression_is_true(model, expression) %}
    select * from {{ model }}
    where not coalesce({{ expression }}, true)
{% endtest %}

{% test unique_combination(model, columns) %}
    select
        {{ columns | join(', ') }},
        count(*) as copies
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}

{% test not_null_proportion(model, column_name, at_least) %}
    select
        count({{ column_name }}) as filled,
        count(*) as of_all
    from {{ model }}
    having count({{ column_name }}) < {{ at_least }} * count(*)
{% endtest %}

{% test row_count_at_least(model, rows) %}
    select count(*) as found from {{ model }}
    having count(*) < {{ rows }}
{% endtest %}
