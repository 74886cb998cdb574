import { CloudOff, LockKeyhole } from "lucide-react";
import type { ReactNode } from "react";
import { useParams } from "react-router";
import { toAppError } from "../lib/errors.ts";
import { paths } from "../lib/paths.ts";
import type { Role } from "../lib/permissions.ts";
import { Button, ButtonLink } from "./button.tsx";
import styles from "./states.module.css";

/** Grey shapes of what is coming. They appear only after a moment: what loads faster should not flicker. */
export function Skeleton({
  lines = 3,
  shape = "rows",
}: {
  lines?: number;
  shape?: "rows" | "text" | "block";
}) {
  return (
    <div className={styles.skeleton} data-shape={shape} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, index) => index).map((line) => (
        <span key={line} />
      ))}
    </div>
  );
}

type EmptyProps = {
  title: string;
  /** What this is and when something will be here. */
  children: ReactNode;
  action?: ReactNode;
  /** Two lines that teach by showing. */
  example?: ReactNode;
};

export function Empty({ title, children, action, example }: EmptyProps) {
  return (
    <div className={styles.state}>
      <h2>{title}</h2>
      <p className={styles.words}>{children}</p>
      {example && <pre className={styles.example}>{example}</pre>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

type FailedProps = {
  error: unknown;
  retry?: () => void;
  /** What the button of `retry` says. */
  again?: string;
  /** Trying again is under way. */
  busy?: boolean;
};

export function Failed({ error: reason, retry, again = "Try again", busy }: FailedProps) {
  const error = toAppError(reason);
  return (
    <div className={styles.state} role="alert">
      <CloudOff size={20} aria-hidden="true" className={styles.icon} />
      <h2>{error.message}</h2>
      {error.remedy && <p className={styles.words}>{error.remedy}</p>}
      <p className="meta">
        Code <code>{error.code}</code>
      </p>
      {retry && (
        <div className={styles.action}>
          <Button onClick={retry} busy={busy}>
            {again}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Someone else can; says who. */
export function NotAllowed({ what, takes }: { what: string; takes: Role }) {
  const { organizationId } = useParams();
  const article = takes === "admin" || takes === "owner" ? "an" : "a";
  return (
    <div className={styles.state}>
      <LockKeyhole size={20} aria-hidden="true" className={styles.icon} />
      <h2>{what} is not open to your role</h2>
      <p className={styles.words}>
        It takes {article} {takes}.
      </p>
      {organizationId && (
        <div className={styles.action}>
          <ButtonLink to={paths.settings(organizationId, "members")}>See who that is</ButtonLink>
        </div>
      )}
    </div>
  );
}
