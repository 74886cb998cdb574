import type { Body } from "./ast/statements.ts";
import { DEFAULT_BUDGETS } from "./budgets.ts";
import { JinjaTokenizer } from "./parser/jinja-tokenizer.ts";
import { type Extension, StatementParser } from "./parser/statement-parser.ts";
import { codeFrame, TemplateError } from "./template-error.ts";
import { utf8Length } from "./text/code-points.ts";

export interface ParseOptions {
  /** Takes the newline behind a block tag away. Default false. */
  readonly trimBlocks?: boolean;
  /** Takes the blanks before a block tag that begins its line away. Default false. */
  readonly lstripBlocks?: boolean;
  /** Keeps the one newline at the end of the source that is dropped otherwise. Default false. */
  readonly keepTrailingNewline?: boolean;
  /**
   * What Jinja2 has as extensions, and what chat templates expect beside it. Default: all of them;
   * `[]` is Jinja2's own default.
   * - `do`: the statement of that name
   * - `loopcontrols`: `break` and `continue`
   * - `chat`: `raise_exception(message)`, `strftime_now(format)` where the render has a clock, and
   *   `tojson` with the arguments `ensure_ascii`, `separators` and `sort_keys`
   */
  readonly extensions?: readonly (Extension | "chat")[];
  /** Called so in errors that arise when another template includes it. */
  readonly name?: string;
}

/** A template ready to render any number of times, and to be walked by a linter. Never changes. */
export interface ParsedTemplate {
  readonly name: string | undefined;
  /** The source with newlines as `\n`, to which lines and columns refer. */
  readonly source: string;
  readonly body: Body;
  /** Whether the functions of chat templates are there: see `ParseOptions.extensions`. */
  readonly chat: boolean;
}

const ALL_EXTENSIONS: readonly (Extension | "chat")[] = ["do", "loopcontrols", "chat"];

/**
 * Parses Jinja2. Linear in the length of the source.
 *
 * @param source at most 64 KiB of UTF-8
 * @throws TemplateError `syntax_error`; `budget_exceeded` for a source too long or nested too deeply
 */
export function parseTemplate(source: string, options: ParseOptions = {}): ParsedTemplate {
  const { templateBytes } = DEFAULT_BUDGETS;
  if (source.length > templateBytes || utf8Length(source) > templateBytes) throw tooLong(templateBytes);
  const text = normalizeNewlines(source, options.keepTrailingNewline === true);
  const { trimBlocks = false, lstripBlocks = false, extensions = ALL_EXTENSIONS } = options;
  const parser = new StatementParser(new JinjaTokenizer(text, { trimBlocks, lstripBlocks }));
  parser.extensionNames = extensions;
  const body = parser.parseAsRoot().children as Body;
  return { name: options.name, source: text, body, chat: extensions.includes("chat") };
}

function normalizeNewlines(source: string, keepTrailing: boolean): string {
  const text = source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
  return !keepTrailing && text.endsWith("\n") ? text.slice(0, -1) : text;
}

function tooLong(limit: number): TemplateError {
  const message = `The template is longer than ${limit} bytes.`;
  const frame = codeFrame("", 1, 1);
  return new TemplateError({
    code: "budget_exceeded",
    budget: "template_bytes",
    message,
    line: 1,
    column: 1,
    frame,
  });
}
