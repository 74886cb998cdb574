import { isPlainObject } from "./nemo-fields.ts";

type Config = Record<string, unknown>;

/** Parameters of chat completions that the responses API does not have and refuses. */
const CHAT_ONLY = new Set([
  "frequency_penalty",
  "presence_penalty",
  "logit_bias",
  "logprobs",
  "n",
  "seed",
  "stop",
  "prediction",
  "modalities",
  "audio",
  "web_search_options",
]);

/**
 * A version's config, written for chat completions, in the words of the responses API, so that one version
 * serves both: https://platform.openai.com/docs/guides/migrate-to-responses. What is in those words already
 * stays as it is.
 */
export function asResponsesConfig(config: Config): Config {
  const out: Config = {};
  for (const [name, value] of Object.entries(config)) {
    if (CHAT_ONLY.has(name)) continue;
    if (name === "max_tokens" || name === "max_completion_tokens") out.max_output_tokens ??= value;
    else if (name === "response_format") out.text = { ...textOf(out), format: formatOf(value) };
    else if (name === "verbosity") out.text = { ...textOf(out), verbosity: value };
    else if (name === "reasoning_effort") out.reasoning ??= { effort: value };
    else if (name === "tools" && Array.isArray(value)) out.tools = value.map(flattened);
    else if (name === "tool_choice") out.tool_choice = flattened(value);
    else if (name === "text" && isPlainObject(value)) out.text = { ...textOf(out), ...value };
    else out[name] = value;
  }
  return out;
}

const textOf = ({ text }: Config): Config => (isPlainObject(text) ? text : {});

/** `{type, json_schema: {name, schema, …}}` is `{type, name, schema, …}` there. */
function formatOf(format: unknown): unknown {
  if (!isPlainObject(format) || !isPlainObject(format.json_schema)) return format;
  return { type: format.type, ...format.json_schema };
}

/** `{type: "function", function: {name, …}}` is `{type: "function", name, …}` there. */
function flattened(tool: unknown): unknown {
  if (!isPlainObject(tool) || !isPlainObject(tool.function)) return tool;
  return { type: tool.type, ...tool.function };
}
