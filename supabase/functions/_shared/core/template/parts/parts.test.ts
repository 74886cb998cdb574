import { beforeEach, expect, test } from "vitest";
import { VARIABLES } from "../cases/case.ts";
import { TABLES } from "../cases/tables.ts";
import { FILTERS } from "../filters/filters.ts";
import { globalsFor } from "../globals/globals.ts";
import { METHODS } from "../methods/method-tables.ts";
import { parseTemplate } from "../parse-template.ts";
import { PREDICATES } from "../predicates/predicates.ts";
import { renderOnDemand } from "../render-on-demand.ts";
import { renderParsed } from "../render-parsed.ts";
import { TemplateError } from "../template-error.ts";
import { fetchPart, PART_NAMES } from "./fetch-parts.ts";
import { addParts, MissingPart, part } from "./parts.ts";

const budgets = { milliseconds: Number.POSITIVE_INFINITY };

/** Makes it as it is in a browser that has just begun. */
function dropParts(): void {
  addParts(Object.fromEntries(PART_NAMES.map((name) => [name, undefined])));
}

beforeEach(dropParts);

test("what is common needs no part, and what is not says which it needs", () => {
  const render = (source: string) => renderParsed(parseTemplate(source), { x: "a b", xs: [1, 2] });
  const common =
    "{% macro m(x) %}{{ loop }}{% endmacro %}" +
    "{% for x in xs if x is odd %}{{ loop.index + x }}{% endfor %}{{ x|upper|replace('A', 'c') }}{{ m(1) }}";
  expect(render(`${common}{{ xs|join(', ')|default('-') }}{{ x.split()|length }}`)).toBe("2c B1, 22");
  for (const seldom of ["{{ x|urlize }}", "{% set x %}{% endset %}", "{{ '%d' % 1 }}", "{{ x.title() }}"])
    expect(() => render(seldom)).toThrow(MissingPart);
});

test.each([...TABLES])(
  "%s come out the same where each part is fetched when a render comes to it",
  async (_table, cases) => {
    for (const entry of cases) {
      dropParts();
      const outcome = await rendered(entry.template, entry.options);
      expect(outcome, entry.template).toEqual(
        entry.error ? { error: entry.error } : { output: entry.output },
      );
    }
  },
);

async function rendered(...args: Parameters<typeof parseTemplate>): Promise<unknown> {
  try {
    return { output: await renderOnDemand(parseTemplate(...args), VARIABLES, { budgets }) };
  } catch (error) {
    if (error instanceof TemplateError) return { error: error.code };
    throw error;
  }
}

test("parts that a template's syntax tree tells of are missed together, and so fetched together", () => {
  const template = parseTemplate(
    "{% set x %}{% endset %}{{ y[1:] }}{% include 'a' %}{% autoescape true %}{{ y }}{% endautoescape %}",
  );
  expect(() => renderParsed(template, { y: "a" })).toThrow(
    new MissingPart(["blocks", "slices", "composition", "escaping"]),
  );
});

test("names that only a render knows, and errors, come out the same too", async () => {
  const template = parseTemplate("{{ ['b', 'a']|map(f)|list }}{{ x|attr(m) }}{{ d.missing.x }}");
  await expect(renderOnDemand(template, { f: "wordwrap", x: {}, m: "keys", d: {} })).rejects.toMatchObject({
    code: "not_supported",
  });
  const named = parseTemplate("{{ [' b']|map(f)|join }}{{ 'a'|attr(m) is callable }}{{ x[m]() }}");
  expect(await renderOnDemand(named, { f: "capitalize", m: "title", x: "ab" })).toBe(" bTrueAb");
});

test("every name that is said to be in a part is there, and nothing in a part goes without a name", async () => {
  for (const name of PART_NAMES) await fetchPart(name);
  const tables = [FILTERS, PREDICATES, ...Object.values(METHODS)];
  const found = new Set<unknown>();
  for (const table of tables) {
    for (const name of table.keys()) {
      expect(table.get(name)?.name, name).toBe(name);
      found.add(table.get(name));
    }
  }
  const functions = [...globalsFor(true, true).keys()];
  for (const name of PART_NAMES) {
    const natives = (part(name) as { NATIVES?: readonly { name: string }[] }).NATIVES ?? [];
    for (const native of natives) {
      const known = name === "seldomGlobals" ? functions.includes(native.name) : found.has(native);
      expect(known, `${name}: ${native.name}`).toBe(true);
    }
  }
});
