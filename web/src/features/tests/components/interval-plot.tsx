import type { MetricComparison } from "@core/ab/analysis-types.ts";
import { formatAmount, formatShare } from "@core/ab/format-amount.ts";
import { METRICS } from "@core/ab/metrics.ts";
import styles from "./tests.module.css";

/** Where the difference may lie, around zero. Half the width is the further end, so zero is always in the middle. */
export function IntervalPlot({ letter, comparison }: { letter: string; comparison: MetricComparison }) {
  const shown = comparison.lift ?? comparison.difference;
  const { low, high } = shown.interval;
  if (!Number.isFinite(low) || !Number.isFinite(high)) return <span className="meta">no interval yet</span>;
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const at = (value: number) => 50 + (value / reach) * 46;
  const text = comparison.lift
    ? formatShare
    : (value: number) => formatAmount(value, METRICS[comparison.metric].unit);
  return (
    <span className={styles.plot}>
      <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true" data-letter={letter}>
        <line x1="50" x2="50" y1="0" y2="16" className={styles.zero} />
        <line x1={at(low)} x2={at(high)} y1="8" y2="8" className={styles.interval} />
        <line x1={at(low)} x2={at(low)} y1="4" y2="12" className={styles.interval} />
        <line x1={at(high)} x2={at(high)} y1="4" y2="12" className={styles.interval} />
      </svg>
      <span className="meta num">
        {text(low)} to {text(high)}
      </span>
    </span>
  );
}
