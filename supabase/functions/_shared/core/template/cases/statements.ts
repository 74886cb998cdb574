import type { Case } from "./case.ts";

/** Every statement, and scoping. Outputs are what Python's Jinja2 gives for the same template. */
export const STATEMENTS_CASES: readonly Case[] = [
  { template: "{% if i > 5 %}a{% elif i > 3 %}b{% else %}c{% endif %}", output: "a" },
  { template: "{% if n %}a{% elif t %}b{% endif %}", output: "b" },
  { template: "{% if x %}a{% else %}b{% endif %}", output: "b" },
  { template: "{% if not x is defined: %}a{% endif %}", output: "a" },
  { template: "{% for a in l %}{{ a }},{% endfor %}", output: "3,1,2," },
  { template: "{% for a in l if a > 1 %}{{ loop.index }}{{ a }}{% else %}none{% endfor %}", output: "1322" },
  { template: "{% for a in [] %}{{ a }}{% else %}none{% endfor %}", output: "none" },
  { template: "{% for a in x %}{{ a }}{% else %}none{% endfor %}", output: "none" },
  {
    template:
      "{% for a in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}",
    output: "1032TrueFalse3 2121FalseFalse3 3210FalseTrue3 ",
  },
  {
    template:
      "{% for x in [1, n] %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }}{{ loop.nextitem }} {% endfor %}",
    output: "FalseTrueNone TrueFalse ",
  },
  {
    template: "{% for a in l %}{{ loop.cycle('x', 'y') }}{{ loop.previtem }}{{ loop.nextitem }};{% endfor %}",
    output: "x1;y32;x1;",
  },
  { template: "{% for a in [1, 1, 2] %}{{ loop.changed(a) }}{% endfor %}", output: "TrueFalseTrue" },
  { template: "{% for a, b in [(1, 2), (3, 4)] %}{{ a }}{{ b }}{% endfor %}", output: "1234" },
  { template: "{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}", output: "123" },
  { template: "{% for k in d %}{{ k }}{% endfor %}", output: "ba" },
  { template: "{% for c in 'abc' %}{{ c }}{{ loop.last }}{% endfor %}", output: "aFalsebFalsecTrue" },
  {
    template: "{% for a in l|map('string') %}{{ loop.index }}/{{ loop.length }}{{ a }} {% endfor %}",
    output: "1/33 2/31 3/32 ",
  },
  {
    template:
      "{% for a in l recursive %}{{ a }}{% if loop.depth < 2 %}({{ loop([9]) }}){% endif %}{% endfor %}",
    output: "3(9)1(9)2(9)",
  },
  {
    template:
      "{% for n in [{'v': 1, 'c': [{'v': 2, 'c': []}]}] recursive %}<{{ n.v }} {{ loop.depth }}{{ loop(n.c) }}>{% endfor %}",
    output: "<1 1<2 2>>",
  },
  {
    template:
      "{% for a in l %}{% for b in 'xy' %}{{ loop.index }}{{ a }}{{ b }}{% endfor %}{{ loop.index }};{% endfor %}",
    output: "13x23y1;11x21y2;12x22y3;",
  },
  {
    template:
      "{% for a in l %}{% set o = loop %}{% for b in 'x' %}{{ o.index }}{{ loop.index }}{% endfor %}{% endfor %}",
    output: "112131",
  },
  { template: "{% set v = 1 %}{% for a in l %}{% set v = a %}{% endfor %}{{ v }}", output: "1" },
  {
    template: "{% set v = 1 %}{% for a in l %}{{ v }}{% set v = a %}{{ v }};{% endfor %}",
    output: "13;11;12;",
  },
  {
    template: "{% set ns = namespace(c=0) %}{% for a in l %}{% set ns.c = ns.c + a %}{% endfor %}{{ ns.c }}",
    output: "6",
  },
  {
    template: "{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns.b }}{{ ns }}",
    output: "12<Namespace {'a': 1, 'b': 2}>",
  },
  { template: "{% set a, b = 1, 2 %}{{ a }}{{ b }}", output: "12" },
  { template: "{% set (a, b) = (1, 2) %}{{ a + b }}", output: "3" },
  { template: "{% set a = 1, %}{{ a }}", output: "(1,)" },
  { template: "{% set v %}x{{ i }}{% endset %}[{{ v }}]", output: "[x7]" },
  { template: "{% set v | upper | replace('X', 'y') %}x{{ i }}{% endset %}[{{ v }}]", output: "[y7]" },
  { template: "{% if t %}{% set v = 1 %}{% endif %}{{ v }}", output: "1" },
  { template: "{% if n %}{% set v = 1 %}{% else %}{% set v = 2 %}{% endif %}{{ v }}", output: "2" },
  { template: "{% if n %}{% set i = 1 %}{% endif %}{{ i }}", output: "7" },
  { template: "{{ i }}{% set i = 1 %}{{ i }}", output: "71" },
  { template: "{% with a = 1, b = i %}{{ a }}{{ b }}{% endwith %}{{ a }}", output: "17" },
  { template: "{% with %}{% set q = 1 %}{{ q }}{% endwith %}{{ q is defined }}", output: "1False" },
  { template: "{% with i = i + 1 %}{{ i }}{% endwith %}{{ i }}", output: "87" },
  { template: "{% with a = 1, b = a %}{{ b }}{% endwith %}", output: "" },
  { template: "{% filter upper %}a{{ i }}b{% endfilter %}", output: "A7B" },
  { template: "{% filter replace('a', 'b')|upper %}aXa{% endfilter %}", output: "BXB" },
  {
    template: "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=1, a=0) }}",
    output: "121301",
  },
  { template: "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m() }}{{ m('x') }}", output: "[][x]" },
  {
    template: "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}",
    output: "(1, 2){'x': 3}",
  },
  { template: "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}", output: "11" },
  {
    template: "{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}",
    output: "3210",
  },
  {
    template: "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{{ i }}{% endcall %}",
    output: "x7",
  },
  {
    template:
      "{% macro m() %}{{ caller(1, 2) }}{% endmacro %}{% call(a, b=5) m() %}{{ a }}{{ b }}{% endcall %}",
    output: "12",
  },
  {
    template: "{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}{% call m() %}{% endcall %}",
    output: "FalseTrue",
  },
  {
    template:
      "{% macro m(a, b=1) %}{% endmacro %}{{ m.name }} {{ m.arguments }} {{ m.catch_kwargs }} {{ m.caller }}",
    output: "m ('a', 'b') False False",
  },
  { template: "{% macro m() %}{{ i }}{% set i = 9 %}{{ i }}{% endmacro %}{{ m() }}{{ i }}", output: "797" },
  { template: "{% set v = 1 %}{% macro m() %}{{ v }}{% endmacro %}{% set v = 2 %}{{ m() }}", output: "2" },
  {
    template: "{% macro a() %}A{{ b() }}{% endmacro %}{% macro b() %}B{% endmacro %}{{ a() }}",
    output: "AB",
  },
  { template: "{% for a in l %}{% macro m() %}{{ a }}{% endmacro %}{{ m() }}{% endfor %}", output: "312" },
  {
    template:
      "{% macro m(x) %}{{ x|upper }}{% endmacro %}{{ ['a', 'b']|map('upper')|map('lower')|join }}{{ m('q') }}",
    output: "abQ",
  },
  {
    template:
      "{% autoescape true %}{{ html }}{{ html|safe }}{{ '<' ~ html|safe }}{% endautoescape %}{{ html }}",
    output:
      "&lt;b&gt;&#34;x&#34; &amp; &#39;y&#39;&lt;/b&gt;<b>\"x\" & 'y'</b>&lt;<b>\"x\" & 'y'</b><b>\"x\" & 'y'</b>",
  },
  {
    template:
      "{% autoescape true %}{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('<') }}{% set v %}<b>{{ '&' }}{% endset %}{{ v }}{% endautoescape %}",
    output: "<i>&lt;</i><b>&amp;",
  },
  {
    template: "{% autoescape t %}{{ '<' }}{{ ['<', '>'|safe]|join(',') }}{% endautoescape %}",
    output: "<&lt;,>",
  },
  { template: "{% autoescape false %}{{ '<' }}{% endautoescape %}", output: "<" },
  { template: "{% block a %}A{{ i }}{% endblock %}{{ self.a() }}", output: "A7A7" },
  { template: "{% block a %}{% block b %}B{% endblock %}{% endblock %}{{ self.b() }}", output: "BB" },
  { template: "{% for q in l %}{% block c scoped %}{{ q }}{% endblock %}{% endfor %}", output: "312" },
  { template: "{% for q in l %}{% block c %}[{{ q }}]{% endblock %}{% endfor %}", output: "[][][]" },
  { template: "{% set v = 5 %}{% block a %}{{ v }}{% endblock %}", output: "5" },
  { template: "{% raw %}{{ x }}{% if %}{# c #}{% endraw %}", output: "{{ x }}{% if %}{# c #}" },
  { template: "{%- raw -%}  {{ x }}  {%- endraw -%}", output: "{{ x }}" },
  { template: "a{# comment #}b{#- c -#} d", output: "abd" },
  { template: "{% print 1, 'a' %}", output: "1a" },
  {
    template:
      "{% set cy = cycler('a', 'b') %}{{ cy.next() }}{{ cy.next() }}{{ cy.current }}{{ cy.next() }}{% set _ = cy.reset() %}{{ cy.next() }}",
    output: "abaaa",
  },
  { template: "{% set j = joiner('; ') %}{{ j() }}a{{ j() }}b{{ j() }}c", output: "a; b; c" },
  { template: "{{ dict(a=1)|tojson }}{{ range(3)|list }}", output: '{"a": 1}[0, 1, 2]' },
  { template: "{% set f = 'x'.upper %}{{ f() }}", output: "X" },
  { template: "{{ (l|map('string')) is iterable }}", output: "True" },
  { template: "{% set g = l|map('string') %}{{ g|list }}{{ g|list }}", output: "['3', '1', '2'][]" },
  { template: "{% if l|select('gt', 9) %}always{% endif %}", output: "always" },
  { template: "{% set a = {'x': []} %}{% set _ = a.x.append(1) %}{{ a }}", output: "{'x': [1]}" },
  { template: "{{ l.append(4) or l }}", output: "[3, 1, 2, 4]" },
  {
    template:
      "{% for a in [1, 2, 3] %}{% if loop.first %}{% continue %}{% endif %}{{ a }}{% if a == 2 %}{% break %}{% endif %}{% endfor %}",
    output: "2",
  },
  { template: "{% do l.append(9) %}{{ l }}", output: "[3, 1, 2, 9]" },
  // What every branch sets begins without a value, even where it is read before it is set.
  {
    template:
      "{% if t %}[{{ s }}]{% set s = 1 %}{% elif i %}{% set s = 2 %}{% else %}{% set s = 3 %}{% endif %}{{ s }}",
    output: "[]1",
  },
  {
    template: "{% if t %}[{{ s }}]{% set s = 1 %}{% elif i %}{% set s = 2 %}{% endif %}{{ s }}",
    output: "[Hello World]1",
  },
  { template: "{% macro m(caller) %}x{% endmacro %}{{ m(1) }}", output: "x" },
  // Where escaping is only known when rendering, constants are as they were when compiled.
  {
    template:
      "{% autoescape t %}{{ ['<'] or 1 }}{{ '<'|string }}{{ s[:1] ~ '<' }}{{ '<' ~ '>' }}{% endautoescape %}",
    output: "['<']&lt;H&lt;<>",
  },
  { template: "{{ cycler('a', 'b').items }}", output: "('a', 'b')" },
  {
    template: "{% autoescape true %}{{ '<'|safe ~ '>' }}{{ '<'|safe ~ s }}{% endautoescape %}",
    output: "&lt;&gt;<Hello World",
  },
];
