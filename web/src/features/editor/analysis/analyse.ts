import { cacheableShare } from "@core/lint/cacheable-share.ts";
import { lintContext, runRules } from "@core/lint/lint-prompt.ts";
import type { LintResult } from "@core/lint/lint-result.ts";
import { loadTokenCounter } from "@core/tokens/count-tokens.ts";
import type { Draft } from "../draft.ts";
import { type Preview, preview } from "./preview.ts";

/** What the editor shows of one variable. */
export type Variable = {
  name: string;
  kind: string;
  required: boolean;
  hasDefault: boolean;
  description: string | null;
  /** How often the messages read it; 0 for one that is only declared. */
  uses: number;
  example: unknown;
};

export type Analysis = {
  /** What would be sent with the example values. */
  preview: Preview;
  findings: LintResult[];
  variables: Variable[];
  tokens: {
    /** Tokens of the text that is the same in every request, and how much of it a provider can cache. */
    fixed: number;
    cacheablePercent: number;
    /** False where the model's own tokenizer is not public. */
    exact: boolean;
  };
};

export type AnalysisInput = Pick<Draft, "messages" | "config" | "contract"> & {
  /** Example values, as a caller would send them. */
  values: Record<string, unknown>;
};

/** Everything the same modules would say on the server. Runs in the worker. */
export async function analyse(input: AnalysisInput): Promise<Analysis> {
  const model = typeof input.config.model === "string" ? input.config.model : null;
  const tokens = await loadTokenCounter(model);
  const context = lintContext(input, { tokens });
  const share = cacheableShare(context);
  return {
    preview: preview(input, input.values, tokens),
    findings: [...runRules(context).findings],
    variables: [...context.effective.variables.values()].map((variable) => ({
      name: variable.name,
      kind: variable.type,
      required: variable.required,
      hasDefault: variable.hasDefault,
      description: variable.description,
      uses: variable.uses.length,
      example: variable.hasExample ? variable.example : undefined,
    })),
    tokens: { fixed: share.fixedTokens, cacheablePercent: share.percent, exact: tokens.exact },
  };
}
