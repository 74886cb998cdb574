/**
 * What went wrong, for programs to branch on.
 *
 * Each corresponds to the exception Python would raise, but for the two that have no counterpart:
 * `budget_exceeded` (Python has no budgets) and `not_supported` (Python can, this engine refuses).
 */
export type TemplateErrorCode =
  | "syntax_error"
  | "unknown_filter"
  | "unknown_test"
  | "undefined_error"
  | "type_error"
  | "value_error"
  | "key_error"
  | "index_error"
  | "attribute_error"
  | "zero_division_error"
  | "overflow_error"
  | "runtime_error"
  | "security_error"
  | "template_not_found"
  | "include_cycle"
  | "raised"
  | "not_supported"
  | "budget_exceeded";

export type BudgetName =
  | "template_bytes"
  | "variable_bytes"
  | "output_bytes"
  | "steps"
  | "milliseconds"
  | "nesting";

const EXCEPTIONS: Record<TemplateErrorCode, string | undefined> = {
  syntax_error: "TemplateSyntaxError",
  unknown_filter: "TemplateAssertionError",
  unknown_test: "TemplateAssertionError",
  undefined_error: "UndefinedError",
  type_error: "TypeError",
  value_error: "ValueError",
  key_error: "KeyError",
  index_error: "IndexError",
  attribute_error: "AttributeError",
  zero_division_error: "ZeroDivisionError",
  overflow_error: "OverflowError",
  runtime_error: "TemplateRuntimeError",
  security_error: "SecurityError",
  template_not_found: "TemplateNotFound",
  include_cycle: undefined,
  raised: "TemplateError",
  not_supported: undefined,
  budget_exceeded: undefined,
};

/** A place in one of the templates of a render. */
export interface TemplatePlace {
  /** The template's name, as the tag that included it wrote it; undefined for the template rendered. */
  readonly template: string | undefined;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

export interface TemplateErrorDetails {
  readonly code: TemplateErrorCode;
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** The source around the place, with a caret. Empty where there is no source. */
  readonly frame?: string | undefined;
  /** What the author may have meant: "did you mean `upper`?" */
  readonly hint?: string | undefined;
  /** Which limit was passed, when the code is `budget_exceeded`. */
  readonly budget?: BudgetName | undefined;
  /** The variable that is missing, when the code is `undefined_error`. */
  readonly variable?: string | undefined;
  /** Name of the included or imported template the error arose in; absent for the template rendered. */
  readonly template?: string | undefined;
  readonly includedFrom?: readonly TemplatePlace[];
}

/** The only error the template engine throws, for templates and for the values they are given. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly code: TemplateErrorCode;
  readonly line: number;
  readonly column: number;
  readonly frame: string;
  readonly hint: string | undefined;
  readonly budget: BudgetName | undefined;
  readonly variable: string | undefined;
  readonly template: string | undefined;
  /** Where that template was included, imported or called from, the nearest first. */
  readonly includedFrom: readonly TemplatePlace[];
  /** The exception class Python's Jinja2 would have raised here, where it has one. */
  readonly exception: string | undefined;

  constructor(details: TemplateErrorDetails) {
    super(details.message);
    this.code = details.code;
    this.line = details.line;
    this.column = details.column;
    this.frame = details.frame ?? "";
    this.hint = details.hint;
    this.budget = details.budget;
    this.variable = details.variable;
    this.template = details.template;
    this.includedFrom = details.includedFrom ?? [];
    this.exception = EXCEPTIONS[details.code];
  }
}

/** The same error, said to have arisen in another template. */
export function errorWithin(
  error: TemplateError,
  template: string | undefined,
  includedFrom: readonly TemplatePlace[],
): TemplateError {
  return new TemplateError({ ...error, message: error.message, template, includedFrom });
}

/** Where an error arose, in words: `line 3, column 5 of "tone", included at line 1, column 12`. */
export function describePlace({ line, column, template, includedFrom }: TemplateError): string {
  const places = [{ template, line, column }, ...includedFrom];
  return places
    .map((place) => {
      const within = place.template === undefined ? "" : ` of "${place.template}"`;
      return `line ${place.line}, column ${place.column}${within}`;
    })
    .join(", included at ");
}

const CONTEXT_LINES = 1;
const MAX_WIDTH = 100;

/**
 * The lines around a place in a template, with a caret under it, for people reading an error.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 */
export function codeFrame(source: string, line: number, column: number): string {
  const lines = source.split("\n");
  const first = Math.max(1, line - CONTEXT_LINES);
  const last = Math.min(lines.length, line + CONTEXT_LINES);
  const gutter = String(last).length;
  // A prompt is often one very long line: show the part around the column.
  const from = Math.max(0, column - 1 - MAX_WIDTH / 2);
  const out: string[] = [];
  for (let number = first; number <= last; number++) {
    const mark = number === line ? ">" : " ";
    const text = (lines[number - 1] ?? "").slice(from, from + MAX_WIDTH);
    out.push(`${mark} ${String(number).padStart(gutter)} | ${text}`.trimEnd());
    if (number === line) out.push(`  ${" ".repeat(gutter)} | ${" ".repeat(Math.max(0, column - 1 - from))}^`);
  }
  return out.join("\n");
}
