import { Status } from "../../../components/status.tsx";
import type { AbTest } from "../api/get-ab-tests.ts";
import { useAbTestReport } from "../api/get-report.ts";
import { standingOf, VERDICT_TONES } from "../standing.ts";
import styles from "./ab-tests.module.css";

/** What a test has shown, in the list. Rows are mounted only while they can be seen, and so are their reports read. */
export function RowVerdict({ test }: { test: AbTest }) {
  if (test.state === "draft") return <span className={styles.verdict}>not started</span>;
  return <StartedVerdict test={test} />;
}

function StartedVerdict({ test }: { test: AbTest }) {
  const report = useAbTestReport(test);
  const standing = report && standingOf(test, report);
  if (!standing) return <span className={styles.verdict} />;
  const { kind, sentence } = standing.headline;
  return (
    <span className={styles.verdict}>
      <Status tone={VERDICT_TONES[kind]}>
        <span className={styles.sentence}>{sentence}</span>
      </Status>
    </span>
  );
}
