import { jsonResponse } from "../_shared/server/http/json-response.ts";
import { type PromptsRequest, versionName } from "./handle-request.ts";
import { lintInput, lintStoredVersion, reportBody } from "./lint-version.ts";
import type { PromptsStore } from "./prompts-store.ts";

/**
 * `POST /lint`. With `{template_id, version}` the report is stored; with `{messages, contract?, config?}` it is
 * only answered. Answers 200 with the report, also when it has errors.
 */
export async function lint(request: PromptsRequest, store: PromptsStore): Promise<Response> {
  const body = await request.body();
  const report =
    "messages" in body
      ? await lintInput({ messages: body.messages, contract: body.contract, config: body.config })
      : await lintStoredVersion(request.caller, versionName(body), store);
  return jsonResponse(reportBody(report));
}
