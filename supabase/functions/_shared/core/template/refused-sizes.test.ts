import { describe, expect, test } from "vitest";
import { passed } from "./cases/passed-budget.ts";

// Each of these would fail in another way, or not at all, if what it asks for were made first: no text of
// JavaScript is that long.
describe("what would be too much is refused before it is made", () => {
  test.each([
    ["'a' * 10**9", "output_bytes 2:7"],
    ["[0] * 10**9", "steps 2:7"],
    ["(1, 2) * 10**9", "steps 2:10"],
    ["range(10**12)|list", "steps 2:3"],
    ["range(100001)", "steps 2:3"],
    ["2 ** (10 ** 9)", "steps 2:5"],
    ["(2 ** 65000) * (2 ** 65000)", "steps 2:6"],
    ["'%1000000000d'|format(1)", "output_bytes 2:18"],
    ["'%.1000000000f' % 1.5", "output_bytes 2:19"],
    ["'%*d' % (10**9, 1)", "output_bytes 2:9"],
    ["'%*.*d' % (10**9, -(10**9), 1)", "output_bytes 2:11"],
    ["'{:1000000000}'.format(1)", "output_bytes 2:19"],
    ["'{:.1000000000f}'.format(1.5)", "output_bytes 2:21"],
    ["'{:{}}'.format(1, 10**9)", "output_bytes 2:11"],
    ["'x'|center(10**9)", "output_bytes 2:7"],
    ["'x'.ljust(10**9)", "output_bytes 2:7"],
    ["'x'.zfill(10**9)", "output_bytes 2:7"],
    ["'\\t'.expandtabs(10**9)", "output_bytes 2:8"],
    ["'x'|indent(10**9)", "output_bytes 2:7"],
    ["[1]|tojson(indent=10**9)", "output_bytes 2:7"],
    ["'x'.translate({120: k * 9}).translate({107: k})", "steps 2:31"],
    ["[1]|batch(10**9, 0)|list", "steps 2:23"],
    ["[1]|slice(10**9)|list", "steps 2:20"],
    ["lipsum(10**9)", "steps 2:3"],
    ["lipsum(1, min=10**9, max=10**9 + 1)", "steps 2:3"],
    ["k|join(k)|join(k)", "steps 2:5"],
    ["k.join(k).join(k)", "steps 2:5"],
    ["k|replace('k', k)|replace('k', k)", "output_bytes 2:21"],
    ["k.replace('', k)", "output_bytes 2:5"],
    ["k|wordwrap(1, wrapstring=k * 9)", "output_bytes 2:5"],
    ["[k * 1000, k * 1000]|join|length", "output_bytes 2:24"],
    ["[k * 1000, k * 1000]|string|length", "output_bytes 2:24"],
    ["(k * 1000) ~ (k * 1000)", "output_bytes 2:17"],
    ["(k * 1000) + (k * 1000)", "output_bytes 2:14"],
    ["('&' * 1000000)|e|length", "output_bytes 2:19"],
    ["('é' * 1000000)|urlencode|length", "output_bytes 2:19"],
    ["('ΐ' * 1000000).upper()|length", "output_bytes 2:19"],
    ["range(90000)|map('center', 90000)|join|length", "steps 2:37"],
    ["([k * 9] * 9999)|sort|length", "steps 2:20"],
    ["([k * 9] * 9999)|unique|list|length", "steps 2:27"],
    ["([k * 9] * 9999)|max", "steps 2:20"],
    ["[k * 900] * 3000 == [k * 450 * 2] * 3000", "steps 2:20"],
  ])("%s", (expression, expected) => {
    expect(passed(`\n{{${expression} }}`, { k: "k".repeat(1024) })).toBe(expected);
  });
});
