import { CircleAlert } from "lucide-react";
import type { AppError } from "../lib/errors.ts";
import styles from "./error-note.module.css";

/** A refusal beside the thing that was refused: the sentence, what to do, the code for looking it up. */
export function ErrorNote({ error }: { error: AppError }) {
  return (
    <div className={styles.note} role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <div>
        <p>{error.message}</p>
        {error.reasons && (
          <ul className={styles.reasons}>
            {error.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
        {error.remedy && <p className={styles.remedy}>{error.remedy}</p>}
      </div>
      <code className={styles.code}>{error.code}</code>
    </div>
  );
}
