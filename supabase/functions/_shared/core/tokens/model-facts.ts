export type EncodingName = "o200k_base" | "cl100k_base";

/** What is known of a model, from its name alone. */
export interface ModelFacts {
  readonly encoding: EncodingName;
  /** Whether the model really uses this encoding; otherwise a count is an estimate. */
  readonly exact: boolean;
  /** Tokens that fit into prompt and answer together; null where this version does not know the model. */
  readonly contextWindow: number | null;
}

/** When {@link OTHER_FAMILIES} was last compared with the makers' own pages. OpenAI's come from `gpt-tokenizer` 4.0.0. */
export const MODEL_FACTS_DATE = "2026-11-23";

/**
 * Models that are not OpenAI's, by the beginning of their name. Their tokenizers are not public or not in the
 * library, so they are counted by `o200k_base` as an estimate; the windows are the smallest of each family.
 */
const OTHER_FAMILIES: readonly (readonly [prefix: string, contextWindow: number])[] = [
  ["claude-", 200_000],
  ["gemini-", 1_048_576],
  ["llama-3.1", 131_072],
  ["llama-3.2", 131_072],
  ["llama-3.3", 131_072],
  ["mistral-large", 131_072],
  ["deepseek-", 65_536],
];

const UNKNOWN: ModelFacts = { encoding: "o200k_base", exact: false, contextWindow: null };

/** `openai/gpt-4o` and `models/gpt-4o` name the model behind the last slash, as routers spell them. */
export async function modelFacts(model?: string | null): Promise<ModelFacts> {
  const name = (model ?? "").toLowerCase().replace(/^.*\//, "");
  if (name === "") return UNKNOWN;
  const [specs, { modelToEncodingMap }] = await Promise.all([
    import("gpt-tokenizer/models"),
    import("gpt-tokenizer/mapping"),
  ]);
  const known = knownName(name, specs);
  if (known === null) {
    const family = OTHER_FAMILIES.find(([prefix]) => name.startsWith(prefix));
    return family ? { ...UNKNOWN, contextWindow: family[1] } : UNKNOWN;
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
