import { parseJson } from "../../core/template/parse-json.ts";
import { storable } from "../db/json-for-postgres.ts";
import { membersOf } from "../json/json-text.ts";

type Variables = Record<string, unknown>;

const FIELD = "nemo_prompt_variables";

/**
 * A request's variables as Python would read them from its body: `1.0` is a float, long integers have all their
 * digits, and objects keep the order of their keys. Most requests have nothing of the kind, and cost nothing.
 *
 * @param body what `JSON.parse` has accepted as an object
 * @param variables the ones in it, as `JSON.parse` read them
 * @param field where in the body they are
 */
export function exactVariables(body: string, variables: Variables = {}, field = FIELD): Variables {
  if (!mayHaveLost(variables)) return variables;
  const text = textOf(body, field);
  if (text === undefined) return variables;
  try {
    const exact = parseJson(text);
    return exact instanceof Map ? Object.fromEntries(exact) : (exact as Variables);
  } catch (error) {
    // Nested beyond what can be looked at so closely, and beyond what a template may be given.
    if (error instanceof RangeError) return variables;
    throw error;
  }
}

/** The variables as they stand in a request's body, to be kept so; nothing where it has none. */
export function variablesText(body: string): string | undefined {
  const text = textOf(body, FIELD);
  return text === undefined || text === "null" ? undefined : storable(text);
}

function textOf(body: string, field: string): string | undefined {
  const member = membersOf(body).findLast(({ name }) => name === field);
  return member && body.slice(member.valueStart, member.end);
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
