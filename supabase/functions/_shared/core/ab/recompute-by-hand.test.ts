import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { assignVariant } from "./assign-variant.ts";

const TEST_ID = "0190a6e2-7b1c-7c3e-8f4d-2a5b6c7d8e9f";
const hasPython = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!hasPython)(
  "the program in docs/ab-tests.md gives every unit the variant the gateway gives it",
  () => {
    const page = readFileSync(new URL("../../../../../docs/ab-tests.md", import.meta.url), "utf8");
    const snippet = /```python\n([\s\S]*?)```/.exec(page)?.[1];
    const units = [...Array.from({ length: 500 }, (_, i) => `user-${i}`), "Zoë", "日本語", "", "a:b"];
    const weights = { A: 3333, B: 3333, C: 3334 };
    const program = `${snippet}
import json, sys
given = json.load(sys.stdin)
print(json.dumps([variant(given["test"], unit, given["weights"]) for unit in given["units"]]))`;
    const input = JSON.stringify({ test: TEST_ID, units, weights });
    const answer = JSON.parse(execFileSync("python3", ["-c", program], { input, encoding: "utf8" }));
    const variants = Object.entries(weights).map(([letter, weight]) => ({ letter, weight }));
    expect(answer).toEqual(units.map((unit) => assignVariant(TEST_ID, unit, variants).letter));
  },
);
