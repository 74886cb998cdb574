import type { Case } from "./case.ts";

/** The methods of lists, tuples, dicts and ranges. Outputs are what Python's Jinja2 gives for the same template. */
export const COLLECTION_METHODS_CASES: readonly Case[] = [
  { template: "{% set a = [3, 1, 2] %}{{ a.append(4) }}{{ a }}", output: "None[3, 1, 2, 4]" },
  {
    template: "{% set a = [1, 2] %}{% set _ = a.extend([3]) %}{{ a }}{{ a.pop() }}{{ a.pop(0) }}{{ a }}",
    output: "[1, 2, 3]31[2]",
  },
  {
    template: "{% set a = [1, 2, 1] %}{{ a.index(2) }}{{ a.count(1) }}{% set _ = a.remove(1) %}{{ a }}",
    output: "12[2, 1]",
  },
  {
    template:
      "{% set a = [3, 1, 2] %}{% set _ = a.sort() %}{{ a }}{% set _ = a.sort(reverse=true) %}{{ a }}{% set _ = a.reverse() %}{{ a }}",
    output: "[1, 2, 3][3, 2, 1][1, 2, 3]",
  },
  {
    template:
      "{% set a = [1] %}{% set _ = a.insert(0, 'x') %}{% set b = a.copy() %}{% set _ = a.clear() %}{{ a }}{{ b }}",
    output: "[]['x', 1]",
  },
  { template: "{{ l.copy() }} {{ l.index(2) }}", output: "[3, 1, 2] 2" },
  { template: "{{ (1, 2, 1).count(1) }}{{ (1, 2).index(2) }}", output: "21" },
  {
    template: "{{ d.items() }} {{ d.keys() }} {{ d.values() }}",
    output: "dict_items([('b', 1), ('a', 2)]) dict_keys(['b', 'a']) dict_values([1, 2])",
  },
  {
    template: "{{ d.items()|list }} {{ d|list }} {{ d.keys()|sort }}",
    output: "[('b', 1), ('a', 2)] ['b', 'a'] ['a', 'b']",
  },
  {
    template: "{{ d.get('a') }} {{ d.get('z') }} {{ d.get('z', 0) }} {{ {'x': none}.get('x', 5) }}",
    output: "2 None 0 None",
  },
  {
    template:
      "{% set x = {'a': 1} %}{% set _ = x.update({'b': 2}, c=3) %}{{ x }}{{ x.pop('a') }}{{ x.setdefault('d', 4) }}{{ x.setdefault('b', 9) }}{{ x }}",
    output: "{'a': 1, 'b': 2, 'c': 3}142{'b': 2, 'c': 3, 'd': 4}",
  },
  {
    template:
      "{% set x = {'a': 1, 'b': 2} %}{{ x.popitem() }}{{ x }}{{ x.copy() }}{% set _ = x.clear() %}{{ x }}",
    output: "('b', 2){'a': 1}{'a': 1}{}",
  },
  { template: "{{ {}.fromkeys(['a', 'b'], 0) }}", output: "{'a': 0, 'b': 0}" },
  {
    template: "{{ dict(a=1, b=2) }} {{ dict([('a', 1)], b=2) }} {{ dict(d, **{'z': 0}) }}",
    output: "{'a': 1, 'b': 2} {'a': 1, 'b': 2} {'b': 1, 'a': 2, 'z': 0}",
  },
  {
    template: "{{ 'a' in d }} {{ 'a' in d.keys() }} {{ ('a', 2) in d.items() }} {{ 2 in d.values() }}",
    output: "True True True True",
  },
  { template: "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}", output: "b=1;a=2;" },
  { template: "{{ d.keys()|length }} {{ d.items()|first }}", output: "2 ('b', 1)" },
  {
    template:
      "{{ range(3) }} {{ range(1, 10, 3)|list }} {{ range(5, 0, -2)|list }} {{ range(3)|sum }} {{ 2 in range(3) }} {{ range(3).index(1) }}",
    output: "range(0, 3) [1, 4, 7] [5, 3, 1] 3 True 1",
  },
  { template: "{% set x = [[1], [2]] %}{% set _ = x[0].append(9) %}{{ x }}", output: "[[1, 9], [2]]" },
  { template: "{{ {'items': 3}['items'] }} {{ {'items': 3}.items()|list }}", output: "3 [('items', 3)]" },
];
