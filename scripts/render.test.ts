import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("./render.ts", import.meta.url));
const running = new Set<ChildProcessWithoutNullStreams>();
afterEach(() => {
  for (const child of running) child.kill();
});

interface Answer {
  readonly output?: string;
  readonly error?: { code: string; message: string; line: number | null; column: number | null };
}

function start(...flags: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [...flags, script]);
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** What comes of an input given as a whole. */
async function answers(input: string | Uint8Array, ...flags: string[]): Promise<Answer[]> {
  const child = start(...flags);
  child.stdin.end(input);
  const lines: Answer[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(JSON.parse(line));
  if (child.exitCode === null) await once(child, "exit");
  expect(child.exitCode).toBe(0);
  return lines;
}

const outputs = async (input: string | Uint8Array) =>
  (await answers(input)).map(({ output, error }) => output ?? error?.code);

const request = (template: string, vars?: unknown, options?: unknown) =>
  JSON.stringify({ template, vars, options });

describe("each line is answered", () => {
  test("blank lines, CRLF, a byte-order mark and a last line without an end are no obstacles", async () => {
    const input = `\ufeff${request("a")}\r\n\n  \r\n${request("b")}\n\n${request("c")}`;
    expect(await outputs(input)).toEqual(["a", "b", "c"]);
  });

  test("what is no JSON, no object or no template says so and does not stop the lines behind it", async () => {
    const bad = [
      "{",
      "nonsense",
      '{"template": "a"} b',
      "[]",
      "7",
      "1.5",
      '"text"',
      "null",
      "{}",
      '{"template": 1}',
    ];
    const lines = await answers([...bad, request("ok")].join("\n"));
    expect(lines.map(({ output, error }) => output ?? error?.code)).toEqual([
      ...["invalid_json", "invalid_json", "invalid_json"],
      ...Array(7).fill("invalid_request"),
      "ok",
    ]);
    expect(lines[0]?.error).toMatchObject({ line: null, column: null });
  });

  test("variables and options that are no objects are refused, and null is as good as none", async () => {
    const given = [request("a", []), request("a", "x"), request("a", {}, [1]), request("a", null, null)];
    expect(await outputs(given.join("\n"))).toEqual([...Array(3).fill("invalid_request"), "a"]);
  });

  test("an option that is not understood is refused and named, as it would change the text", async () => {
    const given = [
      { trim_block: true },
      { autoescape: true },
      { trim_blocks: "yes" },
      { extensions: ["i18n"] },
    ];
    const lines = await answers(given.map((options) => request("a", {}, options)).join("\n"));
    expect(lines.map(({ error }) => error?.code)).toEqual(Array(4).fill("invalid_request"));
    expect(lines[0]?.error?.message).toContain("`trim_block`");
    const known = { trim_blocks: true, keep_trailing_newline: true, extensions: ["jinja2.ext.do"] };
    expect(await outputs(request("{% do [] %}\na\n", {}, known))).toEqual(["a\n"]);
  });

  test("an error of the template says where", async () => {
    const [line] = await answers(request("one\n{{ x|uper }}"));
    expect(line?.error).toMatchObject({
      code: "unknown_filter",
      line: 2,
      column: 6,
      hint: "did you mean `upper`?",
    });
  });

  test("several megabytes in a line are read, and judged by the budgets", async () => {
    const long = 'x\\"é😀'.repeat(800_000);
    const many = JSON.stringify({ template: "{{ n }}", vars: { n: 1 }, ignored: { "1": long, f: 1.5 } });
    expect(await outputs(`${many}\n${request(long)}\n${request("a", { long })}\n${request("ok")}`)).toEqual([
      "1",
      "budget_exceeded",
      "budget_exceeded",
      "ok",
    ]);
  });

  test("a line beyond any use, and one that nests beyond any, cost only themselves", async () => {
    const deep = `{"template": "a", "vars": {"f": 1.5, "x": ${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
    const lines = await answers(`${"x".repeat(33 * 1024 * 1024)}\n${deep}\n${request("ok")}`);
    expect(lines.map(({ output, error }) => output ?? error?.code)).toEqual([
      "invalid_request",
      "invalid_request",
      "ok",
    ]);
    expect(lines[0]?.error?.message).toContain("32 MiB");
  });
});

describe("JSON is read as Python reads it", () => {
  test("floats stay floats, long integers keep their digits", async () => {
    const line =
      '{"template": "{{ a }} {{ b }} {{ c }} {{ d }}", "vars": {"a": 1.0, "b": 12345678901234567890, "c": 1e3, "d": 7}}';
    expect(await outputs(line)).toEqual(["1.0 12345678901234567890 1000.0 7"]);
  });

  test("keys that look like integers keep their place", async () => {
    const line =
      '{"template": "{{ d }}{{ d.items()|list }}", "vars": {"d": {"b": 1, "2": {"y": "k\\": 1", "1": 0}}}, "7": 1}';
    const expected = `{'b': 1, '2': {'y': 'k": 1', '1': 0}}[('b', 1), ('2', {'y': 'k": 1', '1': 0})]`;
    expect(await outputs(line)).toEqual([expected]);
  });
});

describe("the streams", () => {
  test("characters cut in two by chunks arrive whole", async () => {
    const child = start();
    const bytes = Buffer.from(`${request("é😀{{ a }}", { a: "ß" })}\n`);
    const received = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (const byte of bytes) {
      child.stdin.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(JSON.parse((await received.next()).value as string)).toEqual({ output: "é😀ß" });
    child.stdin.end();
  });

  test("each answer is there before the next line is sent", async () => {
    const child = start();
    const received = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (let index = 0; index < 50; index++) {
      child.stdin.write(`${request("{{ i }}", { i: index })}\n`);
      expect(JSON.parse((await received.next()).value as string)).toEqual({ output: String(index) });
    }
    child.stdin.end();
  });

  test("a reader that goes away ends it quietly", async () => {
    const child = start();
    let complaint = "";
    child.stderr.on("data", (chunk) => {
      complaint += chunk;
    });
    child.stdin.on("error", () => {});
    const line = `${request("{{ 'x' * 100000 }}")}\n`;
    child.stdin.write(line);
    await once(child.stdout, "data");
    child.stdout.destroy();
    child.stdin.write(line.repeat(50));
    const [code] = await once(child, "exit");
    expect([code, complaint]).toEqual([0, ""]);
  });

  test("ten thousand lines keep their order in little memory", async () => {
    const filler = "x".repeat(20_000);
    const input = Array.from({ length: 10_000 }, (_, i) =>
      request("{{ i }}{{ f|length }}", { i, f: filler }),
    );
    const lines = await answers(input.join("\n"), "--max-old-space-size=64");
    expect(lines.map(({ output }) => output)).toEqual(input.map((_, i) => `${i}20000`));
  });
});
