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

test("--help says how it is called and ends with 0", () => {
  const { status, stdout } = spawnSync(process.execPath, [script, "--help"], { encoding: "utf8" });
  expect([status, stdout.startsWith("Usage:")]).toEqual([0, true]);
});

test("several files are all linted; errors in one end with 1, one that cannot be read with 2 and the others said", () => {
  const [good, bad] = [join(folder, "good.txt"), join(folder, "bad.txt")];
  writeFileSync(good, "Be kind.");
  writeFileSync(bad, "{{ a | nope }}");
  const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  expect(run(good, good).status).toBe(0);
  const both = run(good, bad);
  expect(both.status).toBe(1);
  expect(both.stdout).toContain(`${good}: 0 errors, 0 warnings`);
  expect(both.stdout).toContain(`${bad}: 1 error, 0 warnings`);
  const unread = run("--json", join(folder, "missing.j2"), folder, bad);
  expect(unread.status).toBe(2);
  expect(unread.stderr).toContain("missing.j2: ENOENT");
  expect(unread.stderr).toContain(`${folder}: EISDIR`);
  expect(JSON.parse(unread.stdout).map(({ file }: { file: string }) => file)).toEqual([bad]);
});

test("- is standard input, a template or a version as JSON", () => {
  const run = (input: string) => spawnSync(process.execPath, [script, "-"], { input, encoding: "utf8" });
  expect(run("{{ name }}")).toMatchObject({ status: 0, stdout: "-: 0 errors, 0 warnings\n" });
  expect(run('{"name": "{{ name }}"}')).toMatchObject({ status: 0, stdout: "-: 0 errors, 0 warnings\n" });
  const version = [
    { role: "user", content: "Hi" },
    { role: "user", content: "{{ a | nope }}" },
  ];
  const { status, stdout } = run(JSON.stringify(version));
  expect([status, stdout.includes("-:messages[1]:1:8  error")]).toEqual([1, true]);
});

test("an option that does not exist, and JSON that is no version, end with 2 and say how to call it", () => {
  const { status, stderr } = lint("good.txt", "Be kind.", "--fix");
  expect([status, stderr.includes("--fix"), stderr.includes("Usage:")]).toEqual([2, true, true]);
  const files = ["null", "3", "{}", '"text"'].map((odd, at) => {
    const file = join(folder, `odd-${at}.json`);
    writeFileSync(file, odd);
    return file;
  });
  const told = spawnSync(process.execPath, [script, ...files], { encoding: "utf8" });
  expect([told.status, told.stderr.match(/neither a list of messages/g)?.length]).toEqual([2, 4]);
});

test("a model's window is looked at when one is named", () => {
  const { status, stdout } = lint("long.txt", "word ".repeat(9000), "--model", "gpt-4");
  expect([status, stdout.includes("gpt-4 takes 8192")]).toEqual([0, true]);
});
