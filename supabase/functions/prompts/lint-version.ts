import { type LintInput, lintPrompt } from "../_shared/core/lint/lint-prompt.ts";
import type { LintReport } from "../_shared/core/lint/lint-result.ts";
import type { Includes } from "../_shared/core/prompt/types.ts";
import { loadTokenCounter } from "../_shared/core/tokens/count-tokens.ts";
import type { Caller } from "../_shared/server/functions/caller.ts";
import { versionNotFound } from "./prompts-error.ts";
import type { PromptsStore, VersionName } from "./prompts-store.ts";

/** Lints what is given, with the tokenizer of its model. Without `includes`, includes are not looked at. */
export async function lintInput(input: LintInput, includes: Includes | null = null): Promise<LintReport> {
  const model = (input.config as { model?: unknown } | null | undefined)?.model;
  const tokens = await loadTokenCounter(typeof model === "string" ? model : null);
  return lintPrompt(input, { tokens, includes });
}

/** Lints a stored version as its readers see it and stores the report, bound to the very text it is about. */
export async function lintStoredVersion(
  caller: Caller,
  name: VersionName,
  store: PromptsStore,
): Promise<LintReport> {
  const version = await store.readVersion(caller, name);
  if (!version) {
    // Counting a refused look at another organization's template must not turn the 404 into something else.
    await store
      .recordDenial(name, caller)
      .catch((error) => console.error("prompts: denial not counted:", error));
    throw versionNotFound();
  }
  const report = await lintInput(version, await store.readIncludes(caller, name, version.messages));
  await store.recordReport(name, version.content_hash, report);
  return report;
}

/** A report as this function's answers hold it, in the words of `nemo.lint_reports`. */
export function reportBody({
  passed,
  errorCount,
  warningCount,
  findings,
}: LintReport): Record<string, unknown> {
  return { passed, error_count: errorCount, warning_count: warningCount, findings };
}
