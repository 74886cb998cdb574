import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** The hex custom properties of one theme. */
function theme(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split("\n}")[0] ?? "";
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]));
}

/** Relative luminance, WCAG 2.2 §"relative luminance". */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

const pages = ["surface", "surface-raised", "surface-sunken", "surface-hover", "surface-selected"];
const softs = ["accent-soft", "good-soft", "warn-soft", "bad-soft"];
const diffs = ["diff-add", "diff-add-mark", "diff-remove", "diff-remove-mark"];

const text: [role: string, on: string[]][] = [
  ["ink", [...pages, ...softs, ...diffs, "variable-soft"]],
  ["ink-muted", [...pages, "accent-soft"]],
  ["accent", [...pages, "accent-soft"]],
  ["good", [...pages, "good-soft", "diff-add"]],
  ["warn", [...pages, "warn-soft"]],
  ["bad", [...pages, "bad-soft", "diff-remove"]],
  ["variable", [...pages, "variable-soft", "diff-add", "diff-remove"]],
  ["tag", pages],
  ["string", pages],
  ["number", pages],
  ["accent-ink", ["accent", "accent-hover"]],
  ["bad-ink", ["bad", "bad-hover"]],
];

const marks: [role: string, on: string[]][] = [
  ["ink-faint", ["surface", "surface-raised", "surface-sunken"]],
  ["line-control", ["surface", "surface-raised", "surface-sunken"]],
  ...Array.from({ length: 10 }, (_, i): [string, string[]] => [
    `series-${i + 1}`,
    ["surface", "surface-raised"],
  ]),
];

describe.each([":root", '[data-theme="dark"]'])("theme %s", (selector) => {
  const colours = theme(selector);
  const ratio = (a: string, b: string) => contrast(colours.get(a) ?? "missing", colours.get(b) ?? "missing");

  test.each(text)("text role %s keeps 4.5:1", (role, on) => {
    for (const surface of on)
      expect(ratio(role, surface), `${role} on ${surface}`).toBeGreaterThanOrEqual(4.5);
  });

  test.each(marks)("mark role %s keeps 3:1", (role, on) => {
    for (const surface of on) expect(ratio(role, surface), `${role} on ${surface}`).toBeGreaterThanOrEqual(3);
  });
});

test("both themes define the same roles", () => {
  expect([...theme('[data-theme="dark"]').keys()]).toEqual([...theme(":root").keys()]);
});
