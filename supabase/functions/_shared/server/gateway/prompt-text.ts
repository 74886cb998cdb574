import { isPlainObject } from "./nemo-fields.ts";

/** What a request says to a model, for estimates: its texts, and how many tokens it gives as numbers. */
export interface PromptText {
  readonly text: string;
  readonly tokens: number;
}

/** Where the three APIs keep what is said. Tools and formats are written out for the model as well. */
const SAID = ["instructions", "messages", "input"];
const DESCRIBED = ["tools", "functions", "response_format", "text"];

/** Pictures, sounds and files: megabytes of base64 that no provider counts as text. Nor does it count names of kinds. */
const NO_TEXT = new Set([
  "image_url",
  "input_audio",
  "audio",
  "file",
  "file_data",
  "file_url",
  "type",
  "id",
  "call_id",
]);

/** The texts of a request's body, without what is no text in it. Not recursive: a body may be nested as deep as it is long. */
export function promptTextOf(body: Record<string, unknown>): PromptText {
  const texts: string[] = [];
  let tokens = 0;
  const waiting = SAID.map((name) => body[name]).reverse();
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string") texts.push(value);
    else if (typeof value === "number") tokens++;
    else if (Array.isArray(value)) for (let at = value.length - 1; at >= 0; at--) waiting.push(value[at]);
    else if (isPlainObject(value)) {
      const names = Object.keys(value).filter((name) => !NO_TEXT.has(name));
      for (const name of names.reverse()) waiting.push(value[name]);
    }
  }
  for (const name of DESCRIBED) if (body[name] !== undefined) texts.push(described(body[name]));
  return { text: texts.join("\n"), tokens };
}

/** What is nested too deep to be written is nothing that a provider reads. */
function described(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}
