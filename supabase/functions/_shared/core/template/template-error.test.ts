import { describe, expect, test } from "vitest";
import { parseTemplate } from "./parse-template.ts";
import { renderTemplate } from "./render-template.ts";
import { describePlace, TemplateError } from "./template-error.ts";

const VARIABLES = { user: { name: "Ada", tags: ["x"] }, items: [1], text: "abc" };

/** The error a template ends with; `others` are those it can include. */
function errorOf(
  source: string,
  others: Record<string, string> = {},
  mode: "default" | "strict" = "default",
): TemplateError {
  const parsed = new Map(Object.entries(others).map(([name, text]) => [name, () => parseTemplate(text)]));
  try {
    const loader = (name: string) => parsed.get(name)?.();
    renderTemplate(parseTemplate(source), VARIABLES, { loader, undefined: mode });
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`It renders: ${source}`);
}

describe("a name that does not exist is answered with the one that was probably meant", () => {
  test.each([
    ["filter", "{{ text|uper }}", "unknown_filter", "upper", 9],
    ["filter named by a text", "{{ items|map('uper')|list }}", "runtime_error", "upper", 22],
    ["test", "{{ text is strng }}", "unknown_test", "string", 12],
    ["test named by a text", "{{ items|select('strng')|list }}", "runtime_error", "string", 26],
    ["function", "{{ rnage(3) }}", "undefined_error", "range", 4],
    ["macro", "{% macro hello() %}{% endmacro %}{{ helo() }}", "undefined_error", "hello", 37],
    ["method of a text", "{{ text.uper() }}", "undefined_error", "upper", 9],
    ["method of a list", "{{ user.tags.apend(1) }}", "undefined_error", "append", 14],
    ["key of a dict", "{{ user.nmae.first }}", "undefined_error", "name", 14],
    [
      "attribute of a loop",
      "{% for i in items %}{{ loop.indx.x }}{% endfor %}",
      "undefined_error",
      "index",
      34,
    ],
    [
      "attribute of a namespace",
      "{% set ns = namespace(total=0) %}{{ ns.totl + 1 }}",
      "undefined_error",
      "total",
      45,
    ],
    ["variable that was given", "{{ usr.name }}", "undefined_error", "user", 8],
    ["variable of a loop", "{% for item in items %}{{ itm + 1 }}{% endfor %}", "undefined_error", "item", 31],
    ["variable that was set", "{% set total = 1 %}{{ totl + 1 }}", "undefined_error", "total", 28],
    ["tag", "{% fro i in items %}{% endfor %}", "syntax_error", "for", 4],
    ["end of a block", "{% if text %}{% endfi %}", "syntax_error", "endif", 17],
    ["argument", "{{ text|truncate(lenght=3) }}", "type_error", "length", 9],
  ])("%s", (_kind, source, code, meant, column) => {
    const error = errorOf(source);
    expect({ ...error }).toMatchObject({ code, hint: `did you mean \`${meant}\`?`, line: 1, column });
    expect(error.frame).toBe(`> 1 | ${source}\n    | ${" ".repeat(column - 1)}^`);
  });

  test("there is no hint where nothing is close, and none for a name that is not used", () => {
    expect(errorOf("{{ completely_different + 1 }}").hint).toBeUndefined();
    expect(errorOf("{{ items.zzz.x }}").hint).toBeUndefined();
    expect(renderTemplate(parseTemplate("{{ usr }}{{ user.nmae }}"), VARIABLES)).toBe("");
  });
});

describe("a name without value is pointed at where its value is asked for", () => {
  test.each([
    ["{{ text }}\n{{ not nope }}", 2, 8],
    ["{{ text }}\n{{ text and nope or text }}", 2, 4],
    ["{{ text }}\n{{ nope or text }}", 2, 4],
    ["{{ text }}\n{{ 1 if nope else 2 }}", 2, 9],
    ["{{ text }}\n{{ text ~ 'b' ~ nope }}", 2, 17],
    ["{% autoescape true %}\n{{ text ~ 'b' ~ nope }}{% endautoescape %}", 2, 17],
    ["{{ text }}\n{{ dict(**nope) }}", 2, 11],
    ["{{ text }}\n{{ range(*nope) }}", 2, 11],
    ["{{ text }}\n{% if nope %}{% endif %}", 2, 7],
    ["{% if not text %}\n{% elif\n nope %}{% endif %}", 3, 2],
    ["{{ text }}\n{% autoescape nope %}{% endautoescape %}", 2, 15],
    ["{{ text }}\n{% for i in items if nope %}{% endfor %}", 2, 22],
  ])("%j", (source, line, column) => {
    const error = errorOf(source, {}, "strict");
    expect([error.line, error.column]).toEqual([line, column]);
  });
});

test("a message that quotes a very long value is cut", () => {
  const quoting = errorOf("{{ ('9x' * 100000)|filesizeformat }}").message;
  expect(quoting).toMatch(/^could not convert string to float: '9x9x.{950,1000}…$/);
});

describe("an error in another template names it, its place there and where it was included", () => {
  const broken = "fine\n{{ 1 + nothing.x }}";

  test.each([
    ["included", "a\n\n  {% include 'tone' %}", 3, 14],
    ["imported", "a\n{% import 'tone' as t %}", 2, 11],
    ["imported from", "a\n{% from 'tone' import x with context %}", 2, 9],
    ["extended", "{% extends 'tone' %}", 1, 12],
  ])("%s", (_how, source, line, column) => {
    const error = errorOf(source, { tone: broken });
    expect({ ...error }).toMatchObject({ code: "undefined_error", template: "tone", line: 2, column: 16 });
    expect(error.includedFrom).toEqual([{ template: undefined, line, column }]);
    expect(error.frame).toContain("> 2 | {{ 1 + nothing.x }}");
    expect(describePlace(error)).toBe(
      `line 2, column 16 of "tone", included at line ${line}, column ${column}`,
    );
  });

  test("through several, the nearest first, by the names the tags were written with", () => {
    const error = errorOf("{% include 'frame@v2' %}", { "frame@v2": "\n{% include 'tone' %}", tone: broken });
    expect(describePlace(error)).toBe(
      `line 2, column 16 of "tone", included at line 2, column 12 of "frame@v2", included at line 1, column 12`,
    );
  });

  test("a macro of another template, called long after it was imported", () => {
    const lib = "{% macro hi(x) %}\n  {{ x.name.first.letter }}\n{% endmacro %}";
    const error = errorOf("{% from 'lib' import hi %}\n{{ hi(user) }}", { lib });
    expect(describePlace(error)).toBe('line 2, column 19 of "lib", included at line 2, column 4');
  });

  test("what is not Jinja2 there, or names what there is not", () => {
    const syntax = errorOf("a {% include 'tone' %}", { tone: "x\n{% if %}" });
    expect({ ...syntax }).toMatchObject({ code: "syntax_error", template: "tone", line: 2 });
    expect(syntax.frame).toContain("> 2 | {% if %}");
    const filter = errorOf("a {% include 'tone' %}", { tone: "x\n{{ text|uper }}" });
    expect({ ...filter }).toMatchObject({
      code: "unknown_filter",
      template: "tone",
      hint: "did you mean `upper`?",
    });
    expect(filter.includedFrom).toEqual([{ template: undefined, line: 1, column: 14 }]);
  });

  test("back in the template that was asked for, its own places count again", () => {
    const error = errorOf("{% include 'tone' %}\n{{ nothing.x }}", { tone: "fine" });
    expect([error.template, error.line, error.includedFrom]).toEqual([undefined, 2, []]);
    const missing = errorOf("\n{% include 'gone' %}", { tone: "fine" });
    expect({ ...missing }).toMatchObject({ code: "template_not_found", template: undefined, line: 2 });
    const cycle = errorOf("{% include 'a' %}", { a: "{% include 'b' %}", b: "{% include 'a' %}" });
    expect(describePlace(cycle)).toContain('line 1, column 12 of "b", included at line 1, column 12 of "a"');
  });
});
