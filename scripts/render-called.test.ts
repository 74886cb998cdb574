import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("./render.ts", import.meta.url));
const request = (template: string) => JSON.stringify({ template });
const call = (...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], { encoding: "utf8", input: request("from standard input") });

test("files are read in the order given, and - is standard input", () => {
  const folder = mkdtempSync(join(tmpdir(), "nemo-render-"));
  try {
    const file = join(folder, "lines.jsonl");
    writeFileSync(file, `\ufeff${request("a")}\n${request("b")}`);
    const { status, stdout } = call(file, "-");
    expect([
      status,
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).output),
    ]).toEqual([0, ["a", "b", "from standard input"]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("--help says how and ends with 0; an unknown option or a file that is not there end with 2 and say so", () => {
  expect(call("--help")).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: /), stderr: "" });
  expect(call("--helf")).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(/--helf[\s\S]*Usage: /),
  });
  expect(call("/no/such/file")).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(/no such file[\s\S]*Usage: /),
  });
});
