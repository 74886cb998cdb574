import type { MetricComparison } from "@core/ab/analysis-types.ts";
import styles from "./interval-plot.module.css";
import { type IntervalScale, judged } from "./interval-scale.ts";
import { variantStyle } from "./variant-mark.tsx";

/** Where the difference to the control may lie, on a scale shared with the other variants. */
export function IntervalPlot({
  letter,
  comparison,
  scale,
}: {
  letter: string;
  comparison: MetricComparison;
  scale: IntervalScale;
}) {
  const { interval, estimate } = judged(comparison);
  const known = Number.isFinite(interval.low) && Number.isFinite(interval.high);
  const { at, reach } = scale;
  return (
    <span className={styles.plot} style={variantStyle(letter)} aria-hidden="true">
      <Zone scale={scale} />
      {known && (
        <>
          <span
            className={styles.interval}
            data-cut-low={interval.low < -reach || undefined}
            data-cut-high={interval.high > reach || undefined}
            style={{ left: `${at(interval.low)}%`, right: `${100 - at(interval.high)}%` }}
          />
          <span className={styles.estimate} style={{ left: `${at(estimate)}%` }} />
        </>
      )}
    </span>
  );
}

/** Zero, and around it what would be too small to matter. */
export function Zone({ scale }: { scale: IntervalScale }) {
  return (
    <>
      {scale.smallest !== null && (
        <span
          className={styles.zone}
          style={{ left: `${scale.at(-scale.smallest)}%`, right: `${100 - scale.at(scale.smallest)}%` }}
        />
      )}
      <span className={styles.zero} />
    </>
  );
}

/** The ends and the middle of the scale, and which way is the better one. */
export function IntervalAxis({ scale, higherIsBetter }: { scale: IntervalScale; higherIsBetter: boolean }) {
  const [left, right] = higherIsBetter ? ["worse", "better"] : ["better", "worse"];
  return (
    <span className={styles.axis} aria-hidden="true">
      <span>{scale.measured ? `${scale.format(-scale.reach)} · ${left}` : left}</span>
      <span>same as A</span>
      <span>{scale.measured ? `${right} · ${scale.format(scale.reach)}` : right}</span>
    </span>
  );
}

/** "+5.1 % (+3.1 % to +8.2 %)", or that there is none yet. */
export function intervalText(
  comparison: MetricComparison,
  scale: IntervalScale,
): { estimate: string; interval: string } {
  const { interval, estimate } = judged(comparison);
  if (!Number.isFinite(estimate)) return { estimate: "–", interval: "no data yet" };
  const known = Number.isFinite(interval.low) && Number.isFinite(interval.high);
  return {
    estimate: scale.format(estimate),
    interval: known
      ? `${scale.format(interval.low)} to ${scale.format(interval.high)}`
      : "interval once each side has 100",
  };
}
