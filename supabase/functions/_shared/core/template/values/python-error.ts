import type { BudgetName, TemplateErrorCode } from "../template-error.ts";

interface Extras {
  readonly hint?: string | undefined;
  readonly variable?: string | undefined;
  readonly budget?: BudgetName;
}

/**
 * An error raised while evaluating, before it is known where in the template that was. The renderer
 * turns it into a `TemplateError`, so nothing outside the engine ever sees one.
 */
export class PythonError extends Error {
  readonly code: TemplateErrorCode;
  readonly hint: string | undefined;
  readonly variable: string | undefined;
  readonly budget: BudgetName | undefined;

  constructor(code: TemplateErrorCode, message: string, extras: Extras = {}) {
    super(message);
    this.code = code;
    this.hint = extras.hint;
    this.variable = extras.variable;
    this.budget = extras.budget;
  }
}

export function typeError(message: string, hint?: string): PythonError {
  return new PythonError("type_error", message, { hint });
}

export function valueError(message: string): PythonError {
  return new PythonError("value_error", message);
}

/** Jinja2's `FilterArgumentError`, a kind of `TemplateRuntimeError`. */
export function runtimeError(message: string, hint?: string): PythonError {
  return new PythonError("runtime_error", message, { hint });
}

export function overflowError(message: string): PythonError {
  return new PythonError("overflow_error", message);
}

/** Python can do this and this engine refuses: a clear error instead of a different text. */
export function notSupported(message: string, hint?: string): PythonError {
  return new PythonError("not_supported", message, { hint });
}

export function budgetError(budget: BudgetName, message: string): PythonError {
  return new PythonError("budget_exceeded", message, { budget });
}
