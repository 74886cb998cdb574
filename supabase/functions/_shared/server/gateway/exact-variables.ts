import { parseJson } from "../../core/template/parse-json.ts";
import { membersOf } from "../json/json-text.ts";

type Variables = Record<string, unknown>;

/**
 * A request's variables as Python would read them from its body: `1.0` is a float, long integers have all their
 * digits, and objects keep the order of their keys. Most requests have nothing of the kind, and cost nothing.
 *
 * @param body what `JSON.parse` has accepted as an object
 * @param variables the ones in it, as `JSON.parse` read them
 */
export function exactVariables(body: string, variables: Variables = {}): Variables {
  if (!mayHaveLost(variables)) return variables;
  const member = membersOf(body).findLast(({ name }) => name === "nemo_prompt_variables");
  if (!member) return variables;
  try {
    const exact = parseJson(body.slice(member.valueStart, member.end));
    return exact instanceof Map ? Object.fromEntries(exact) : (exact as Variables);
  } catch (error) {
    // Nested beyond what can be looked at so closely, and beyond what a template may be given.
    if (error instanceof RangeError) return variables;
    throw error;
  }
}

/** Whether there is any number, or a key that looks like one. */
function mayHaveLost(variables: Variables): boolean {
  const waiting: unknown[] = [variables];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === "number") return true;
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value) && Object.keys(value).some((key) => /^\d+$/.test(key))) return true;
    for (const inner of Object.values(value)) waiting.push(inner);
  }
  return false;
}
