import type { Preview } from "@core/editor/preview-draft.ts";
import { previewOnDemand } from "@core/editor/preview-on-demand.ts";
import type { Includes, PromptVariables } from "@core/prompt/types.ts";
import { parseJson } from "@core/template/parse-json.ts";
import { loadTokenCounter } from "@core/tokens/count-tokens.ts";
import type { Content } from "../draft.ts";

/** All the editor shows about a draft, and whether its model's own tokenizer did the counting. */
export type Analysis = Preview & { exact: boolean };

export type AnalysisInput = Content & {
  /** Example values, as a caller would send them: as JSON, because on its way to a worker 1.0 would become 1. */
  values: string;
  /** What it includes, or would if it were saved now; null when that is nothing, or could not be read. */
  includes: Includes | null;
};

/**
 * Everything the same modules would say on the server. Runs in the worker. Says when it begins with the text: what is
 * fetched before takes as long as the connection makes it.
 */
export async function analyse({ values, ...content }: AnalysisInput, onBegin: () => void): Promise<Analysis> {
  const { model } = content.config;
  const tokens = await loadTokenCounter(typeof model === "string" ? model : null);
  onBegin();
  const variables = parseJson(values) as PromptVariables;
  const shown = await previewOnDemand({ ...content, variables }, { tokens });
  return { ...shown, exact: tokens.exact };
}
