/** What the form knows of a version's `config`. Everything else is kept and shown as it is. */
export type Config = Record<string, unknown>;

const known = new Set([
  "model",
  "temperature",
  "max_tokens",
  "max_completion_tokens",
  "response_format",
  "tools",
]);

/** Sets a key, or takes it away when there is nothing to say. The order of the others stays. */
export function withKey(config: Config, key: string, value: unknown): Config {
  if (value !== undefined) return { ...config, [key]: value };
  const { [key]: _gone, ...rest } = config;
  return rest;
}

/** Newer models call the limit `max_completion_tokens`; a version keeps the name it has. */
export function limitKey(config: Config): "max_tokens" | "max_completion_tokens" {
  return "max_completion_tokens" in config ? "max_completion_tokens" : "max_tokens";
}

export function otherSettings(config: Config): Config | undefined {
  const others = Object.entries(config).filter(([key]) => !known.has(key));
  return others.length === 0 ? undefined : Object.fromEntries(others);
}

export function withOtherSettings(config: Config, others: Config | undefined): Config {
  const own = Object.entries(config).filter(([key]) => known.has(key));
  return { ...Object.fromEntries(own), ...others };
}

const isObject = (value: unknown): value is Config =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function otherSettingsProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'Write an object, as in {"top_p": 0.9}.';
  const taken = Object.keys(value).find((key) => known.has(key));
  if (taken) return `\`${taken}\` has a field of its own above.`;
  const ours = Object.keys(value).find(
    (key) => key.startsWith("nemo_") || key === "messages" || key === "stream",
  );
  return ours && `\`${ours}\` is never filled from a version.`;
}

export function toolsProblem(value: unknown): string | undefined {
  if (!Array.isArray(value)) return "Write a list of tools.";
  for (const [index, tool] of value.entries()) {
    if (!isObject(tool) || typeof tool.type !== "string") return `Tool ${index + 1} has no \`type\`.`;
    const name = isObject(tool.function) ? tool.function.name : undefined;
    if (tool.type === "function" && (typeof name !== "string" || !/^[\w-]{1,64}$/.test(name)))
      return `Tool ${index + 1} needs \`function.name\`: up to 64 letters, digits, _ and -.`;
  }
  return undefined;
}

export function schemaProblem(value: unknown): string | undefined {
  if (!isObject(value) || typeof value.name !== "string" || !isObject(value.schema))
    return 'Write {"name": "…", "strict": true, "schema": {…}}.';
  return undefined;
}

export type AnswerForm = "text" | "json_object" | "json_schema" | "other";

export function answerForm(config: Config): AnswerForm {
  const format = config.response_format;
  if (format === undefined) return "text";
  const type = isObject(format) ? format.type : undefined;
  return type === "text" || type === "json_object" || type === "json_schema" ? type : "other";
}

/** "gpt-4o-mini, temperature 0.3, 2 tools": all that is set, in a line. */
export function describeConfig(config: Config): string {
  const { model, temperature, tools } = config;
  const limit = config[limitKey(config)];
  const form = answerForm(config);
  const others = Object.keys(otherSettings(config) ?? {});
  const parts = [
    typeof model === "string" && model !== "" ? model : "the caller's model",
    temperature !== undefined && `temperature ${temperature}`,
    limit !== undefined && `at most ${limit} tokens`,
    form !== "text" &&
      { json_object: "answers JSON", json_schema: "answers by a schema", other: "a format" }[form],
    Array.isArray(tools) && tools.length > 0 && `${tools.length} ${tools.length === 1 ? "tool" : "tools"}`,
    others.length > 0 && others.join(", "),
  ];
  return parts.filter(Boolean).join(", ");
}
