import type { InferredKind } from "../lint/flow/shape.ts";
import { FILTER_NAMES, FUNCTION_NAMES, METHOD_NAMES, TEST_NAMES } from "../lint/known-names.ts";
import { STATEMENT_KEYWORDS, scanTemplate, type Token } from "./scan-template.ts";

export interface Completion {
  readonly label: string;
  readonly kind: "variable" | "local" | "field" | "method" | "filter" | "test" | "function" | "keyword";
  /** A few words beside the name: a variable's type, or its description. */
  readonly detail?: string;
}

export interface Completions {
  /** Where the word being typed begins; a chosen label replaces the text from here to the position. */
  readonly from: number;
  readonly options: readonly Completion[];
}

/** A variable that can be offered, as the contract of the last text that parsed knows it. */
export interface KnownVariable {
  readonly name: string;
  readonly inferred?: InferredKind;
  readonly description?: string | null;
}

/** What can be typed at a position; null in text, strings, comments and numbers, where nothing can. */
export function completionsAt(
  source: string,
  position: number,
  variables: readonly KnownVariable[] = [],
): Completions | null {
  const tokens = scanTemplate(source.slice(0, position));
  const open = openTag(source, tokens);
  if (open < 0) return null;
  const last = tokens.at(-1);
  const typing = last !== undefined && last.to === position && isWord(last) ? last : null;
  if (last && !typing && last.to === position && (last.kind === "string" || last.kind === "number"))
    return null;
  if (last?.kind === "comment" || last?.kind === "invalid") return null;
  const before = typing ? tokens.slice(open, -1) : tokens.slice(open);
  return { from: typing?.from ?? position, options: optionsAfter(source, before, tokens, variables) };
}

function isWord({ kind }: Token): boolean {
  return ["keyword", "name", "function", "filter", "test", "property"].includes(kind);
}

/** Index of the delimiter that opens the tag the text ends in, or -1 when it ends in plain text. */
function openTag(source: string, tokens: readonly Token[]): number {
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    if (token?.kind === "comment") return -1;
    if (token?.kind === "delimiter") return source[token.from] === "{" ? index : -1;
  }
  return -1;
}

function optionsAfter(
  source: string,
  before: readonly Token[],
  all: readonly Token[],
  variables: readonly KnownVariable[],
): Completion[] {
  const textOf = (token: Token | undefined) => (token ? source.slice(token.from, token.to) : "");
  const last = textOf(before.at(-1));
  const delimiter = textOf(before[0]);
  if (before.length === 1 && delimiter.startsWith("{%")) return labelled(STATEMENT_KEYWORDS, "keyword");
  if (last === "|" || (before.length === 2 && last === "filter")) return labelled(FILTER_NAMES, "filter");
  if (last === "is" || (last === "not" && textOf(before.at(-2)) === "is")) {
    return labelled(
      TEST_NAMES.filter((name) => /^\w+$/.test(name)),
      "test",
    );
  }
  if (last === ".") return membersOf(textOf(before.at(-2)), variables);
  const known = variables.map(({ name, inferred, description }) => {
    const detail = description ?? inferred?.kind;
    return { label: name, kind: "variable" as const, ...(detail ? { detail } : {}) };
  });
  const names = new Set(variables.map(({ name }) => name));
  const locals = localNames(source, all).filter((name) => !names.has(name));
  return [...known, ...labelled(locals, "local"), ...labelled(FUNCTION_NAMES, "function")];
}

function membersOf(object: string, variables: readonly KnownVariable[]): Completion[] {
  if (object === "loop") return labelled(LOOP_FIELDS, "field");
  const fields = Object.entries(variables.find(({ name }) => name === object)?.inferred?.fields ?? {});
  const known = fields.map(([label, { kind }]) => ({ label, kind: "field" as const, detail: kind }));
  return [...known, ...labelled([...METHOD_NAMES].sort(), "method")];
}

const LOOP_FIELDS =
  "index index0 revindex revindex0 first last length cycle depth depth0 previtem nextitem changed".split(" ");

/** Names that `for`, `set`, `macro`, `with` and `import … as` have introduced so far. */
function localNames(source: string, tokens: readonly Token[]): string[] {
  const names = new Set<string>();
  let statement = "";
  let introducing = false;
  for (const [index, token] of tokens.entries()) {
    const text = source.slice(token.from, token.to);
    if (token.kind === "delimiter") introducing = false;
    if (tokens[index - 1]?.kind === "delimiter" && token.kind === "keyword") {
      statement = text;
      introducing = ["for", "set", "macro", "with", "call"].includes(text);
      if (text === "for") names.add("loop");
    } else if (introducing && (token.kind === "name" || token.kind === "function")) names.add(text);
    else if (text === "=" || text === "in") introducing = statement === "macro" && introducing;
    else if (text === "as") introducing = true;
  }
  return [...names];
}

function labelled(labels: readonly string[], kind: Completion["kind"]): Completion[] {
  return labels.map((label) => ({ label, kind }));
}
