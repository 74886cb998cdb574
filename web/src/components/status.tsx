import { clsx } from "clsx";
import type { ReactNode } from "react";
import styles from "./status.module.css";

export type Tone = "neutral" | "accent" | "good" | "warn" | "bad";

/** A state as one dot and one word; the word carries it, the dot only helps the eye. */
export function Status({
  tone = "neutral",
  children,
  pulse,
}: {
  tone?: Tone;
  children: ReactNode;
  pulse?: boolean;
}) {
  return (
    <span className={styles.status}>
      <span className={clsx(styles.dot, pulse && styles.pulse)} data-tone={tone} aria-hidden="true" />
      {children}
    </span>
  );
}

/** A short word or number set apart from the text around it. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  );
}
