import { FunctionError } from "../_shared/server/functions/function-error.ts";
import { jsonResponse } from "../_shared/server/http/json-response.ts";
import { type PromptsRequest, versionName } from "./handle-request.ts";
import { lintStoredVersion, reportBody } from "./lint-version.ts";
import type { PromptsStore } from "./prompts-store.ts";

/**
 * `POST /activate {template_id, version}`: lints on the server, stores the report, and activates in the name
 * of the person asking. Answers the template's row with `lint_report`; 422 `lint_failed` with the report when
 * it has errors. The database refuses an activation without a passing report anyway: this only says why.
 */
export async function activate(request: PromptsRequest, store: PromptsStore): Promise<Response> {
  const name = versionName(await request.body());
  const report = await lintStoredVersion(request.caller, name, store);
  const lint_report = reportBody(report);
  if (!report.passed) {
    const errors = report.errorCount === 1 ? "1 error" : `${report.errorCount} errors`;
    throw new FunctionError(
      422,
      "lint_failed",
      `Version ${name.version} has ${errors}: ${report.findings[0]?.message ?? ""}`,
      "Fix what lint_report lists and save a new version.",
      { lint_report },
    );
  }
  const template = await store.activate(request.caller, name);
  return jsonResponse({ ...template, lint_report });
}
