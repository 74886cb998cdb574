import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { assignVariant } from "./assign-variant.ts";

const TEST_ID = "0190a6e2-7b1c-7c3e-8f4d-2a5b6c7d8e9f";
const hasPython = spawnSync("python3", ["--version"]).status === 0;
const page = readFileSync(new URL("../../../../../docs/ab-tests.md", import.meta.url), "utf8");
const units = [...Array.from({ length: 500 }, (_, i) => `user-${i}`), "Zoë", "日本語", "", "a:b"];
const weights = { A: 3333, B: 3333, C: 3334 };
const variants = Object.entries(weights).map(([letter, weight]) => ({ letter, weight }));
const served = units.map((unit) => assignVariant(TEST_ID, unit, variants).letter);

/** Runs the page's program in a language, as it stands there, with a line that asks it for every unit. */
function answers(language: string, asking: string, run: (program: string) => [string, string[]]): unknown {
  const snippet = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  const [command, args] = run(`${snippet}\n${asking}`);
  const input = JSON.stringify({ test: TEST_ID, units, weights });
  return JSON.parse(execFileSync(command, args, { input, encoding: "utf8" }));
}

test.skipIf(!hasPython)(
  "the program in docs/ab-tests.md gives every unit the gateway's variant, in Python",
  () => {
    const asking = `
import json, sys
given = json.load(sys.stdin)
print(json.dumps([variant(given["test"], unit, given["weights"]) for unit in given["units"]]))`;
    expect(answers("python", asking, (program) => ["python3", ["-c", program]])).toEqual(served);
  },
);

test("and in JavaScript", () => {
  const asking = `
const given = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));
console.log(JSON.stringify(given.units.map((unit) => variant(given.test, unit, given.weights))));`;
  const run = (program: string): [string, string[]] => [
    process.execPath,
    ["--input-type=module", "-e", program],
  ];
  expect(answers("js", asking, run)).toEqual(served);
});
