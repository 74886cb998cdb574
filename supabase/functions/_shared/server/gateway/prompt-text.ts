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

/** The texts of a request's body, without what is no text in it. */
export function promptTextOf(body: Record<string, unknown>): PromptText {
  const texts: string[] = [];
  let tokens = 0;
  const gather = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (typeof value === "number") tokens++;
    else if (Array.isArray(value)) value.forEach(gather);
    else if (isPlainObject(value))
      for (const [name, part] of Object.entries(value)) if (!NO_TEXT.has(name)) gather(part);
  };
  for (const name of SAID) gather(body[name]);
  for (const name of DESCRIBED) if (body[name] !== undefined) texts.push(JSON.stringify(body[name]));
  return { text: texts.join("\n"), tokens };
}
