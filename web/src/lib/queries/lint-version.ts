import type { LintResult } from "@core/lint/lint-result.ts";
import { AppError, unwrapFunction } from "../errors.ts";
import { plural } from "../format.ts";
import { supabase } from "../supabase.ts";

export type StoredLintReport = {
  passed: boolean;
  error_count: number;
  warning_count: number;
  findings: LintResult[];
};

/** Has the server lint a saved version and keep the report, which activation and tests insist on. */
async function lintVersion(templateId: string, version: number): Promise<StoredLintReport> {
  const body = { template_id: templateId, version };
  const answer = await supabase().functions.invoke("prompts/lint", { method: "POST", body });
  return unwrapFunction(answer as { data: StoredLintReport; error: unknown });
}

/** Lints versions that are about to be served, and refuses with every error that was found in them (NM022). */
export async function requirePassingLint(templateId: string, versions: readonly number[]): Promise<void> {
  const reports = await Promise.all(
    [...new Set(versions)].map(async (version) => ({
      version,
      report: await lintVersion(templateId, version),
    })),
  );
  const failed = reports.filter(({ report }) => !report.passed);
  if (failed.length === 0) return;
  const says = failed.map(
    ({ version, report }) => `v${version} has ${plural(report.error_count, "lint error")}`,
  );
  throw new AppError("NM022", `${says.join(", ")}, so it is not served.`, {
    remedy: "Fix it in the editor and save a new version.",
    reasons: failed.flatMap(({ version, report }) =>
      report.findings
        .filter(({ level }) => level === "error")
        .map(({ messageIndex, line, message }) => {
          const place = messageIndex === null ? "" : `, message ${messageIndex + 1}, line ${line}`;
          return `v${version}${place}: ${message}`;
        }),
    ),
  });
}
