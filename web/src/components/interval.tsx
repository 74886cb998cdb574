import styles from "./interval.module.css";

type IntervalProps = {
  low: number;
  high: number;
  /** The furthest the scale goes to either side of zero; things compared share one. Without it the interval's own. */
  reach?: number;
};

/** A range around zero, drawn: zero is always in the middle, so that an eye sees whether it is inside. */
export function Interval({ low, high, reach }: IntervalProps) {
  const scale = reach ?? (Math.max(Math.abs(low), Math.abs(high)) || 1);
  const at = (value: number) => 50 + (Math.max(-scale, Math.min(scale, value)) / scale) * 47;
  const [from, to] = [at(low), at(high)];
  return (
    <svg className={styles.interval} viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      <line x1="2" x2="98" y1="8" y2="8" className={styles.axis} />
      <line x1="50" x2="50" y1="0" y2="16" className={styles.zero} />
      <line x1={from} x2={to} y1="8" y2="8" className={styles.range} />
      <line x1={from} x2={from} y1="3" y2="13" className={styles.end} />
      <line x1={to} x2={to} y1="3" y2="13" className={styles.end} />
    </svg>
  );
}
