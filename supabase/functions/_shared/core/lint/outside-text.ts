import type { Expression } from "../template/ast/expressions.ts";
import type { Body } from "../template/ast/statements.ts";
import { freeNames } from "./free-names.ts";
import type { EffectiveContract } from "./reconcile-contract.ts";
import { type Node, nodesOf } from "./walk-tree.ts";

/*
 * Which printed values may hold whole sentences of somebody else's. A role, a language or a limit is chosen by
 * whoever writes the calling program; a question, a document or a ticket is not. Nothing but the name tells.
 */

/** Words that a variable of free text ends with: `user_question`, `ticket.body`, `doc3`. */
const FREE_TEXT = new Set(
  (
    "answer article body chat chunk comment complaint content context conversation doc document email essay excerpt " +
    "feedback history html input letter mail message note output paragraph passage post prompt query question quote " +
    "reply request response result review snippet story summary text thread ticket transcript tweet utterance"
  ).split(" "),
);

/** Words that a variable of the author's own instructions ends with: to call it data would be wrong. */
const INSTRUCTIONS = new Set(
  (
    "character constraint criteria criterion directive disclaimer example footer format goal greeting guideline header " +
    "identity instruction objective persona preamble requirement role rubric rule schema shot signature style task " +
    "template tone tool voice"
  ).split(" "),
);

/** Words that a variable ends with whose value stays the same for many requests of a caller. */
const SETTINGS = new Set(
  (
    "audience brand company currency department industry lang language locale organization persona platform product role " +
    "shop style team tone voice"
  ).split(" "),
);

const SOMEBODY_ELSE = /^(?:user|customer|caller|client|guest|visitor|human)_/;

export type TextKind = "free" | "instructions" | "other";

function wordsOf(name: string): { words: string; last: string } {
  const words = name
    .replace(/(?<=[a-z])(?=[A-Z])/g, "_")
    .toLowerCase()
    .replace(/[\d_]+$/, "");
  return { words, last: words.split("_").at(-1) ?? "" };
}

/** Whether a variable of this name is chosen once by a calling program rather than anew for each request. */
export function isSetting(name: string): boolean {
  return SETTINGS.has(wordsOf(name).last);
}

/** What kind of text a variable or field of this name holds. */
export function kindOfName(name: string): TextKind {
  const { words, last } = wordsOf(name);
  const singular = last.replace(/ies$/, "y").replace(/(?<=.{3})s$/, "");
  if (words === "system_prompt" || words === "system_message") return "instructions";
  if (FREE_TEXT.has(last) || FREE_TEXT.has(singular)) return "free";
  if (INSTRUCTIONS.has(last) || INSTRUCTIONS.has(singular))
    return SOMEBODY_ELSE.test(words) ? "free" : "instructions";
  return "other";
}

/** A caller's value that an output prints. */
export interface PrintedValue {
  /** The variable it comes from. */
  readonly variable: string;
  /** What it is called where it is printed: the variable, or the field of it. */
  readonly name: string;
}

/** Filters whose result is quoted, a number, or no longer the caller's text. */
const APART = new Set(
  "tojson pprint int float length count round abs wordcount xmlattr filesizeformat".split(" "),
);

/** Signs in a text that set apart what stands beside it. */
const SETS_APART = /["'`“”«»<>()[\]{}|#*=-]/;

/** What each name stands for: a variable of the caller or one of its items. */
export type Origins = ReadonlyMap<string, PrintedValue>;

/** The caller's value that an expression prints as it is, perhaps beside other text; null for anything calculated. */
export function printedValue(expression: Expression, origins: Origins): PrintedValue | null {
  const alternatives = alternativesOf(expression);
  if (!alternatives) return singleValue(expression, origins);
  for (const alternative of alternatives) {
    const printed = printedValue(alternative, origins);
    if (printed) return printed;
  }
  return null;
}

/** The expressions of which this one prints one or all; null for one that is not made of several. */
function alternativesOf(expression: Expression): readonly Expression[] | null {
  if (expression.kind === "conditional") {
    const { whenTrue, whenFalse } = expression;
    return whenFalse ? [whenTrue, whenFalse] : [whenTrue];
  }
  const parts = joinedParts(expression);
  if (!parts) return null;
  return parts.some((part) => part.kind === "string" && SETS_APART.test(part.value)) ? [] : parts;
}

/** What `a ~ b` or, of texts, `a + b` joins. */
function joinedParts(expression: Expression): readonly Expression[] | null {
  if (expression.kind === "concat") return expression.parts;
  if (expression.kind !== "arithmetic" || expression.rest.some(({ operator }) => operator !== "+"))
    return null;
  const parts = [expression.first, ...expression.rest.map(({ operand }) => operand)];
  return parts.some(({ kind }) => kind === "string") ? parts : null;
}

function singleValue(expression: Expression, origins: Origins): PrintedValue | null {
  let inner = expression;
  let field: string | null = null;
  for (;;) {
    if (inner.kind === "filter" && !APART.has(inner.name)) inner = inner.input;
    else if (inner.kind === "call" && inner.callee.kind === "attribute") inner = inner.callee.object;
    else if (inner.kind === "attribute") {
      field ??= inner.name;
      inner = inner.object;
    } else if (inner.kind === "subscript") {
      if (inner.index.kind === "string") field ??= inner.index.value;
      inner = inner.object;
    } else break;
  }
  const origin = inner.kind === "name" ? origins.get(inner.name) : undefined;
  return origin ? { variable: origin.variable, name: field ?? origin.name } : null;
}

/** Variables stand for themselves, the target of a loop for what is looped over, and what is set for its value. */
export function originsOf(body: Body, { variables }: EffectiveContract): Origins {
  const origins = new Map([...variables.keys()].map((name) => [name, { variable: name, name }]));
  for (const node of nodesOf(body as readonly Node[])) {
    if (node.kind === "set" && node.target.kind === "name" && !origins.has(node.target.name)) {
      const { name } = node.target;
      const printed = printedValue(node.value, origins);
      // The author's own name for it says more than where it comes from.
      if (printed) origins.set(name, kindOfName(name) === "other" ? printed : { ...printed, name });
    }
    if (node.kind !== "for") continue;
    const origin = freeNames(node.iterable)
      .map((name) => origins.get(name))
      .find((found) => found !== undefined);
    if (!origin) continue;
    const { variable } = origin;
    for (const name of freeNames(node.target)) if (!origins.has(name)) origins.set(name, { variable, name });
  }
  return origins;
}
