import { describe, expect, test } from "vitest";
import { type Budgets, DEFAULT_BUDGETS, Meter } from "./budgets.ts";
import { passed, render, unhurried } from "./cases/passed-budget.ts";
import { parseTemplate } from "./parse-template.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** So many levels of a list in a list. */
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

test("the budgets are those that are promised", () => {
  expect(DEFAULT_BUDGETS).toEqual({
    templateBytes: 64 * KIB,
    variableBytes: 256 * KIB,
    outputBytes: MIB,
    steps: 100_000,
    milliseconds: 50,
    nesting: 100,
  });
});

describe("a template of 64 KiB", () => {
  test.each([
    ["ASCII", "x".repeat(64 * KIB)],
    ["two bytes each", "é".repeat(32 * KIB)],
    ["four bytes each", "😀".repeat(16 * KIB)],
  ])("%s: passes, and one byte more does not", (_name, source) => {
    expect(render(source)).toBe(source);
    expect(passed(`${source}x`)).toBe("template_bytes 1:1");
  });
});

describe("variables of 256 KiB, names included", () => {
  test.each([
    ["a text", "x".repeat(256 * KIB - 1)],
    ["of two bytes each", `${"é".repeat(128 * KIB - 1)}x`],
    ["spread over a list", [..."abcdefg"].map((letter) => letter.repeat(37_447)).concat("x".repeat(6))],
  ])("%s: pass, and one byte more does not", (_name, a) => {
    expect(passed("{{ a|length }}", { a })).toMatch("rendered");
    expect(passed("{{ a|length }}", { a, b: "" })).toBe("variable_bytes 1:1");
  });
});

describe("output of 1 MiB", () => {
  const rounds = "{% for i in range(1024) %}{{ a }}{% endfor %}";
  const macro = "{% macro m() %}{{ 'x' * 1048576 }}{% endmacro %}";
  test.each([
    ["one text", "\n{{ 'x' * 1048575 }}", "\n{{ 'x' * 1048577 }}", "2:8"],
    ["several texts", "\n{{ 'x' * 1048574 }}", "\n{{ 'x' * 1048575 }}{{ 'x' }}", "2:23"],
    ["a loop's", rounds, `${rounds}x`, "1:46"],
    ["two bytes each", "{{ 'é' * 524288 }}", "{{ 'é' * 524288 }}{{ 1 }}", "1:22"],
    ["a macro's", `${macro}{{ m() }}`, `${macro}{{ m() ~ 1 }}`, "1:58"],
  ])("%s: passes, and one byte more does not", (_name, under, over, place) => {
    const variables = { a: "x".repeat(KIB) };
    expect(passed(under, variables)).toMatch("rendered");
    expect(passed(over, variables)).toBe(`output_bytes ${place}`);
  });

  test("renders that share a meter share the output", () => {
    const meter = unhurried();
    expect(passed("{{ 'x' * 1048570 }}", {}, { meter })).toBe("rendered 1048570");
    expect(passed("123456", {}, { meter })).toBe("rendered 6");
    expect(passed("7", {}, { meter })).toBe("output_bytes 1:1");
  });
});

describe("100 000 steps", () => {
  test("are enough for a loop of that many rounds, which counts one step each, and no more", () => {
    const loop = "{% for i in range(n) %}{% endfor %}";
    const meter = unhurried();
    render(loop, { n: 1000 }, { meter });
    const rounds = 100_000 - (meter.stepsUsed - 1000);
    expect(passed(loop, { n: rounds })).toBe("rendered 0");
    expect(passed(`\n${loop}`, { n: rounds + 1 })).toBe("steps 2:8");
  });

  test.each([
    ["a loop", "{% for i in range(500) %}{{ i }}{% endfor %}"],
    ["a list made of a text", "{{ ('x' * 5000)|list|length }}"],
    ["sorting", "{{ range(300)|sort(reverse=true)|first }}"],
    ["a recursion", "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(50) }}"],
    ["JSON", "{{ ([range(9)|list] * 9)|tojson|length }}"],
  ])("%s: as many as it takes pass, and one less does not", (_name, source) => {
    const meter = unhurried();
    const output = render(source, {}, { meter });
    const steps = meter.stepsUsed;
    const within = (budgets: Partial<Budgets>) => ({ meter: new Meter({ milliseconds: 1e9, ...budgets }) });
    expect(render(source, {}, within({ steps }))).toBe(output);
    expect(passed(source, {}, within({ steps: steps - 1 }))).toMatch(/^steps 1:\d+$/);
  });
});

describe("50 ms", () => {
  /** A clock that is read once at the start, and then shows what has passed by each later reading. */
  const clockAfter = (milliseconds: number) => {
    let readings = 0;
    return () => (readings++ === 0 ? 1000 : 1000 + milliseconds);
  };
  const busy = "\n{% for i in range(2000) %}{{ i }}{% endfor %}";

  test("pass, and more do not, however few steps they took", () => {
    expect(passed(busy, {}, { meter: new Meter({}, clockAfter(50)) })).toMatch("rendered");
    expect(passed(busy, {}, { meter: new Meter({}, clockAfter(50.1)) })).toMatch(/^milliseconds 2:\d+$/);
  });

  test.each([
    "|replace('a', 'b')",
    "|replace('a', '', 900000)",
    ".replace('', 'b', 90000)",
    ".count('a')",
    "|title",
    ".title()",
    ".swapcase()",
    ".casefold() ~ 'é'.casefold()",
    ".expandtabs()",
    ".split()",
    ".rsplit()",
    ".splitlines()",
    "|wordcount",
    "|striptags",
  ])("end a single step that takes longer: %s", (step) => {
    // Each reading shows another millisecond, so only what reads the clock often enough runs out of time.
    let now = 0;
    const meter = new Meter({}, () => now++);
    const text = step.includes("casefold") ? "é" : step.includes("striptags") ? "<>" : "a ";
    const source = `{{ (${JSON.stringify(step.includes("splitlines") ? "\n" : text)} * 200000)${step}|length }}`;
    expect(passed(source, {}, { meter })).toMatch("milliseconds");
  });

  test("are counted from the first render that shares the meter", () => {
    let now = 0;
    const meter = new Meter({}, () => now);
    expect(passed(busy, {}, { meter })).toMatch("rendered");
    now = 51;
    expect(passed(busy, {}, { meter })).toMatch("milliseconds");
  });
});

describe("100 levels", () => {
  const macro = "{% macro f(n) %}{% if n > 1 %}{{ f(n - 1) }}{% endif %}{% endmacro %}\n";
  const build = "{% set ns = namespace(x=[]) %}{% for i in r %}{% set ns.x = [ns.x] %}{% endfor %}\n";
  const many = (count: number, text: string, end = "") => text.repeat(count) + end.repeat(count);
  test.each([
    ["of macros that call each other", `${macro}{{ f(100) }}`, `${macro}{{ f(101) }}`, "1:34"],
    ["of lists written out", `{{ ${many(100, "[", "]")} }}`, `\n{{ ${many(101, "[", "]")} }}`, "2:104"],
    [
      "of parentheses",
      `{{ ${many(99, "(", "")}1${many(99, ")", "")} }}`,
      `{{ ${many(100, "(", "")}1${many(100, ")", "")} }}`,
      "1:104",
    ],
    ["of blocks", many(99, "{% if 1 %}", "{% endif %}"), many(100, "{% if 1 %}", "{% endif %}"), "1:997"],
    ["of filters", `{{ 1${many(99, "|int")} }}`, `{{ 1${many(100, "|int")} }}`, "1:406"],
    ["of lists that grew, printed", `${build}{{ (ns.x)[0] }}`, `${build}{{ ns.x }}`, "2:7"],
    ["of lists that grew, as JSON", `${build}{{ ns.x[0]|tojson }}`, `${build}{{ [ns.x]|tojson }}`, "2:11"],
  ])("%s pass, and one more does not", (_kind, under, over, place) => {
    expect(passed(under, { r: range(100) })).not.toMatch("nesting");
    expect(passed(over, { r: range(100) })).toBe(`nesting ${place}`);
  });

  test("of templates that include each other pass, and one more does not", () => {
    const loader = (name: string) =>
      parseTemplate(name === "1" ? "x" : `{% include '${Number(name) - 1}' %}`);
    expect(passed("{% include '100' %}", {}, { loader })).toBe("rendered 1");
    expect(passed("{% include '101' %}", {}, { loader })).toBe("nesting 1:12");
  });

  test("of recursive loops pass, and one more does not", () => {
    const loop = "{% for x in a recursive %}{% if x is iterable %}{{ loop(x) }}{% endif %}{% endfor %}";
    const set = "{% set a = [a, [[a]]][more] %}\n";
    expect(passed(set + loop, { a: nested(100), more: 0 })).toMatch("rendered");
    expect(passed(set + loop, { a: nested(100), more: 1 })).toBe("nesting 2:52");
  });

  test("of variables pass, and one more does not", () => {
    expect(passed("x", { a: nested(100) })).toBe("rendered 1");
    expect(passed("x", { a: nested(101) })).toBe("nesting 1:1");
    expect(passed("x", { a: { b: nested(100) } })).toBe("nesting 1:1");
  });
});
