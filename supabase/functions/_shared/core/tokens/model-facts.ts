import { windowOf } from "./model-windows.ts";

export type EncodingName = "o200k_base" | "cl100k_base";

/** What is known of a model, from its name alone. */
export interface ModelFacts {
  readonly encoding: EncodingName;
  /** Whether the model really uses this encoding; otherwise a count is an estimate. */
  readonly exact: boolean;
  /** Tokens the model takes, of most models with its answer; null where this version does not know the model. */
  readonly contextWindow: number | null;
}

const UNKNOWN: ModelFacts = { encoding: "o200k_base", exact: false, contextWindow: null };

/**
 * OpenAI's models come from `gpt-tokenizer`, the others from {@link windowOf}. `openai/gpt-4o` and `models/gpt-4o` name
 * the model behind the last slash, as routers spell them.
 */
export async function modelFacts(model?: string | null): Promise<ModelFacts> {
  const name = (model ?? "").toLowerCase().replace(/^.*\//, "");
  if (name === "") return UNKNOWN;
  const [specs, { modelToEncodingMap }] = await Promise.all([
    import("gpt-tokenizer/models"),
    import("gpt-tokenizer/mapping"),
  ]);
  const known = knownName(name, specs);
  if (known === null) {
    // Other makers' tokenizers are not public or not in the library: what is counted is an estimate.
    return { ...UNKNOWN, contextWindow: windowOf(name) };
  }
  const contextWindow = (specs as Record<string, { context_window?: number }>)[known]?.context_window ?? null;
  const encoding = (modelToEncodingMap as Record<string, string>)[known] ?? "o200k_base";
  return encoding === "cl100k_base"
    ? { encoding, exact: true, contextWindow }
    : { encoding: "o200k_base", exact: encoding.startsWith("o200k"), contextWindow };
}

/** A dated snapshot the library has not heard of (`gpt-4o-2027-01-01`) counts as its model. */
function knownName(name: string, specs: object): string | null {
  if (Object.hasOwn(specs, name)) return name;
  const undated = name.replace(/-20\d\d-\d\d-\d\d$/, "");
  return Object.hasOwn(specs, undated) ? undated : null;
}
