import type { IncludeResolver } from "../prompt/includes.ts";
import type { ContractProblem } from "../prompt/read-contract.ts";
import type { Includes, PromptRole, VariableContract } from "../prompt/types.ts";
import type { ParsedTemplate } from "../template/parse-template.ts";
import type { TemplateError } from "../template/template-error.ts";
import type { TokenCounter } from "../tokens/count-tokens.ts";
import type { DerivedContract } from "./derive-contract.ts";
import type { Finding, LintLevel } from "./lint-result.ts";
import type { EffectiveContract } from "./reconcile-contract.ts";
import type { TextLines } from "./text-lines.ts";

/** A message as rules see it. A message that does not parse has an error in the place of a template. */
export interface LintMessage {
  readonly index: number;
  readonly role: PromptRole;
  readonly content: string;
  readonly lines: TextLines;
  readonly template: ParsedTemplate | null;
  readonly error: TemplateError | null;
}

/** A message that is not even `{role, content}`. */
export interface MessageProblem {
  readonly index: number | null;
  readonly message: string;
}

/** All a rule may look at. Nothing in it changes while the rules run. */
export interface LintContext {
  readonly messages: readonly LintMessage[];
  readonly messageProblems: readonly MessageProblem[];
  readonly contract: VariableContract;
  readonly contractProblems: readonly ContractProblem[];
  readonly derived: DerivedContract;
  readonly effective: EffectiveContract;
  /** The model the version names; null when callers choose. */
  readonly model: string | null;
  /** Null where no tokenizer is loaded; rules that count then stay silent. */
  readonly tokens: TokenCounter | null;
  /** Answers included templates; null where nobody can, and rules about includes stay silent. */
  readonly resolve: IncludeResolver | null;
  /** The same templates, but throws where one is not Jinja2, which for `resolve` is as good as none. */
  readonly resolveStrictly: IncludeResolver | null;
  /** What the version was saved with, where that is known. */
  readonly includes: Includes | null;
  /** The slug of the template itself, where it is known: whoever includes it goes round in a circle. */
  readonly self: string | null;
}

/** One rule: its level, and what it finds. It never throws and changes nothing. */
export interface LintRule {
  readonly level: LintLevel;
  check(context: LintContext): Iterable<Finding>;
}
