import process from "node:process";
import { Meter } from "../../supabase/functions/_shared/core/template/budgets.ts";
import { parseJson } from "../../supabase/functions/_shared/core/template/parse-json.ts";
import { render } from "../../supabase/functions/_shared/core/template/render.ts";
import { TemplateError } from "../../supabase/functions/_shared/core/template/template-error.ts";
import { Float } from "../../supabase/functions/_shared/core/template/values/float.ts";

export interface Failure {
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

export type Answer = { readonly output: string } | Failure;

const SWITCHES = ["trim_blocks", "lstrip_blocks", "keep_trailing_newline"];
const EXTENSIONS = ["do", "loopcontrols", "chat", "jinja2.ext.do", "jinja2.ext.loopcontrols"];

/** Answers one line of input. */
export function renderLine(line: string): Answer {
  let request: Record<string, unknown> | undefined;
  try {
    request = asRecord(parseJson(line));
  } catch (error) {
    // JavaScript reads any depth, but hands it over for a closer look only where its own stack suffices.
    if (error instanceof RangeError) return failure("invalid_request", "The line nests too deeply.");
    return failure("invalid_json", error instanceof Error ? error.message : String(error));
  }
  if (typeof request?.template !== "string") {
    return failure("invalid_request", "A line must be an object with a `template` that is a text.");
  }
  const { template } = request;
  const variables = asRecord(request.vars ?? {});
  const options = asRecord(request.options ?? {});
  if (!variables || !options) return failure("invalid_request", "`vars` and `options` must be objects.");
  const refused = refusedOption(options);
  if (refused !== undefined) return failure("invalid_request", refused);
  try {
    return { output: render(template, variables, options, { meter: new Meter({}, processorTime) }) };
  } catch (error) {
    if (error instanceof TemplateError) return templateFailure(error);
    throw error;
  }
}

export function failure(code: string, message: string): Failure {
  return { error: { code, message, line: null, column: null } };
}

function templateFailure(error: TemplateError): Failure {
  const { code, message, line, column, hint, budget, variable, exception } = error;
  return { error: { code, message, line, column, ...present({ hint, budget, variable, exception }) } };
}

/** What is wrong with the options: one that is not understood would render something else in silence. */
function refusedOption(options: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(options)) {
    if (name === "extensions") {
      const known = Array.isArray(value) && value.every((extension) => EXTENSIONS.includes(extension));
      if (!known) return `\`extensions\` must be a list of: ${EXTENSIONS.join(", ")}.`;
    } else if (!SWITCHES.includes(name)) {
      return `There is no option \`${name}\`. There are: ${[...SWITCHES, "extensions"].join(", ")}.`;
    } else if (typeof value !== "boolean") return `The option \`${name}\` must be true or false.`;
  }
  return undefined;
}

/** An object of the JSON; the order of its own keys does not matter here. */
function asRecord(value: unknown): Record<string, unknown> | undefined {
  if (value instanceof Map) return Object.fromEntries(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value instanceof Float ? undefined : (value as Record<string, unknown>);
}

/** Processor time, so that a busy machine does not make a template run out of time. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

/** The entries that have a value. */
function present(entries: Record<string, string | undefined>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(entries)) if (value !== undefined) given[name] = value;
  return given;
}
