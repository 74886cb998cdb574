import styles from "./wordmark.module.css";

export function Wordmark() {
  return (
    <span className={styles.wordmark}>
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="var(--accent)" />
        <path fill="var(--accent-ink)" d="M9 24V8h3.2l7.7 10.6V8H23v16h-3.1L12.1 13.3V24z" />
      </svg>
      Nemo
    </span>
  );
}
