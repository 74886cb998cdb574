import type { LintResult, TextEdit } from "@core/lint/lint-result.ts";
import { Button } from "../../../components/button.tsx";
import { Status } from "../../../components/status.tsx";
import { plural, sentence } from "../../../lib/format.ts";
import styles from "./problems.module.css";

type ProblemsProps = {
  findings: readonly LintResult[];
  failure?: string;
  checked: boolean;
  readOnly: boolean;
  onGo: (finding: LintResult) => void;
  onFix: (messageIndex: number, edits: readonly TextEdit[]) => void;
};

/** What the server will say when it is activated, said while it is written. */
export function Problems({ findings, failure, checked, readOnly, onGo, onFix }: ProblemsProps) {
  const errors = findings.filter(({ level }) => level === "error").length;
  return (
    <section className={styles.problems} aria-label="Problems">
      <p className={styles.problemsHeader} role="status">
        {summary({ checked, failure, errors, warnings: findings.length - errors })}
      </p>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => {
            const { rule, level, message, remedy, messageIndex, line, column, fix } = finding;
            return (
              <li key={`${rule} ${messageIndex} ${line} ${column}`} className={styles.problem}>
                <Status tone={level === "error" ? "bad" : "warn"}>{level}</Status>
                <span>
                  <Words>{sentence(message)}</Words>{" "}
                  <span className={styles.remedy}>
                    <Words>{remedy}</Words>
                  </span>
                </span>
                {messageIndex !== null && (
                  <span className={styles.problemActions}>
                    {fix && !readOnly && (
                      <Button size="small" onClick={() => onFix(messageIndex, fix.edits)}>
                        {fix.label}
                      </Button>
                    )}
                    <button type="button" className={styles.place} onClick={() => onGo(finding)}>
                      <span className="visually-hidden">Go to </span>
                      Message {messageIndex + 1}, {line}:{column}
                    </button>
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** Sets apart what stands between backticks, as it does in the documentation of the rules. */
function Words({ children }: { children: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence are told apart by their place
  return children.split("`").map((part, at) => (at % 2 ? <code key={at}>{part}</code> : part));
}

function summary(state: { checked: boolean; failure?: string; errors: number; warnings: number }) {
  if (state.failure) return <Status tone="bad">{state.failure}</Status>;
  if (!state.checked) return <Status>checking</Status>;
  if (state.errors + state.warnings === 0) return <Status tone="good">no problems</Status>;
  return (
    <>
      {state.errors > 0 && (
        <Status tone="bad">
          {plural(state.errors, "error")}, activation waits for {state.errors === 1 ? "it" : "them"}
        </Status>
      )}
      {state.warnings > 0 && (
        <Status tone="warn">
          {plural(state.warnings, "warning")}
          {state.errors === 0 && ", it can be activated"}
        </Status>
      )}
    </>
  );
}
