/**
 * npm run -s lint-prompt -- [--json] [--model NAME] FILE …
 *
 * Lints prompts. A `.json` file holds `{messages, contract?, config?}` or an array of messages; any other file
 * is one template, linted as a system message; `-` is what comes on standard input, a template or JSON. Exit code 0:
 * no errors (there may be warnings); 1: errors; 2: a file cannot be read, or the command was called wrongly.
 */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { type LintInput, lintPrompt } from "../supabase/functions/_shared/core/lint/lint-prompt.ts";
import type { LintReport, LintResult } from "../supabase/functions/_shared/core/lint/lint-result.ts";
import { codeFrame } from "../supabase/functions/_shared/core/template/template-error.ts";
import { loadTokenCounter } from "../supabase/functions/_shared/core/tokens/count-tokens.ts";

const USAGE = "Usage: npm run -s lint-prompt -- [--json] [--model NAME] FILE …   (- is standard input)";

interface LintedFile {
  readonly file: string;
  readonly input: LintInput;
  readonly report: LintReport;
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      json: { type: "boolean", default: false },
      model: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (positionals.length === 0) throw new Error(USAGE);
  const linted: LintedFile[] = [];
  let unread = 0;
  for (const file of positionals) {
    try {
      linted.push(await lintFile(file, values.model));
    } catch (error) {
      unread++;
      console.error(`${file}: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (values.json) console.log(JSON.stringify(linted.map(({ file, report }) => ({ file, ...report }))));
  else for (const one of linted) console.log(describe(one));
  if (unread > 0) return 2;
  return linted.every(({ report }) => report.passed) ? 0 : 1;
}

async function lintFile(file: string, model: string | undefined): Promise<LintedFile> {
  const input = readInput(file, file === "-" ? await text(process.stdin) : await readFile(file, "utf8"));
  const named = (input.config as { model?: unknown } | undefined)?.model;
  const name = model ?? (typeof named === "string" ? named : null);
  const config = name === null ? input.config : { model: name };
  const report = lintPrompt({ ...input, config }, { tokens: await loadTokenCounter(name) });
  return { file, input, report };
}

function readInput(file: string, content: string): LintInput {
  if (file.endsWith(".json")) {
    const version = readVersion(JSON.parse(content));
    if (version) return version;
    throw new Error("It holds neither a list of messages nor an object with `messages`.");
  }
  // Standard input has no name that tells what it is.
  const version = file === "-" ? readVersion(parseJson(content)) : null;
  return version ?? { messages: [{ role: "system", content }] };
}

function readVersion(value: unknown): LintInput | null {
  if (Array.isArray(value)) return { messages: value };
  return typeof value === "object" && value !== null && "messages" in value ? (value as LintInput) : null;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

function describe({ file, input, report }: LintedFile): string {
  const parts = report.findings.map((finding) => describeFinding(file, input, finding));
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
  return [
    ...parts,
    `${file}: ${count(report.errorCount, "error")}, ${count(report.warningCount, "warning")}`,
  ].join("\n\n");
}

function describeFinding(file: string, { messages }: LintInput, finding: LintResult): string {
  const { rule, level, message, remedy, messageIndex, line, column } = finding;
  const many = Array.isArray(messages) && (messages.length > 1 || file.endsWith(".json"));
  const where =
    messageIndex === null ? file : `${file}:${many ? `messages[${messageIndex}]:` : ""}${line}:${column}`;
  const content =
    messageIndex === null ? undefined : (messages as { content?: unknown }[])[messageIndex]?.content;
  const frame = typeof content === "string" ? codeFrame(content.replace(/\r\n?/g, "\n"), line, column) : "";
  return [`${where}  ${level}  ${message}  (${rule})`, frame, `  ${remedy}`]
    .filter((part) => part !== "")
    .join("\n");
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(message === USAGE ? USAGE : `${message}\n${USAGE}`);
  process.exitCode = 2;
}
