{#- Small rules that several models share. Each is shown working in the unit tests beside int_outcome. -#}

{#- What a stated value leaves possible: "более 80" is 80 or more, "от 60 до 65" is 60 to 65. -#}
{% macro value_low(value, value_max, comparator) -%}
    case when {{ comparator }} in ('lt', 'le') then null else {{ value }} end
{%- endmacro %}

{% macro value_high(value, value_max, comparator) -%}
    case when {{ comparator }} in ('gt', 'ge') then null else coalesce({{ value_max }}, {{ value }}) end
{%- endmacro %}

{#- 1234567.50 as "1 234 567.5". -#}
{% macro number_text(number) -%}
    replace(to_char(trunc({{ number }}), 'FM999,999,999,999,999,999,999,990'), ',', ' ')
    || coalesce(substring(trim_scale({{ number }})::text from '\.\d+'), '')
{%- endmacro %}

{#- A figure as people read it: "≥ 100", "60–65", "76 %" (share or level), "+20 %" (change), "×1.5", "5 000 ₽". -#}
{% macro value_text(value, value_max, comparator, kind, direction) -%}
    case {{ comparator }}
        when 'gt' then '> ' when 'ge' then '≥ ' when 'lt' then '< ' when 'le' then '≤ ' when 'approx' then '≈ '
        else ''
    end
    || case
        when {{ kind }} = 'multiple' and {{ direction }} = 'down' then '÷'
        when {{ kind }} = 'multiple' then '×'
        when {{ direction }} = 'up' then '+'
        when {{ direction }} = 'down' then '−'
        when {{ kind }} = 'percent_change' then '±'
        else ''
    end
    || {{ number_text(value) }}
    || coalesce('–' || {{ number_text(value_max) }}, '')
    || case when {{ kind }} in ('percent', 'percent_change') then ' %' when {{ kind }} = 'money' then ' ₽' else '' end
{%- endmacro %}

{#- How exactly a period is known, read off its two ends. -#}
{% macro period_precision(period_start, period_end) -%}
    case
        when {{ period_start }} is null and {{ period_end }} is null then 'none'
        when {{ period_start }} is null or {{ period_end }} is null then 'open'
        when {{ period_start }} = {{ period_end }} then 'day'
        when
            {{ period_start }} = date_trunc('month', {{ period_start }})::date
            and {{ period_end }} = (date_trunc('month', {{ period_start }}) + interval '1 month - 1 day')::date
            then 'month'
        when
            {{ period_start }} = date_trunc('quarter', {{ period_start }})::date
            and {{ period_end }} = (date_trunc('quarter', {{ period_start }}) + interval '3 months - 1 day')::date
            then 'quarter'
        when
            {{ period_start }} = date_trunc('year', {{ period_start }})::date
            and {{ period_end }} = (date_trunc('year', {{ period_start }}) + interval '1 year - 1 day')::date
            then 'year'
        else 'range'
    end
{%- endmacro %}

{#- 32 hexadecimal digits for a natural key, the form of every id in the warehouse. Null and '' differ. -#}
{% macro id_of(kind, columns) -%}
    md5('{{ kind }}'{% for column in columns %} || '|' || coalesce({{ column }}::text, '~'){% endfor %})
{%- endmacro %}
