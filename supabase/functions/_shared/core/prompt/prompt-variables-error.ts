export type PromptVariablesErrorCode = "prompt_variables_missing" | "prompt_variables_unknown";

/** The caller's variables do not fit the contract. Names all of them at once, so one correction is enough. */
export class PromptVariablesError extends Error {
  override readonly name = "PromptVariablesError";
  /** `prompt_variables_missing` also where some are unknown as well: those are in {@link unknown}. */
  readonly code: PromptVariablesErrorCode;
  readonly missing: readonly string[];
  readonly unknown: readonly string[];

  constructor(missing: readonly string[], unknown: readonly string[], known: readonly string[] = []) {
    super(sentences(missing, unknown, known));
    this.code = missing.length > 0 ? "prompt_variables_missing" : "prompt_variables_unknown";
    this.missing = missing;
    this.unknown = unknown;
  }

  /** The names {@link code} is about. */
  get names(): readonly string[] {
    return this.code === "prompt_variables_missing" ? this.missing : this.unknown;
  }
}

function sentences(missing: readonly string[], unknown: readonly string[], known: readonly string[]): string {
  const parts: string[] = [];
  if (missing.length > 0) parts.push(`Missing prompt ${variables(missing)}. Give a value for each.`);
  if (unknown.length > 0) {
    const takes = known.length > 0 ? `The prompt takes ${list(known)}.` : "The prompt takes none.";
    parts.push(`Unknown prompt ${variables(unknown)}. ${takes}`);
  }
  return parts.join(" ");
}

function variables(names: readonly string[]): string {
  return `${names.length === 1 ? "variable" : "variables"}: ${list(names)}`;
}

/** Names come from callers, so a message holds only so many of them, each only so long. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 50).map((name) => (name.length > 64 ? `${name.slice(0, 63)}…` : name));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
