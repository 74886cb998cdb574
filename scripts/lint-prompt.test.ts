import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const script = fileURLToPath(new URL("./lint-prompt.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "nemo-lint-"));
afterAll(() => rmSync(folder, { recursive: true }));

function lint(name: string, text: string, ...options: string[]) {
  const file = join(folder, name);
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options, file], {
    encoding: "utf8",
  });
  return { status, stdout, stderr, file };
}

test("a template with errors ends with 1 and shows place, code and remedy", () => {
  const { status, stdout, file } = lint("greeting.j2", "Hi\n{{ name | uper }}\n");
  expect(status).toBe(1);
  expect(stdout).toContain(`${file}:2:11  error  There is no filter \`uper\`.  (unknown-filter)`);
  expect(stdout).toContain("> 2 | {{ name | uper }}\n    |           ^");
  expect(stdout).toContain("Did you mean `upper`?");
  expect(stdout).toContain("1 error, 1 warning");
});

test("a template with warnings alone ends with 0", () => {
  const { status, stdout } = lint("blanks.txt", "Be kind.  \nBe brief.");
  expect(status).toBe(0);
  expect(stdout).toContain("trailing-whitespace");
});

test("a version as JSON is linted with its contract, and --json answers for programs", () => {
  const version = { messages: [{ role: "user", content: "{{ a }}" }], contract: { variables: { b: {} } } };
  const { status, stdout } = lint("version.json", JSON.stringify(version), "--json");
  expect(status).toBe(1);
  const [report] = JSON.parse(stdout);
  expect(report.findings.map((finding: { rule: string }) => finding.rule)).toEqual([
    "undeclared-variable",
    "unused-contract-variable",
  ]);
});

test("a file that is not there, broken JSON and no file at all end with 2 and say so", () => {
  const missing = spawnSync(process.execPath, [script, join(folder, "missing.j2")], { encoding: "utf8" });
  expect([missing.status, missing.stderr.includes("no such file")]).toEqual([2, true]);
  expect(lint("broken.json", "{").status).toBe(2);
  const none = spawnSync(process.execPath, [script], { encoding: "utf8" });
  expect([none.status, none.stderr.startsWith("Usage:")]).toEqual([2, true]);
});
