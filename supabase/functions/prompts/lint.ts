import type { LintReport } from "../_shared/core/lint/lint-result.ts";
import { jsonResponse } from "../_shared/server/http/json-response.ts";
import { type PromptsRequest, versionName } from "./handle-request.ts";
import { lintInput, lintStoredVersion, reportBody } from "./lint-version.ts";
import type { PromptsStore } from "./prompts-store.ts";

/**
 * `POST /lint`. With `{template_id, version}` the report is stored; with `{messages, contract?, config?}` it is
 * only answered, and its includes are looked at if it says the `template_id` it is for. Answers 200 with the report,
 * also when it has errors.
 */
export async function lint(request: PromptsRequest, store: PromptsStore): Promise<Response> {
  const body = await request.body();
  const report =
    "messages" in body
      ? await lintDraft(request, body, store)
      : await lintStoredVersion(request.caller, versionName(body), store);
  return jsonResponse(reportBody(report));
}

async function lintDraft(
  { caller }: PromptsRequest,
  { messages, contract, config, template_id }: Readonly<Record<string, unknown>>,
  store: PromptsStore,
): Promise<LintReport> {
  const includes =
    typeof template_id === "string" ? await store.readIncludes(caller, { template_id }, messages) : null;
  return lintInput({ messages, contract, config }, includes);
}
