import type { PromptMessage, PromptSource } from "../prompt/types.ts";
import type { Body, Statement } from "../template/ast.ts";
import { parseTemplate } from "../template/parse-template.ts";
import { type BranchStep, readLiteralText } from "../text/literal-text.ts";
import { gistOf } from "../text/repeated-sentences.ts";
import { splitSentences } from "../text/sentences.ts";
import { isEvaluatorDirected } from "./evaluator-directed.ts";

/** Why a rewrite may not stand for its original: a code for programs, a sentence for people and for the model that tries again. */
export interface Breach {
  readonly code:
    | "messages_changed"
    | "syntax_error"
    | "tags_changed"
    | "number_lost"
    | "quotation_lost"
    | "url_lost"
    | "rule_lost"
    | "speaks_to_graders";
  readonly message: string;
}

/**
 * Whether a rewrite keeps what the prompt means to its callers: the same messages and roles, the same syntax
 * tree but for the text in it (so the same variables, conditions and loops, in the same order), and each number,
 * quotation, URL and strict rule of the text. Answers every breach; an empty list means it is safe to show.
 */
export function findBreaches(before: PromptSource, after: readonly PromptMessage[]): Breach[] {
  const original = before.messages;
  if (original.length !== after.length || original.some((message, i) => message.role !== after[i]?.role))
    return [
      {
        code: "messages_changed",
        message: "Keep the same messages, in the same order, with the same roles.",
      },
    ];
  return original.flatMap((message, index) => {
    const rewritten = after[index]?.content ?? "";
    return message.content === rewritten ? [] : compareMessages(message.content, rewritten, index);
  });
}

function compareMessages(before: string, after: string, index: number): Breach[] {
  const where = `message ${index + 1}`;
  let shape: string;
  try {
    shape = shapeOf(after);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ code: "syntax_error", message: `The rewrite of ${where} is not Jinja2: ${why}` }];
  }
  const breaches: Breach[] = [];
  if (shapeOf(before) !== shape)
    breaches.push({
      code: "tags_changed",
      message: `Keep every {{ }} and {% %} of ${where} exactly, in the same order.`,
    });
  const regions = regionsOf(after);
  for (const [region, old] of regionsOf(before)) {
    const now = regions.get(region) ?? { prose: "", sentences: [] };
    for (const [code, name, pattern] of KEPT)
      for (const lost of missing(old.prose, now.prose, pattern))
        breaches.push({ code, message: `Keep the ${name} ${lost} of ${where} in its place.` });
    for (const rule of lostRules(old.sentences, now.sentences))
      breaches.push({ code: "rule_lost", message: `Keep the rule “${rule}” of ${where} in its place.` });
  }
  if (sentencesOf(after).some(isEvaluatorDirected) && !sentencesOf(before).some(isEvaluatorDirected))
    breaches.push({
      code: "speaks_to_graders",
      message: `Do not add text that speaks to a grader to ${where}.`,
    });
  return breaches;
}

/** The syntax tree as text, without positions and with every run of text blotted out. */
function shapeOf(source: string): string {
  return JSON.stringify(dropText(parseTemplate(source).body), (key, value: unknown) => {
    if (key === "line" || key === "column") return undefined;
    return typeof value === "bigint" ? `${value}n` : value;
  });
}

/** Text between two tags may come and go (a removed sentence may leave none), so only what is not text counts. */
function dropText(body: Body): unknown[] {
  return body.filter((node) => node.kind !== "text").map(withoutText);
}

function withoutText(node: Statement): unknown {
  const copy: Record<string, unknown> = { ...node };
  if (node.kind === "if")
    copy.branches = node.branches.map(({ condition, body }) => ({ condition, body: dropText(body) }));
  if ("body" in node) copy.body = dropText(node.body);
  if ("otherwise" in node) copy.otherwise = dropText(node.otherwise);
  return copy;
}

const NUMBER_WORDS = [
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const NUMBER = new RegExp(`\\d+(?:[.,:/-]\\d+)*|\\b(?:${NUMBER_WORDS.join("|")})\\b`, "gi");

const KEPT: readonly (readonly [code: Breach["code"], name: string, pattern: RegExp])[] = [
  ["url_lost", "address", /\bhttps?:\/\/[^\s)>\]"'}]*[^\s)>\]"'}.,;:!?]/g],
  ["quotation_lost", "quotation", /"[^"\n]{1,200}"|“[^”\n]{1,200}”|`[^`\n]{1,200}`/g],
  // Real tags are blotted out before: what still looks like one is text, as in a raw block.
  ["quotation_lost", "literal", /\{\{.*?\}\}|\{%.*?%\}/g],
  ["number_lost", "number", NUMBER],
];

interface Region {
  /** What of the text stands here, everything else blank. */
  readonly prose: string;
  readonly sentences: readonly string[];
}

/**
 * The text by where it stands: outside of all branches and loops, in the first branch of the second `if`, and so on.
 * A rule that moves out of its branch would hold where it did not, so each place is compared with itself.
 */
function regionsOf(source: string): Map<string, Region> {
  const literal = readLiteralText(source);
  const text = source.replace(/\{#.*?#\}/gs, (comment) => " ".repeat(comment.length));
  // Both texts have the same tags, so the number of tags before an `if` names it in both.
  const place = ({ branches, loops }: { branches: readonly BranchStep[]; loops: number }) =>
    `${branches.map(({ at, branch }) => `${text.slice(0, at).split("{%").length}/${branch}`).join(" ")} ${loops}`;
  const regions = new Map<string, { prose: string[]; sentences: string[] }>();
  const open = (key: string) => {
    const region = regions.get(key) ?? { prose: Array<string>(literal.mask.length).fill(" "), sentences: [] };
    regions.set(key, region);
    return region;
  };
  for (const part of [...literal.pieces, ...literal.outputs]) {
    const { prose } = open(place(part));
    for (let at = part.start; at < part.end; at++) prose[at] = literal.mask.charAt(at);
  }
  for (const sentence of splitSentences(literal))
    open(place(sentence)).sentences.push(sentence.text.replace(/\s+/g, " "));
  return new Map(
    [...regions].map(([key, { prose, sentences }]) => [key, { prose: prose.join(""), sentences }]),
  );
}

/** What stood in the text and stands nowhere in the other; said twice before, once is enough. */
function missing(before: string, after: string, pattern: RegExp): string[] {
  const kept = new Set((after.match(pattern) ?? []).map(sameNumber));
  return [...new Set<string>(before.match(pattern))].filter((value) => !kept.has(sameNumber(value)));
}

/** "Three" and "3" are the same number. */
function sameNumber(text: string): string {
  const place = NUMBER_WORDS.indexOf(text.toLowerCase());
  return place < 0 ? text : String(place + 2);
}

const STRICT =
  /\b(?:must|never|always|only|do not|don't|may not|cannot|shall|required|forbidden|under no circumstances|unless|except|at most|at least|no more than|no fewer than|exactly|up to|maximum|minimum)\b/i;
/** How much of a rule's telling words its counterpart must hold. */
const RULE_KEPT_FROM = 0.5;

/** Strict sentences without a counterpart that shares their words and is negated as they are. */
function lostRules(before: readonly string[], after: readonly string[]): string[] {
  const now = after.map(gistOf);
  return before.filter((text) => {
    if (!STRICT.test(text) || isEvaluatorDirected(text)) return false;
    const gist = gistOf(text);
    if (gist.words.size === 0) return false;
    return !now.some((other) => {
      const kept = [...gist.words].filter((word) => other.words.has(word)).length / gist.words.size;
      return other.negated === gist.negated && kept >= RULE_KEPT_FROM;
    });
  });
}

function sentencesOf(source: string): string[] {
  return splitSentences(readLiteralText(source)).map((sentence) => sentence.text.replace(/\s+/g, " "));
}
