import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("./deploy.ts", import.meta.url));
const call = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });

test("--dry-run prints the steps in their order", () => {
  const { status, stdout } = call("--dry-run");
  const steps = ["db push", "config push", "secrets list", "functions deploy"].map((step) =>
    stdout.indexOf(step),
  );
  expect([status, steps.every((place) => place >= 0), steps.toSorted((a, b) => a - b)]).toEqual([
    0,
    true,
    steps,
  ]);
});

test("--help says how it is called, and a misspelt option deploys nothing", () => {
  expect(call("--help")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Usage: npm run deploy/),
  });
  for (const args of [["--dryrun"], ["dry-run"]])
    expect(call(...args)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("Usage: npm run deploy"),
    });
});
