import { redactEvaluatorDirected } from "../_shared/core/recommend/evaluator-directed.ts";

/**
 * Text from outside, fenced off as data. The fence holds a random word that the text cannot know, so nothing in it
 * can close the fence; and what speaks to a grader is taken out before a grader reads it.
 */
export function fence(name: string, text: string, nonce: string): string {
  return `<<<${name} ${nonce}>>>\n${text.replaceAll(nonce, "")}\n<<<end of ${name} ${nonce}>>>`;
}

export function fenceForJudge(name: string, text: string, nonce: string): string {
  return fence(name, redactEvaluatorDirected(text), nonce);
}

export function makeNonce(): string {
  return crypto.randomUUID().replaceAll("-", "");
}
