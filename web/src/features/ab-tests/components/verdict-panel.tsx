import { METRICS } from "@core/ab/metrics.ts";
import { Panel } from "../../../components/page.tsx";
import { count, percent } from "../../../lib/format.ts";
import type { AbTest } from "../api/get-ab-tests.ts";
import { metricValue } from "../metric-value.ts";
import { primaryOf, type Standing, VERDICT_TONES } from "../standing.ts";
import { IntervalAxis, IntervalPlot, intervalText, Zone } from "./interval-plot.tsx";
import { scaleOf } from "./interval-scale.ts";
import { VariantMark } from "./variant-mark.tsx";
import styles from "./verdict.module.css";

const DEFAULT_EFFECT = 0.05;

export function VerdictPanel({ test, standing }: { test: AbTest; standing: Standing }) {
  const { headline, analysis, rows } = standing;
  const metric = test.primary_metric;
  const compared = analysis.variants.flatMap(({ letter, comparisons }) => {
    const comparison = primaryOf(comparisons, metric);
    return comparison ? [{ letter, comparison }] : [];
  });
  const scale = scaleOf(
    compared.map(({ comparison }) => comparison),
    test.minimum_detectable_effect ?? DEFAULT_EFFECT,
  );
  const valuesOf = (letter: string) => rows.find(({ variant }) => variant === letter);
  const control = valuesOf("A");
  return (
    <Panel>
      <section aria-label="Verdict">
        <h2 className={styles.headline} data-tone={VERDICT_TONES[headline.kind]}>
          {headline.sentence}
        </h2>
        <p className="muted">{context(test, standing)}</p>
        <Progress test={test} units={standing.units} />
        <table className={styles.table} aria-label={`${METRICS[metric].label} against the control`}>
          <thead>
            <tr>
              <th>Variant</th>
              <th className={styles.number}>{METRICS[metric].label}</th>
              <th className={styles.number}>n</th>
              <th className={styles.plotCell}>
                <IntervalAxis scale={scale} higherIsBetter={METRICS[metric].higherIsBetter} />
                <span className="visually-hidden">Interval</span>
              </th>
              <th>Against A</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">
                <VariantMark letter="A" version={control?.version} />
              </th>
              <td className={styles.number}>{metricValue(metric, compared[0]?.comparison.control)}</td>
              <td className={styles.number}>
                <Counted n={standing.unitsOf.A} />
              </td>
              <td className={styles.plotCell}>
                <span className={styles.empty} aria-hidden="true">
                  <Zone scale={scale} />
                </span>
              </td>
              <td className="muted">control</td>
            </tr>
            {compared.map(({ letter, comparison }) => {
              const row = valuesOf(letter);
              const text = intervalText(comparison, scale);
              return (
                <tr key={letter}>
                  <th scope="row">
                    <VariantMark letter={letter} version={row?.version} />
                  </th>
                  <td className={styles.number}>{metricValue(metric, comparison.variant)}</td>
                  <td className={styles.number}>
                    <Counted n={standing.unitsOf[letter]} />
                  </td>
                  <td className={styles.plotCell}>
                    <IntervalPlot letter={letter} comparison={comparison} scale={scale} />
                  </td>
                  <td>
                    <span className={styles.estimate}>{text.estimate}</span>
                    <span className="meta num">{text.interval}</span>
                    {compared.length > 1 && (standing.unitsOf[letter] ?? 0) > 0 && (
                      <span className={styles.said}>{comparison.verdict.sentence}</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <div className={styles.phoneAxis}>
          <IntervalAxis scale={scale} higherIsBetter={METRICS[metric].higherIsBetter} />
        </div>
      </section>
    </Panel>
  );
}

/** Without the heading of its column, on a phone, the number says what it is. */
function Counted({ n = 0 }: { n?: number | undefined }) {
  return (
    <>
      <span className={styles.phoneOnly}>n = </span>
      {count(n)}
    </>
  );
}

function context(test: AbTest, { analysis, units, phase }: Standing): string {
  const metric = METRICS[test.primary_metric].label.toLowerCase();
  const unit =
    analysis.unit === "subjects"
      ? "user or session"
      : test.primary_metric === "quality"
        ? "rated request"
        : "request";
  const planned = test.planned_units ? ` of about ${count(test.planned_units)}` : "";
  const approximate = analysis.unitsAreApproximate
    ? " No log says who asked, so requests are taken as independent and the intervals are too narrow."
    : "";
  const dominated = analysis.fewDominate
    ? " A few users make most of the requests, so it takes more of the others before anything is said."
    : "";
  const partly =
    analysis.subjectsCover < 0.99
      ? ` Judged by the ${percent(analysis.subjectsCover)} of requests whose logs are kept and say who asked.`
      : "";
  const inPhase = test.phase > 1 ? ` in phase ${phase}` : "";
  const many = analysis.unit === "subjects" ? "users or sessions" : `${unit}s`;
  const seen = planned || units !== 1 ? `${count(units)}${planned} ${many}` : `1 ${unit}`;
  return `On ${metric}, after ${seen}${inPhase}. The interval holds at every look (95 %), so looking early costs nothing.${approximate}${dominated}${partly}`;
}

function Progress({ test, units }: { test: AbTest; units: number }) {
  if (!test.planned_units) return null;
  const share = Math.min(1, units / test.planned_units);
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label="Of the planned sample"
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}
