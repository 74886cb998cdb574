import type { PromptSource } from "../prompt/types.ts";
import type { LiteralText } from "../text/literal-text.ts";
import type { Sentence } from "../text/sentences.ts";
import type { TaskProfile } from "./task-profile.ts";

export const RULE_NAMES = [
  "passive-voice",
  "missing-role",
  "ambiguous-role",
  "missing-length",
  "missing-format",
  "missing-language",
  "missing-refusal",
  "missing-source",
  "contradictory-instructions",
  "duplicate-instructions",
  "vague-quantifier",
  "filler",
  "long-enumeration",
  "cache-order",
  "evaluator-directed",
] as const;

export type RuleName = (typeof RULE_NAMES)[number];
export type Severity = "info" | "warning" | "error";

/** Where in the source: UTF-16 offsets into the content of one message, as it is stored. */
export interface EvidenceSpan {
  readonly message: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces a place of one message's source. */
export interface TextEdit {
  readonly message: number;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** What one rule found in one place, or about the whole prompt when there is no evidence to point at. */
export interface Finding {
  readonly rule: RuleName;
  readonly severity: Severity;
  /** What was found, in one sentence. */
  readonly message: string;
  /** Why it matters to a model. */
  readonly reason: string;
  readonly evidence: readonly EvidenceSpan[];
  /** A rewrite, where one can be made without knowing more than the prompt says; else empty. */
  readonly edits: readonly TextEdit[];
}

/** A sentence of a prompt that says something to the model. */
export interface Instruction extends Sentence {
  readonly message: number;
}

/** A prompt as the rules read it. */
export interface PreparedPrompt {
  readonly source: PromptSource;
  readonly config: Readonly<Record<string, unknown>>;
  /** One for each message, in order. */
  readonly literals: readonly LiteralText[];
  /** All sentences but samples, assistant turns and text that speaks to a grader. */
  readonly instructions: readonly Instruction[];
  /** The same, and what included templates say: a rule that misses something looks there as well. */
  readonly said: readonly { readonly text: string }[];
  /** Sentences that speak to whoever grades the prompt; no other rule counts them. */
  readonly evaluatorDirected: readonly Instruction[];
  readonly task: TaskProfile;
}

/** One rule, one file. `find` is pure and answers in the order of the source. */
export interface Rule {
  readonly name: RuleName;
  readonly severity: Severity;
  readonly reason: string;
  find(prompt: PreparedPrompt): readonly Match[];
}

/** A {@link Finding} without what its rule knows anyway. */
export interface Match {
  readonly message: string;
  readonly evidence?: readonly EvidenceSpan[];
  readonly edits?: readonly TextEdit[];
}
