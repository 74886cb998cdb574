import type { PromptMessage } from "../_shared/core/prompt/types.ts";
import { analysePrompt } from "../_shared/core/recommend/analyse-prompt.ts";
import { applyEdits, editsOf } from "../_shared/core/recommend/apply-edits.ts";
import { findBreaches } from "../_shared/core/recommend/preserves-template.ts";
import type { Finding, RuleName } from "../_shared/core/recommend/types.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Measures, predictEffect } from "./predict.ts";
import type { NewRecommendation, StoredVersion } from "./store.ts";

const TITLES: Readonly<Record<RuleName, string>> = {
  "passive-voice": "Say who acts",
  "missing-role": "Say who the model is",
  "ambiguous-role": "Make the role clear",
  "missing-length": "Bound the length of the answer",
  "missing-format": "Name the form of the answer",
  "missing-language": "Name the language of the answer",
  "missing-refusal": "Say what to do when there is no answer",
  "missing-source": "Say where facts come from",
  "contradictory-instructions": "Resolve a contradiction",
  "duplicate-instructions": "Say it once",
  "vague-quantifier": "Give numbers for vague amounts",
  filler: "Take out words that do nothing",
  "long-enumeration": "Loop over a list",
  "cache-order": "Put what changes last",
  "evaluator-directed": "Take out text for graders",
};

const TOGETHER =
  "These words are paid for in every call and change nothing. Each kind is also suggested by itself; this takes them all out at once.";

/** Rules whose rewrites save tokens; together they make one more suggestion. */
const SAVING: readonly RuleName[] = ["duplicate-instructions", "filler", "passive-voice"];

/**
 * What the rules find, one suggestion for each rule that found something, and one that applies all savings at once.
 * No model is asked.
 *
 * @throws TemplateError when a message is not Jinja2
 */
export async function recommendByRules(
  version: StoredVersion,
  measures: Measures,
): Promise<NewRecommendation[]> {
  const findings = analysePrompt(version, version.config);
  const made: NewRecommendation[] = [];
  for (const rule of new Set(findings.map((finding) => finding.rule))) {
    const own = findings.filter((finding) => finding.rule === rule);
    made.push(await suggest(version, measures, rule, TITLES[rule], own));
  }
  const saving = findings.filter((finding) => SAVING.includes(finding.rule) && finding.edits.length > 0);
  if (new Set(saving.map((finding) => finding.rule)).size > 1) {
    const all = await suggest(version, measures, "token-reduction", "Say the same in fewer tokens", saving);
    const reason = [TOGETHER, ...saving.map((finding) => finding.message)].join("\n").slice(0, 4000);
    if (all.proposed_messages) made.push({ ...all, reason });
  }
  return made;
}

async function suggest(
  version: StoredVersion,
  measures: Measures,
  kind: string,
  title: string,
  findings: readonly Finding[],
): Promise<NewRecommendation> {
  const proposed = rewriteOf(version, findings);
  const evidence = findings.flatMap((finding) => finding.evidence);
  const reasons = [...new Set(findings.map((finding) => finding.reason))];
  return {
    layer: "analyser",
    kind,
    fingerprint: await fingerprintOf([kind, evidence, proposed]),
    severity: findings[0]?.severity ?? "info",
    title: findings.length > 1 ? `${title} (${findings.length} places)` : title,
    reason: [...reasons, ...findings.map((finding) => finding.message)].join("\n").slice(0, 4000),
    evidence,
    predicted_effect: proposed ? predictEffect(version, proposed, measures) : {},
    proposed_messages: proposed,
    model: null,
  };
}

/** The rewrite, if there is one and it keeps the template by the same check that a model's must pass. */
function rewriteOf(version: StoredVersion, findings: readonly Finding[]): PromptMessage[] | null {
  const edits = editsOf(findings);
  if (edits.length === 0) return null;
  const messages = applyEdits(version.messages, edits);
  return findBreaches(version, messages).length === 0 ? messages : null;
}
