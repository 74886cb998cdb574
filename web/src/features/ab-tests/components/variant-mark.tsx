import type { CSSProperties } from "react";
import styles from "./variant-mark.module.css";

/** A variant has the same colour on every page and in every chart. */
export function variantColour(letter: string): string {
  return `var(--series-${letter.charCodeAt(0) - 64})`;
}

/** For CSS that draws in a variant's colour: `var(--variant)`. */
export function variantStyle(letter: string, more: CSSProperties = {}): CSSProperties {
  return { ...more, "--variant": variantColour(letter) } as CSSProperties;
}

/** The letter in its colour, and the version it serves. */
export function VariantMark({ letter, version }: { letter: string; version?: number }) {
  return (
    <span className={styles.mark} style={variantStyle(letter)}>
      <span className={styles.letter}>{letter}</span>
      {version !== undefined && <span className="mono">v{version}</span>}
    </span>
  );
}

type Share = { letter: string; weight: number };

/** How traffic is divided, drawn to scale. The words beside it say the same. */
export function SplitBar({ shares, size = "medium" }: { shares: Share[]; size?: "small" | "medium" }) {
  return (
    <span className={styles.bar} data-size={size} aria-hidden="true">
      {shares.map(({ letter, weight }) => (
        <span key={letter} style={variantStyle(letter, { flexGrow: weight })} />
      ))}
    </span>
  );
}
