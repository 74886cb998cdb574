import { OctagonAlert, ShieldAlert, Trophy } from "lucide-react";
import type { ReactNode } from "react";
import { Time } from "../../../components/time.tsx";
import type { AbTest } from "../api/get-ab-tests.ts";
import { breachSentence } from "../guardrails.ts";
import styles from "./notices.module.css";

export function Notice({
  tone,
  icon,
  children,
}: {
  tone: "bad" | "warn" | "good";
  icon: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.notice} data-tone={tone} role="status">
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div>{children}</div>
    </div>
  );
}

/** What happened to the test that a reader must know before any number. */
export function AbTestNotices({ test }: { test: AbTest }) {
  const stopped = test.variants.filter(({ stopped_at }) => stopped_at !== null);
  const promoted = test.variants.find(({ letter }) => letter === test.promoted_variant);
  return (
    <>
      {stopped.map(({ letter, version, stopped_at, stopped_for }) => (
        <Notice key={letter} tone="bad" icon={<ShieldAlert />}>
          <p>
            <strong>
              A guardrail stopped {letter} (v{version})
            </strong>{" "}
            {stopped_at && <Time at={stopped_at} />}. Its requests get the active version.
            {test.state === "paused" &&
              " One variant is no test, so the test is paused. New weights begin a phase in which it is served again."}
          </p>
          {stopped_for && <p className="meta">{breachSentence(stopped_for)}</p>}
        </Notice>
      ))}
      {test.stop_reason && stopped.length === 0 && (
        <Notice tone="warn" icon={<OctagonAlert />}>
          {test.stop_reason}
        </Notice>
      )}
      {promoted && (
        <Notice tone="good" icon={<Trophy />}>
          {promoted.letter} was promoted: v{promoted.version} became the active version.
        </Notice>
      )}
    </>
  );
}
