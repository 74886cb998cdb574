import { describe, expect, test } from "vitest";
import { parseTemplate } from "../template/parse-template.ts";
import { deriveContract } from "./derive-contract.ts";

function derive(...sources: string[]) {
  return deriveContract(sources.map((source) => ({ template: parseTemplate(source) }))).variables;
}

function needs(...sources: string[]): Record<string, string> {
  return Object.fromEntries([...derive(...sources)].map(([name, variable]) => [name, variable.need]));
}

describe("a variable is always needed when every way through the template reads it", () => {
  test.each([
    ["{{ x }}"],
    ["{{ x | upper }}"],
    ["{{ x.name }}"],
    ["{{ x['name'] }}"],
    ["{{ 'a' ~ x }}"],
    ["{{ x + 1 }}"],
    ["{{ -x }}"],
    ["{{ x == 'a' }}"],
    ["{{ 'a' in x }}"],
    ["{{ x in ['a'] }}"],
    ["{{ x is even }}"],
    ["{{ 'abc'.replace('a', x) }}"],
    ["{% if x %}a{% endif %}"],
    ["{% if x and y is defined %}a{% endif %}"],
    ["{% for item in x %}a{% endfor %}"],
    ["{% if 1 > 2 %}{{ x }}{% else %}{{ x | lower }}{% endif %}"],
    ["{% for item in [1, 2] %}{{ x }}{% endfor %}"],
    ["{% for item in range(3) %}{{ x }}{% endfor %}"],
    ["{% set y = x %}{{ y }}"],
    ["{% set y = x or 'a' %}"],
    ["{% macro m(a) %}{{ a }}{% endmacro %}{{ m(x) }}"],
    ["{% macro m(a) %}{{ x }}{% endmacro %}{{ m(1) }}"],
    ["{% macro m(a, b=2) %}{{ b }}{% endmacro %}{{ m(1, b=x) }}"],
    ["{% macro m(a) %}{{ a }}{% endmacro %}{% macro n(a) %}{{ m(a) }}{% endmacro %}{{ n(x) }}"],
    ["{% with y = x %}{{ y }}{% endwith %}"],
    ["{% filter upper %}{{ x }}{% endfilter %}"],
    ["{% set y %}{{ x }}{% endset %}"],
    ["{{ range(x) | list }}"],
    ["{{ x | map('upper') | join }}"],
    ["{{ x | selectattr('done') | list | length }}"],
    ["{{ 'a' if x else 'b' }}"],
    ["{% if x is not defined %}{{ raise_exception('x is missing') }}{% endif %}"],
    ["{% if 1 > 2 %}{{ raise_exception('no') }}{% else %}{{ x }}{% endif %}"],
    ["{% block b %}{{ x }}{% endblock %}"],
    ["{{ x | default }}{{ x }}"],
    ["{% macro m(a=x.name) %}{{ a }}{% endmacro %}{{ m() }}"],
    ["{% with x = 1, y = x %}{{ y }}{% endwith %}"],
    ["{% autoescape x %}{% endautoescape %}"],
  ])("%s", (source) => {
    expect(needs(source).x).toBe("always");
  });
});

describe("a variable is never needed when each use is guarded or defaulted", () => {
  test.each([
    ["{{ x | default('a') }}"],
    ["{{ x | d }}"],
    ["{{ x | default('a') | upper }}"],
    ["{{ x is defined }}"],
    ["{% if x is defined %}{{ x }}{% endif %}"],
    ["{% if x is undefined %}a{% else %}{{ x }}{% endif %}"],
    ["{% if x is defined and x > 3 %}{{ x }}{% endif %}"],
    ["{% if x is not defined or x == 1 %}a{% endif %}"],
    ["{{ x if x is defined else 'a' }}"],
    ["{% if x is string %}{{ x }}{% endif %}"],
    ["{% if not x is defined %}{% set x = 'a' %}{% endif %}{{ x }}"],
    ["{% set x = x | default('a') %}{{ x }}"],
    ["{% set known = x is defined %}{% if known %}{{ x }}{% endif %}"],
    ["{% if x | default(false) %}{{ x }}{% endif %}"],
    ["{% if (x | default) and x.name %}{{ x.name }}{% endif %}"],
    ["{% set y = x %}a"],
    ["{% for item in x | default([]) %}{{ item }}{% endfor %}"],
    ["{% macro m(a) %}{{ a | default('b') }}{% endmacro %}{{ m(x) }}"],
    ["{% macro m(a) %}{% if a is defined %}{{ a }}{% endif %}{% endmacro %}{{ m(x) }}"],
    ["{% macro m(a) %}{{ a }}{{ x }}{% endmacro %}a"],
    ["{{ {'a': x} is mapping }}"],
    ["{% macro m(a=x.name) %}{{ a }}{% endmacro %}{{ m(1) }}"],
    ["{% macro m() %}{{ x }}{% endmacro %}{% set x = 1 %}{{ m() }}"],
  ])("%s", (source) => {
    expect(needs(source).x ?? "never").toBe("never");
  });
});

describe("a variable is sometimes needed when only some ways read it", () => {
  test.each([
    ["{% if y is defined %}{{ x }}{% endif %}"],
    ["{% for item in [] %}{{ x }}{% endfor %}"],
    ["{% for item in y %}{{ x }}{% endfor %}"],
    ["{% for item in [1] if item > 1 %}{{ x }}{% endfor %}"],
    ["{% for item in [1] %}{% if item == y %}{% continue %}{% endif %}{{ x }}{% endfor %}"],
    ["{{ y | default(x) }}"],
    ["{{ y is defined and x }}"],
    ["{{ 'a' if 1 > 2 else x }}"],
    ["{% if 1 > 2 %}a{% elif x %}b{% endif %}"],
    ["{% if y is defined %}{% set x = 1 %}{% endif %}{{ x }}"],
    ["{% for item in [x] %}{{ item }}{% endfor %}"],
    ["{% set ns = namespace(a=1) %}{% set ns.a = x %}{{ ns.a }}"],
    ["{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ x }}{% endcall %}"],
    ["{{ 1 < 2 < x }}"],
    ["{% if a %}b{% else %}{% set x = 1 %}{% if c %}d{% else %}{% set x = 2 %}{% endif %}{% endif %}{{ x }}"],
    ["{% if a %}b{% elif x is defined %}c{% else %}{% set x = 1 %}{% endif %}{{ x }}"],
    ["{% if a %}b{% elif c %}{% set x = 1 %}{% elif d %}e{% else %}{% set x = 2 %}{% endif %}{{ x }}"],
    ["{% macro m() %}{{ n() }}{% endmacro %}{% macro n() %}{{ x }}{% endmacro %}{{ m() }}"],
  ])("%s", (source) => {
    expect(needs(source).x).toBe("sometimes");
  });
});

test("names the template gives itself are not variables", () => {
  const source = [
    "{% set a = 1 %}{{ a }}",
    "{% for b, c in [[1, 2]] %}{{ b }}{{ c }}{{ loop.index }}{% endfor %}",
    "{% macro d(e) %}{{ e }}{{ caller }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ d(1) }}",
    "{% with f = 1 %}{{ f }}{% endwith %}{% import 'lib' as g %}{{ g.h(1) }}",
    "{% from 'lib' import i as j %}{{ j(1) }}{{ range(3) | list }}{{ namespace(k=1).k }}",
    "{% macro m(n, o=n) %}{{ o }}{{ p() }}{{ q.r }}{% endmacro %}{% macro p() %}{% endmacro %}{% set q = {} %}{{ m(1) }}",
    "{% block s %}{% endblock %}{{ self.s() }}",
    "{% set l %}text{% endset %}{{ l }}{% set ns = namespace() %}{% set ns.m = 1 %}",
  ].join("");
  expect(needs(source)).toEqual({});
});

test("a loop's own names mean something else behind it", () => {
  expect(needs("{% for x in [1] %}{{ x }}{% endfor %}{{ x }}{{ loop }}")).toEqual({
    x: "always",
    loop: "always",
  });
});

test("messages share the caller's variables and nothing else", () => {
  expect(needs("{% set x = 1 %}{{ x }}", "{{ x }}{{ y | default }}", "{{ y }}")).toEqual({
    x: "always",
    y: "always",
  });
});

test("uses and the first place that needs the variable are told with message, line and column", () => {
  const x = derive("a\n{{ x | default }}", "{% if x is defined %}{{ x }}{% endif %}\n  {{ x }}").get("x");
  expect(x?.uses.map((use) => [use.messageIndex, use.line, use.column])).toEqual([
    [0, 2, 4],
    [1, 1, 7],
    [1, 1, 25],
    [1, 2, 6],
  ]);
  expect(x?.firstNeed).toEqual({ messageIndex: 1, line: 2, column: 6 });
});

test("a call of what is no function is reported with the names that are", () => {
  const { unknownCalls } = deriveContract([
    { template: parseTemplate("{% macro greet() %}{% endmacro %}{{ great() }}{{ greet() }}{{ range(1) }}") },
  ]);
  expect(unknownCalls.map((call) => [call.name, call.line, call.column])).toEqual([["great", 1, 37]]);
  expect(unknownCalls[0]?.visible.has("greet")).toBe(true);
});

describe("the kind of a variable is read off its uses", () => {
  test.each([
    ["{{ x }}", { kind: "string" }],
    ["{{ x | upper }}", { kind: "string" }],
    ["{{ x.strip() }}", { kind: "string" }],
    ["{% if x == 'gold' %}a{% endif %}", { kind: "string" }],
    ["{{ x * 2 }}", { kind: "number" }],
    ["{{ x | round(2) }}", { kind: "number" }],
    ["{% if x > 3 %}a{% endif %}{{ x }}", { kind: "number" }],
    ["{% if x %}a{% endif %}", { kind: "boolean" }],
    ["{{ x | tojson }}", { kind: "any" }],
    ["{% for item in x %}{{ item }}{% endfor %}", { kind: "list", items: { kind: "string" } }],
    ["{{ x | join(', ') }}", { kind: "list" }],
    [
      "{{ x | map(attribute='name') | join }}",
      { kind: "list", items: { kind: "object", fields: { name: { kind: "any" } } } },
    ],
    ["{{ x.name }}", { kind: "object", fields: { name: { kind: "string" } } }],
    ["{{ x.get('name') }}", { kind: "object", fields: { name: { kind: "string" } } }],
    ["{% for key, value in x.items() %}{{ key }}{% endfor %}", { kind: "object" }],
    ["{{ x | length }}{{ x.y }}{{ x + 1 }}", { kind: "any" }],
  ])("%s", (source, expected) => {
    expect(derive(source).get("x")?.inferred).toEqual(expected);
  });

  test("fields are followed through loops, aliases and macros", () => {
    const source =
      "{% macro line(item) %}{{ item.title }}: {{ item.price * 2 }}{% endmacro %}" +
      "{% set first = order.lines %}{% for one in first | sort(attribute='price') %}{{ line(one) }}{% endfor %}";
    expect(derive(source).get("order")?.inferred).toEqual({
      kind: "object",
      fields: {
        lines: {
          kind: "list",
          items: { kind: "object", fields: { price: { kind: "number" }, title: { kind: "string" } } },
        },
      },
    });
  });
});

describe("large templates are walked in time about linear in their length", () => {
  const many = (count: number, piece: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => piece(i)).join("");
  test.each([
    ["elif", `{% if a %}${many(4000, (i) => `{% elif v${i} %}`)}{% endif %}`],
    [
      "elif that set names",
      `{% if a %}${many(1800, (i) => `{% elif v${i} %}{% set w${i} = 1 %}`)}{% endif %}`,
    ],
    [
      "elif that set names and test others",
      `{% if a %}${many(1400, (i) => `{% elif v${i} is defined %}{% set w${i} = 1 %}`)}{% endif %}`,
    ],
    ["or", `{{ a${many(6000, (i) => ` or v${i}`)} }}`],
    ["is defined", `{% if a %}${many(2000, (i) => `{% elif v${i} is undefined %}`)}{% endif %}`],
    ["variables", many(6000, (i) => `{{ v${i} }}`)],
    [
      "macro calls",
      `{% macro m(a) %}{{ a }}${many(500, (i) => `{{ v${i} }}`)}{% endmacro %}${many(4000, () => "{{ m(1) }}")}`,
    ],
    [
      "nested macros",
      many(
        60,
        (i) => `{% macro m${i}() %}${i ? `{{ m${i - 1}() }}{{ m${i - 1}() }}` : "{{ x }}"}{% endmacro %}`,
      ),
    ],
  ])("%s", (_name, source) => {
    const template = parseTemplate(source);
    const started = process.cpuUsage();
    deriveContract([{ template }]);
    // Processor time: the machine may be busy with other tests.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000);
  });
});
