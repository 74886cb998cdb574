import { expect, test } from "vitest";
import { Meter } from "./budgets.ts";
import { parseTemplate } from "./parse-template.ts";
import { renderTemplate } from "./render-template.ts";

/** How often a render reads the clock. */
function readings(source: string): number {
  let count = 0;
  const meter = new Meter({ milliseconds: Number.POSITIVE_INFINITY }, () => count++);
  renderTemplate(parseTemplate(source), {}, { meter });
  return count;
}

/** Steps are taken before the work, in one or two lumps: each is one reading, and more can only be midway. */
const LUMPS = 6;

test.each([
  ["'ab' * 300000", "x|list"],
  ["'ab' * 500000", "x.strip('ab')"],
  ["'<b>&' * 50000", "x|e"],
  ["'<b>&' * 50000", "x|tojson"],
  ["'é' * 300000", "[x]|string"],
  ["'/ ' * 150000", "x|urlencode"],
  ["('&lt;' * 200000)|safe", "x.unescape()"],
  ["'Ab ' * 300000", "x.istitle()"],
  ["'ab' * 300000", "x[::-1]"],
  ["'😀' * 200000", "x|reverse"],
  ["'😀' * 200000", "x[1:-1]"],
  ["[1, 2]", "x * 300000"],
  ["'a b ' * 20000", "x|wordwrap(99999)"],
])("with %s as x, %s reads the clock midway", (value, step) => {
  const before = readings(`{% set x = ${value} %}`);
  expect(readings(`{% set x = ${value} %}{% set r = ${step} %}`)).toBeGreaterThan(before + LUMPS);
});
