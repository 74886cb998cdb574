import type { Position } from "../template/ast/expressions.ts";
import type { RuleName } from "./rules.ts";

/** An error blocks activation; a warning is advice. */
export type LintLevel = "error" | "warning";

/** A change to one message's text, in UTF-16 offsets into its content as it was linted. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A change that removes the finding. All edits are of the message the finding is in. */
export interface LintFix {
  /** What an editor shows on the button. */
  readonly label: string;
  readonly edits: readonly TextEdit[];
}

/** One finding. Every rule answers in this shape. */
export interface LintResult {
  /** Names the rule, its file and its page in docs/lint-rules. */
  readonly rule: RuleName;
  readonly level: LintLevel;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
  /** Which message, from 0; null when the finding is about the version as a whole. */
  readonly messageIndex: number | null;
  /** From 1; 1 when the finding is about the version as a whole. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly fix?: LintFix;
}

/** What a rule reports; the linter adds the rule's name and level. */
export interface Finding {
  readonly message: string;
  readonly remedy: string;
  readonly at?: Position & { readonly messageIndex: number };
  readonly fix?: LintFix;
}

export interface LintReport {
  /** True when there is no error. */
  readonly passed: boolean;
  readonly errorCount: number;
  readonly warningCount: number;
  /** Errors first, then in the order of the text. At most 200. */
  readonly findings: readonly LintResult[];
}
