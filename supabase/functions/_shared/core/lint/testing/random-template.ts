import { fc } from "../../../../../../tests/support/fast-check.ts";

/** The variables random templates read. */
export const NAMES = ["a", "b", "c"] as const;

const name = fc.constantFrom(...NAMES);
const guard = fc.oneof(
  name.map((one) => `${one} is defined`),
  name.map((one) => `${one} is undefined`),
  name.map((one) => `${one} is not defined`),
  name.map((one) => `${one} == "v"`),
  name,
  fc.constantFrom("true", "false"),
  fc.tuple(name, name).map(([one, other]) => `${one} is defined and ${other} is defined`),
  fc.tuple(name, name).map(([one, other]) => `${one} is undefined or ${other} == "x"`),
  fc.tuple(name, name).map(([one, other]) => `${one} or ${other}`),
);

const expression = fc.oneof(
  name,
  name.map((one) => `${one} | upper`),
  name.map((one) => `${one} | default("d")`),
  name.map((one) => `${one} | default("d") | trim`),
  name.map((one) => `"p" ~ ${one}`),
  name.map((one) => `${one}.strip()`),
  name.map((one) => `m(${one})`),
  name.map((one) => `safe(${one})`),
  name.map((one) => `[${one}] | length`),
  fc.tuple(name, name).map(([one, other]) => `${one} | default(${other})`),
  fc.tuple(name, guard, name).map(([one, condition, other]) => `${one} if ${condition} else ${other}`),
  fc.tuple(name, name).map(([one, other]) => `${one} is defined and ${other}`),
);

/** Templates built of guards, defaults, loops, macros and assignments over three variables. */
export const randomTemplate: fc.Arbitrary<string> = fc
  .letrec<{ body: string; statement: string }>((tie) => ({
    body: fc
      .array(tie("statement"), { minLength: 1, maxLength: 3, depthIdentifier: "body" })
      .map((all) => all.join("")),
    statement: fc.oneof(
      { maxDepth: 3, depthIdentifier: "body" },
      expression.map((one) => `{{ ${one} }}`),
      fc.tuple(name, expression).map(([one, value]) => `{% set ${one} = ${value} %}`),
      fc.tuple(guard, tie("body")).map(([one, body]) => `{% if ${one} %}${body}{% endif %}`),
      fc
        .tuple(guard, tie("body"), tie("body"))
        .map(([one, then, other]) => `{% if ${one} %}${then}{% else %}${other}{% endif %}`),
      fc
        .tuple(guard, tie("body"))
        .map(
          ([one, body]) => `{% for i in [1, 2] %}{% if ${one} %}{% continue %}{% endif %}${body}{% endfor %}`,
        ),
      fc.tuple(name, tie("body")).map(([one, body]) => `{% for i in ${one} %}${body}{% endfor %}`),
      fc.tuple(name, tie("body")).map(([one, body]) => `{% with ${one} = "w" %}${body}{% endwith %}`),
      tie("body").map((body) => `{% for i in [] %}a{% else %}${body}{% endfor %}`),
    ),
  }))
  .body.map((body) => `${MACROS}${body}`);

const MACROS =
  '{% macro m(x) %}{{ x }}{% endmacro %}{% macro safe(x, y="z") %}{% if x is defined %}{{ x }}{{ y }}{% endif %}{% endmacro %}';
