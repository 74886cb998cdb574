/**
 * Renders templates from the command line: one JSON object per line in, one per line out, in the same
 * order, each written as soon as it is done.
 *
 *   in:  {"template": "Hello {{ name }}", "vars": {"name": "World"}, "options": {"trim_blocks": true}}
 *   out: {"output": "Hello World"}
 *        {"error": {"code": "undefined_error", "message": "…", "line": 1, "column": 4}}
 *
 * Options: `trim_blocks`, `lstrip_blocks`, `keep_trailing_newline`, and `extensions` (a list of
 * `jinja2.ext.do` and `jinja2.ext.loopcontrols`). Without options a template means what it means in
 * Jinja2's default environment. Errors outside any template are `invalid_json` and `invalid_request`.
 */
import process from "node:process";
import { pathToFileURL } from "node:url";
import { Meter } from "../supabase/functions/_shared/core/template/budgets.ts";
import { render } from "../supabase/functions/_shared/core/template/render.ts";
import { TemplateError } from "../supabase/functions/_shared/core/template/template-error.ts";
import { Float } from "../supabase/functions/_shared/core/template/values/float.ts";

interface Failure {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly line: number | null;
    readonly column: number | null;
    readonly hint?: string;
    readonly budget?: string;
    readonly variable?: string;
    /** The exception Python would raise, where it would. */
    readonly exception?: string;
  };
}

function failure(code: string, message: string): Failure {
  return { error: { code, message, line: null, column: null } };
}

/** Keeps what `JSON.parse` alone loses: that `1.0` is a float, and the digits of large integers. */
export function parseJson(line: string): unknown {
  if (!/\d[.eE]|\d{16}/.test(line)) return JSON.parse(line);
  return JSON.parse(line, (_key: string, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    if (typeof value !== "number" || source === undefined) return value;
    if (/[.eE]/.test(source)) return new Float(value);
    return Number.isSafeInteger(value) ? value : BigInt(source);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Processor time, so that a busy machine does not make a template run out of time. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

/** Answers one line of input. */
export function renderLine(line: string): { output: string } | Failure {
  let request: unknown;
  try {
    request = parseJson(line);
  } catch (error) {
    return failure("invalid_json", error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(request) || typeof request.template !== "string") {
    return failure("invalid_request", "A line must be an object with a `template` that is a text.");
  }
  const { template, vars = {}, options = {} } = request;
  if (!isRecord(vars) || !isRecord(options)) {
    return failure("invalid_request", "`vars` and `options` must be objects.");
  }
  try {
    return { output: render(template, vars, options, { meter: new Meter({}, processorTime) }) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { code, message, line: row, column, hint, budget, variable, exception } = error;
    return { error: { code, message, line: row, column, ...present({ hint, budget, variable, exception }) } };
  }
}

/** The entries that have a value. */
function present(entries: Record<string, string | undefined>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(entries)) if (value !== undefined) given[name] = value;
  return given;
}

/** The lines of a stream, ended by `\n` alone: other line breaks may stand inside JSON texts. */
async function* linesOf(stream: AsyncIterable<string>): AsyncGenerator<string> {
  let pieces: string[] = [];
  for await (const chunk of stream) {
    const parts = chunk.split("\n");
    const last = parts.pop() ?? "";
    for (const part of parts) {
      yield [...pieces, part].join("");
      pieces = [];
    }
    pieces.push(last);
  }
  yield pieces.join("");
}

async function main(): Promise<void> {
  process.stdin.setEncoding("utf8");
  for await (const line of linesOf(process.stdin as AsyncIterable<string>)) {
    if (line.trim() === "") continue;
    const flowing = process.stdout.write(`${JSON.stringify(renderLine(line))}\n`);
    if (!flowing) await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
