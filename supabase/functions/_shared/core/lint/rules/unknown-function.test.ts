import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "unknown-function",
  clean: "{% for i in range(3) %}a{% endfor %}",
  firing: "{% for i in rnge(3) %}a{% endfor %}",
  at: [0, 1, 13],
  says: "`rnge`",
  nextDoor: [
    "{% macro rnge(n) %}a{% endmacro %}{{ rnge(3) }}",
    "{{ name.upper() }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}a{% endcall %}",
    "{% for a in b recursive %}{{ loop(a) }}{% endfor %}",
  ],
});

tellRuleStory({
  rule: "unknown-function",
  clean: "{{ user.name.upper() }}",
  firing: "{{ user.name.uper() }}",
  at: [0, 1, 14],
  says: "no method `uper`",
  nextDoor: [
    "{% import 'macros' as m %}{{ m.greet() }}",
    "{% for a in b %}{{ loop.cycle('x', 'y') }}{% endfor %}",
    "{% set turn = cycler('a', 'b') %}{{ turn.next() }}",
    "{{ items.items() | list }}{{ n.bit_length() }}",
    "{{ user.name }}",
  ],
});
