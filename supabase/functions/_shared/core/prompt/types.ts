/** Who speaks in a message. Nemo's templates are text, so tool and multi-part messages stay the client's. */
export type PromptRole = "system" | "developer" | "user" | "assistant";

export const PROMPT_ROLES: readonly PromptRole[] = ["system", "developer", "user", "assistant"];

/** One message of a version: `content` is Jinja2 source before rendering and plain text after it. */
export interface PromptMessage {
  readonly role: PromptRole;
  readonly content: string;
}

/**
 * What a version fills into the request where the client left a parameter out. Any parameter of the
 * chat completions API may stand here; only `model` means something to Nemo itself.
 */
export interface PromptConfig {
  readonly model?: string;
  readonly [parameter: string]: unknown;
}

export type VariableType = "string" | "number" | "boolean" | "list" | "object" | "any";

export const VARIABLE_TYPES: readonly VariableType[] = [
  "string",
  "number",
  "boolean",
  "list",
  "object",
  "any",
];

/** What an author says about one variable. Everything may be left out: the syntax tree knows most of it. */
export interface VariableDeclaration {
  readonly type?: VariableType;
  readonly description?: string;
  /** Used when the caller gives no value. JSON, or text for a string. */
  readonly default?: unknown;
  /** `false`: callers may leave it out. `true`: they must give it, though the text could do without. */
  readonly required?: boolean;
  /** Shown to people, and used for previews and token counts. Never sent to a provider by itself. */
  readonly example?: unknown;
}

/** How unknown names and undefined values are met: refused (`strict`, the default), or passed over (`lenient`). */
export type VariablesMode = "strict" | "lenient";

/** Whitespace options, named as Jinja2 names them. All are off by default, as in Jinja2. */
export interface TemplateOptions {
  readonly trim_blocks?: boolean;
  readonly lstrip_blocks?: boolean;
  readonly keep_trailing_newline?: boolean;
}

/** As stored in `prompt_versions.contract`. `{}` is a whole contract: all is derived from the syntax tree. */
export interface VariableContract {
  readonly variables?: Readonly<Record<string, VariableDeclaration>>;
  readonly variables_mode?: VariablesMode;
  readonly options?: TemplateOptions;
}

/** The part of a version that rendering needs. It is immutable once saved, so it may be prepared once. */
export interface PromptSource {
  readonly messages: readonly PromptMessage[];
  readonly contract?: VariableContract | null;
}

/** A version with what it includes; null when it includes nothing. */
export type IncludingSource = PromptSource & { readonly includes?: Includes | null | undefined };

/** What callers pass as `nemo_prompt_variables`. Values are data: they are never rendered again. */
export type PromptVariables = Readonly<Record<string, unknown>>;

/** Which version each include means: by its name as written in the source. */
export type Pins = Readonly<Record<string, { readonly template_id: string; readonly version: number }>>;

/** A version that another one includes, directly or through a third. */
export interface IncludedVersion {
  readonly template_id: string;
  readonly version: number;
  /** The template's slug. */
  readonly name: string;
  readonly messages: unknown;
  readonly contract: unknown;
  readonly pins: Pins;
}

/** What a version includes, as `nemo.prompt_includes` answers it. */
export interface Includes {
  /** The slug of the including version's template. */
  readonly name?: string;
  readonly pins: Pins;
  readonly versions: readonly IncludedVersion[];
}
