import { parseJson } from "@core/template/parse-json.ts";
import { writeJson } from "@core/template/write-json.ts";

export type ExampleDraft = { name: string; variables: Record<string, unknown> };
export type ReadExamples = { ok: true; examples: ExampleDraft[] } | { ok: false; message: string };

/** One JSON object of variables per line; what stands before it is the example's name. */
export function readExamples(text: string): ReadExamples {
  const examples: ExampleDraft[] = [];
  for (const [place, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const brace = line.indexOf("{");
    const variables = brace < 0 ? null : parse(line.slice(brace));
    if (!variables) {
      return { ok: false, message: `Line ${place + 1} is not a JSON object, such as {"role": "agent"}.` };
    }
    const name = line.slice(0, Math.max(brace, 0)).trim().replace(/:$/, "");
    examples.push({ name, variables });
  }
  return { ok: true, examples };
}

export function writeExamples(examples: readonly ExampleDraft[]): string {
  return examples.map(({ name, variables }) => (name ? `${name}: ` : "") + writeJson(variables)).join("\n");
}

function parse(json: string): Record<string, unknown> | null {
  try {
    const value = parseJson(json);
    if (value instanceof Map) return Object.fromEntries(value);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
