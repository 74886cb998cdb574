import type { LintResult } from "@core/lint/lint-result.ts";
import { Status } from "../../../components/status.tsx";
import { plural } from "../../../lib/format.ts";
import styles from "./editor.module.css";

type ProblemsProps = { findings: LintResult[]; failure?: string; checked: boolean };

/** What the server will say when it is activated, said while it is written. */
export function Problems({ findings, failure, checked }: ProblemsProps) {
  const errors = findings.filter(({ level }) => level === "error").length;
  return (
    <section className={styles.problems} aria-label="Problems">
      <p className={styles.problemsHeader} role="status">
        {summary({ checked, failure, errors, warnings: findings.length - errors })}
      </p>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li
              key={`${finding.rule} ${finding.messageIndex} ${finding.line} ${finding.column}`}
              className={styles.problem}
            >
              <Status tone={finding.level === "error" ? "bad" : "warn"}>{finding.level}</Status>
              <span>
                {finding.message} <span className={styles.remedy}>{finding.remedy}</span>
              </span>
              <span className="meta">
                {finding.messageIndex !== null &&
                  `Message ${finding.messageIndex + 1}, ${finding.line}:${finding.column}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function summary(state: { checked: boolean; failure?: string; errors: number; warnings: number }) {
  if (state.failure) return <Status tone="bad">{state.failure}</Status>;
  if (!state.checked) return <Status>checking</Status>;
  if (state.errors + state.warnings === 0) return <Status tone="good">no problems</Status>;
  return (
    <>
      {state.errors > 0 && (
        <Status tone="bad">{plural(state.errors, "error")}, activation waits for them</Status>
      )}
      {state.warnings > 0 && <Status tone="warn">{plural(state.warnings, "warning")}</Status>}
    </>
  );
}
