/** When {@link WINDOWS} was last compared with its sources: LiteLLM 1.110.2's public table of models, and the makers' pages. */
export const WINDOWS_DATE = "2026-11-25";

/**
 * Context windows in tokens, by the beginning of a model's name; of several that fit the longest counts. Only families
 * whose members agree, or of which the smallest is meant, are here: of the others nothing is said.
 */
const WINDOWS: readonly (readonly [maker: string, windows: Readonly<Record<string, number>>])[] = [
  [
    "Anthropic",
    {
      "claude-": 200_000,
      "claude-2": 100_000,
      "claude-opus-4-6": 1_000_000,
      "claude-opus-4-7": 1_000_000,
      "claude-opus-4-8": 1_000_000,
      "claude-opus-5": 1_000_000,
      "claude-sonnet-4-6": 1_000_000,
      "claude-sonnet-5": 1_000_000,
      "claude-haiku-5": 1_000_000,
      "claude-fable-5": 1_000_000,
      "claude-mythos-": 1_000_000,
    },
  ],
  [
    "Google",
    {
      "gemini-": 1_048_576,
      "gemini-1.0": 32_768,
      "gemini-1.5-pro": 2_097_152,
      "gemini-omni-": 131_072,
      "gemini-robotics-": 131_072,
      "gemma-2": 8192,
      "gemma-3": 131_072,
      "gemma-3-1b": 32_768,
      "gemma-4": 131_072,
    },
  ],
  [
    "Mistral",
    {
      "mistral-7b": 32_768,
      "mistral-tiny": 32_768,
      "mistral-small": 32_768,
      "mistral-small-latest": 262_144,
      "mistral-small-2603": 262_144,
      "mistral-medium": 131_072,
      "mistral-medium-latest": 262_144,
      "mistral-medium-3.5": 262_144,
      "mistral-large": 131_072,
      "mistral-large-2402": 32_768,
      "mistral-large-2512": 262_144,
      "mistral-large-3": 262_144,
      "mistral-large-latest": 262_144,
      "mistral-large-4": 1_048_576,
      "mistral-nemo": 128_000,
      "open-mistral-nemo": 128_000,
      "mixtral-8x7b": 32_768,
      "mixtral-8x22b": 65_536,
      "ministral-": 131_072,
      "magistral-": 131_072,
      "codestral-": 128_000,
      "codestral-2405": 32_768,
      "devstral-": 131_072,
      "pixtral-": 128_000,
      "voxtral-": 32_768,
    },
  ],
  [
    "Meta",
    {
      "llama-2": 4096,
      llama2: 4096,
      codellama: 16_384,
      "llama-3": 8192,
      llama3: 8192,
      "llama-3.1": 131_072,
      "llama-3.2": 131_072,
      "llama-3.3": 131_072,
      "llama3.1": 131_072,
      "llama3.2": 131_072,
      "llama3.3": 131_072,
      "llama3-1": 131_072,
      "llama3-2": 131_072,
      "llama3-3": 131_072,
      "llama-4-maverick": 1_000_000,
      "llama4-maverick": 1_000_000,
      "llama-4-scout": 10_000_000,
      "llama4-scout": 10_000_000,
    },
  ],
  [
    "DeepSeek",
    {
      "deepseek-chat": 131_072,
      "deepseek-reasoner": 131_072,
      "deepseek-r1": 65_536,
      "deepseek-v3": 65_536,
      "deepseek-v3.2": 163_840,
      "deepseek-v4": 1_000_000,
      "deepseek-flash": 1_000_000,
    },
  ],
  [
    "xAI",
    {
      "grok-2": 131_072,
      "grok-3": 131_072,
      "grok-4": 256_000,
      "grok-4.20": 1_000_000,
      "grok-4.3": 1_000_000,
      "grok-4.5": 500_000,
      "grok-4.6": 500_000,
      "grok-4.7": 500_000,
      "grok-code": 256_000,
    },
  ],
  [
    "Cohere",
    { "command-r": 128_000, "command-r7b": 128_000, "command-a": 256_000, "command-a-plus": 128_000 },
  ],
  [
    "Amazon",
    {
      "nova-micro": 128_000,
      "nova-lite": 300_000,
      "nova-pro": 300_000,
      "nova-premier": 1_000_000,
      "nova-2-": 1_000_000,
    },
  ],
  [
    "Alibaba",
    {
      "qwen-max": 30_720,
      "qwen-plus": 129_024,
      "qwen-turbo": 129_024,
      "qwen-flash": 997_952,
      "qwen3-max": 258_048,
      "qwen3-coder": 256_000,
      "qwen3-next": 256_000,
      "qwen3.5": 991_808,
      "qwen3.7": 991_808,
      "qwen3.8": 991_808,
    },
  ],
  [
    "Moonshot",
    {
      "kimi-k2": 131_072,
      "kimi-k2.5": 256_000,
      "kimi-k2.6": 262_144,
      "kimi-k2.7": 229_376,
      "kimi-k3": 868_928,
      "moonshot-v1-8k": 8192,
      "moonshot-v1-32k": 32_768,
      "moonshot-v1-128k": 131_072,
    },
  ],
  [
    "Z.ai",
    {
      "glm-4.5": 128_000,
      "glm-4.6": 200_000,
      "glm-4.7": 200_000,
      "glm-5": 200_000,
      "glm-5.2": 1_000_000,
      "glm-5.3": 1_000_000,
    },
  ],
  ["Perplexity", { sonar: 128_000, "sonar-pro": 200_000 }],
  // Newer than the list of OpenAI's models that comes with the tokenizer.
  ["OpenAI", { "gpt-6": 922_000, "gpt-6.1": 922_000 }],
];

const BY_LENGTH: readonly (readonly [name: string, window: number])[] = WINDOWS.flatMap(([, windows]) =>
  Object.entries(windows),
).sort(([a], [b]) => b.length - a.length);

/** Every beginning of a name that is known. */
export const KNOWN_MODELS: readonly string[] = BY_LENGTH.map(([name]) => name);

/**
 * The context window of a model by its name, as makers, routers and clouds spell it: `claude-sonnet-4-5`,
 * `meta-llama/Llama-3.3-70B-Instruct`, `us.anthropic.claude-opus-5-v1:0`. Null where it is not known.
 */
export function windowOf(model: string): number | null {
  const name = model
    .toLowerCase()
    .replace(/^.*\//, "")
    .replace(/^(?:[a-z-]+\.)+(?=[a-z])/, "")
    .replace(/^meta-(?=llama)/, "");
  const found = BY_LENGTH.find(([beginning]) => name.startsWith(beginning) && endsThere(name, beginning));
  return found ? found[1] : null;
}

/** A name's beginning ends where a word does: `gemma-3` is not the beginning of `gemma-32b`. */
function endsThere(name: string, beginning: string): boolean {
  return beginning.endsWith("-") || !/^[a-z0-9]/.test(name.slice(beginning.length));
}
