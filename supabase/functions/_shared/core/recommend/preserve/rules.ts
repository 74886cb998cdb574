import { gistOf, type SentenceGist } from "../../text/repeated-sentences.ts";
import { isEvaluatorDirected } from "../evaluator-directed.ts";
import type { Comparison } from "./breach.ts";
import { clausesOf, type Region } from "./regions.ts";

export const STRICT =
  /\b(?:must|never|always|only|not|no|without|avoid|refrain|refuse|decline|reject|cannot|shall|required|forbidden|unless|except|if|at most|at least|exactly|up to|maximum|minimum)\b|n't\b/i;
/** Words that make of an order a wish. */
const SOFT =
  /\b(?:may|might|could|can|should)\b(?! ?not|'t)|\b(?:usually|generally|typically|normally|mostly|often|sometimes|rarely|preferabl[ye]|ideally|optional(?:ly)?|(?:if|where|when|as) (?:possible|appropriate|needed|necessary)|try to|feel free|consider)\b/i;
const CONDITION = /\b(?:if|when|whenever|in case|provided|as long as|while)\b/i;
const EXCEPTION = /\b(?:unless|except|other than|apart from|but only)\b/i;
const TAKEN_BACK =
  /\bno longer (?:appl|hold|valid|need|count)|\bdo(?:es)? not (?:apply|hold|count)\b|\bnot (?:binding|mandatory)\b|\b(?:is|are) (?:optional|obsolete|outdated|void)\b|\bcan be (?:ignored|skipped)\b|\b(?:ignore|disregard|forget|override) (?:the|this|that|these|all|any|every)\b/i;

/** How much of a rule's telling words its counterpart must hold. */
const RULE_KEPT_FROM = 0.5;
/** How much of a ban's telling words an order must hold to be the opposite of it. */
const OPPOSITE_FROM = 0.7;

interface Clause extends SentenceGist {
  readonly text: string;
}

/** "If you could" asks politely, and sets no condition. */
const POLITE = /\bif you (?:could|would|can|don't mind)\b/gi;

/** "No more than 50" forbids nothing that "at most 50" does not: it counts as the same words. */
function readClauses(sentence: string): Clause[] {
  return clausesOf(sentence)
    .map((text) => {
      const plain = text
        .replace(POLITE, "")
        .replace(/\b(?:no|not) (?:more|longer) than\b|\bnot exceed\b/gi, "at most")
        .replace(/\b(?:no|not) (?:fewer|less) than\b/gi, "at least");
      return { text: plain, ...gistOf(plain) };
    })
    .filter(({ words }) => words.size > 0);
}

function shareIn(words: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return [...words].filter((word) => other.has(word)).length / words.size;
}

/** Whether a clause says what a rule said: its words, its sign, under the same conditions, and no softer. */
function standsFor(rule: Clause, other: Clause): boolean {
  const alike = (pattern: RegExp) => pattern.test(rule.text) === pattern.test(other.text);
  return (
    other.negated === rule.negated &&
    shareIn(rule.words, other.words) >= RULE_KEPT_FROM &&
    alike(CONDITION) &&
    alike(EXCEPTION) &&
    (SOFT.test(rule.text) || !SOFT.test(other.text))
  );
}

const isOpposite = (rule: Clause, other: Clause) =>
  rule.negated && !other.negated && shareIn(rule.words, other.words) >= OPPOSITE_FROM;

const QUOTED = /"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|`[^`\n]*`|(?<![\p{L}\p{N}])'[^'\n]*'(?![\p{L}\p{N}])/gu;

/** Without quotations that are new: a rule that is only quoted is no rule any more. */
function spoken(sentence: string, before: string): string {
  return sentence.replace(QUOTED, (quoted) => (before.includes(quoted) || quoted.length < 20 ? quoted : " "));
}

/** Every strict clause has its counterpart, and nothing takes one back. */
export const compareRules: Comparison<Region> = (before, after, where) => {
  const said = ({ sentences }: Region) => sentences.filter((sentence) => !isEvaluatorDirected(sentence));
  const rules = said(before).flatMap(readClauses);
  const now = said(after).flatMap((sentence) => readClauses(spoken(sentence, before.prose)));
  const lost = rules.filter((rule) => STRICT.test(rule.text) && !now.some((other) => standsFor(rule, other)));
  const takenBack = now.filter(
    (other) =>
      (TAKEN_BACK.test(other.text) && !rules.some(({ text }) => TAKEN_BACK.test(text))) ||
      (rules.some((rule) => isOpposite(rule, other)) &&
        !rules.some((rule) => !rule.negated && shareIn(other.words, rule.words) >= RULE_KEPT_FROM)),
  );
  return [
    ...lost.map(({ text }) => ({
      code: "rule_lost" as const,
      message: `Keep the rule “${text}” of ${where} in its place, as strict as it is.`,
    })),
    ...takenBack.map(({ text }) => ({
      code: "rule_taken_back" as const,
      message: `“${text}” takes back a rule of ${where}.`,
    })),
  ];
};
