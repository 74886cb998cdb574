import type { IncludingSource } from "../prompt/types.ts";
import { preparePrompt } from "./prepare-prompt.ts";
import { ambiguousRole } from "./rules/ambiguous-role.ts";
import { cacheOrder } from "./rules/cache-order.ts";
import { contradictoryInstructions } from "./rules/contradictory-instructions.ts";
import { duplicateInstructions } from "./rules/duplicate-instructions.ts";
import { evaluatorDirected } from "./rules/evaluator-directed.ts";
import { filler } from "./rules/filler.ts";
import { longEnumeration } from "./rules/long-enumeration.ts";
import { missingFormat } from "./rules/missing-format.ts";
import { missingLanguage } from "./rules/missing-language.ts";
import { missingLength } from "./rules/missing-length.ts";
import { missingRefusal } from "./rules/missing-refusal.ts";
import { missingRole } from "./rules/missing-role.ts";
import { missingSource } from "./rules/missing-source.ts";
import { passiveVoice } from "./rules/passive-voice.ts";
import { vagueQuantifier } from "./rules/vague-quantifier.ts";
import type { Finding, PreparedPrompt, Rule } from "./types.ts";

/** Every rule, gravest first. */
const RULES: readonly Rule[] = [
  contradictoryInstructions,
  evaluatorDirected,
  ambiguousRole,
  missingRole,
  missingFormat,
  missingRefusal,
  missingSource,
  missingLength,
  missingLanguage,
  duplicateInstructions,
  cacheOrder,
  longEnumeration,
  vagueQuantifier,
  passiveVoice,
  filler,
];

/**
 * Runs every rule over a prompt's literal text. Needs no provider and decides nothing: findings are advice.
 *
 * @param config the version's config; a stated `response_format` or `max_tokens` answers for the text
 * @throws TemplateError when a message is not Jinja2
 */
export function analysePrompt(
  source: IncludingSource,
  config: Readonly<Record<string, unknown>> = {},
): Finding[] {
  return analysePrepared(preparePrompt(source, config));
}

function analysePrepared(prompt: PreparedPrompt): Finding[] {
  return RULES.flatMap((rule) =>
    rule.find(prompt).map((match) => ({
      rule: rule.name,
      severity: rule.severity,
      reason: rule.reason,
      message: match.message,
      evidence: match.evidence ?? [],
      edits: match.edits ?? [],
    })),
  );
}
