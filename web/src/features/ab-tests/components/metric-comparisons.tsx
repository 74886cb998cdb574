import { METRICS, type Metric } from "@core/ab/metrics.ts";
import { Panel } from "../../../components/page.tsx";
import { Status } from "../../../components/status.tsx";
import type { AbTest } from "../api/get-ab-tests.ts";
import { metricValue } from "../metric-value.ts";
import { type Standing, VERDICT_TONES } from "../standing.ts";
import styles from "./comparisons.module.css";
import { IntervalAxis, IntervalPlot, intervalText } from "./interval-plot.tsx";
import { judged, scaleOf } from "./interval-scale.ts";
import { VariantMark } from "./variant-mark.tsx";

const DEFAULT_EFFECT = 0.05;

const missing: Partial<Record<Metric, string>> = {
  cost: "Unknown: no request had a model with a known price.",
  quality: "No answer was rated yet.",
};

/** The metrics that do not decide. */
export function MetricComparisons({ test, standing }: { test: AbTest; standing: Standing }) {
  const others = (Object.keys(METRICS) as Metric[]).filter((metric) => metric !== test.primary_metric);
  return (
    <Panel
      title="Everything else"
      lead="For information: each is right in 95 % of tests by itself, and none of them decides."
    >
      <ul className={styles.metrics}>
        {others.map((metric) => (
          <OneMetric key={metric} metric={metric} test={test} standing={standing} />
        ))}
      </ul>
    </Panel>
  );
}

function OneMetric({ metric, test, standing }: { metric: Metric; test: AbTest; standing: Standing }) {
  const compared = standing.analysis.variants.flatMap(({ letter, comparisons }) => {
    const comparison = comparisons.find((one) => one.metric === metric);
    return comparison ? [{ letter, comparison }] : [];
  });
  const scale = scaleOf(
    compared.map(({ comparison }) => comparison),
    test.minimum_detectable_effect ?? DEFAULT_EFFECT,
  );
  const nothing = compared.every(({ comparison }) => !Number.isFinite(judged(comparison).estimate));
  if (nothing) {
    return (
      <li className={styles.metric}>
        <div className={styles.head}>
          <h3>{METRICS[metric].label}</h3>
        </div>
        <p className={styles.nothing}>{missing[metric] ?? "Nothing to compare yet."}</p>
      </li>
    );
  }
  return (
    <li className={styles.metric}>
      <div className={styles.head}>
        <h3>{METRICS[metric].label}</h3>
        <p className="meta num">A {metricValue(metric, compared[0]?.comparison.control)}</p>
      </div>
      <ul>
        {compared.map(({ letter, comparison }) => {
          const text = intervalText(comparison, scale);
          return (
            <li key={letter} className={styles.line}>
              <span className={styles.who}>
                <VariantMark letter={letter} />
                <span className="num">{metricValue(metric, comparison.variant)}</span>
              </span>
              <IntervalPlot letter={letter} comparison={comparison} scale={scale} />
              <span>
                <span className="num">{text.estimate}</span> <span className="meta num">{text.interval}</span>
                <span className={styles.verdict}>
                  <Status tone={VERDICT_TONES[comparison.verdict.kind]}>
                    <span className={styles.sentence}>{comparison.verdict.sentence}</span>
                  </Status>
                </span>
              </span>
            </li>
          );
        })}
        <li className={styles.line}>
          <span />
          <IntervalAxis scale={scale} higherIsBetter={METRICS[metric].higherIsBetter} />
          <span />
        </li>
      </ul>
    </li>
  );
}
