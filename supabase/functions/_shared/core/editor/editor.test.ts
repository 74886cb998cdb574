import { describe, expect, test } from "vitest";
import { fc } from "../../../../../tests/support/fast-check.ts";
import { deriveContract } from "../lint/derive-contract.ts";
import { parseTemplate } from "../template/parse-template.ts";
import { completionsAt } from "./completions.ts";
import { scanTemplate } from "./scan-template.ts";

const kinds = (source: string) =>
  scanTemplate(source).map(({ from, to, kind }) => `${source.slice(from, to)} ${kind}`);

describe("scanning", () => {
  test("each run of code is told apart", () => {
    expect(kinds("Hi {{- user.name | upper }}, {# note #}{% if x is not defined and f(1.5, 'a') %}")).toEqual(
      [
        "{{- delimiter",
        "user name",
        ". operator",
        "name property",
        "| operator",
        "upper filter",
        "}} delimiter",
        "{# note #} comment",
        "{% delimiter",
        "if keyword",
        "x name",
        "is keyword",
        "not keyword",
        "defined test",
        "and keyword",
        "f function",
        "( operator",
        "1.5 number",
        ", operator",
        "'a' string",
        ") operator",
        "%} delimiter",
      ],
    );
  });

  test("a tag still being typed does not swallow the tags behind it", () => {
    expect(kinds("{{ na\n{% if x %}")).toEqual([
      "{{ delimiter",
      "na name",
      "{% delimiter",
      "if keyword",
      "x name",
      "%} delimiter",
    ]);
    expect(kinds("{{ 'open }}\nb")).toContain("'open }} invalid");
  });

  test("raw text and braces inside a dict are not tags", () => {
    expect(kinds("{% raw %}{{ a }}{% endraw %}")).toEqual([
      "{% delimiter",
      "raw keyword",
      "%} delimiter",
      "{% delimiter",
      "endraw keyword",
      "%} delimiter",
    ]);
    expect(kinds("{{ {'a': {'b': 1}} }}").at(-1)).toBe("}} delimiter");
  });

  test("any text is scanned into tokens in order, none empty and none overlapping", () => {
    const pieces = fc.constantFrom(
      "{{",
      "}}",
      "{%",
      "%}",
      "{#",
      "#}",
      "{",
      "}",
      "'",
      '"',
      "a",
      "1.",
      "|",
      " is ",
      "raw",
      "\n",
      "é",
      "🐍",
      "-",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const source = parts.join("");
        let end = 0;
        for (const { from, to } of scanTemplate(source)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(source.length);
      }),
    );
  });

  test("64 KiB of open tags are scanned at once", () => {
    const started = process.cpuUsage();
    for (const piece of ["{{ ", "{% raw %}", "{{ '", "{{ [", "{{ a|b "])
      scanTemplate(piece.repeat(65_536 / piece.length));
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1500);
  });
});

describe("completing", () => {
  const offered = (marked: string) => {
    const position = marked.indexOf("¦");
    const source = marked.replace("¦", "");
    const template = parseTemplate("{{ user.name }}{{ topic | trim }}");
    const variables = [...deriveContract([{ template }]).variables.values()];
    const found = completionsAt(source, position, variables);
    return (
      found && { word: source.slice(found.from, position), labels: found.options.map(({ label }) => label) }
    );
  };

  test("variables, names of the template itself and functions in an expression", () => {
    const found = offered("{% for item in items %}{% set total = 1 %}{{ it¦ }}");
    expect(found?.word).toBe("it");
    expect(found?.labels).toEqual(
      expect.arrayContaining(["user", "topic", "item", "loop", "total", "range"]),
    );
  });

  test("filters behind a bar, tests behind is, statements in a block", () => {
    expect(offered("{{ topic | up¦ }}")?.labels).toContain("upper");
    expect(offered("{% filter u¦ %}")?.labels).toContain("upper");
    expect(offered("{% if topic is not de¦")?.labels).toContain("defined");
    expect(offered("{% en¦")?.labels).toContain("endif");
  });

  test("fields of a variable, and of the loop, behind a dot", () => {
    expect(offered("{{ user.¦ }}")?.labels[0]).toBe("name");
    expect(offered("{{ loop.¦ }}")?.labels).toContain("index0");
  });

  test("nothing in text, comments, strings and numbers", () => {
    for (const marked of ["Hello ¦", "{{ a }} b¦", "{# a¦ #}", "{{ 'a¦' }}", "{{ 12¦ }}", "{% raw %}{{ a¦"]) {
      expect(offered(marked), marked).toBeNull();
    }
  });
});
