import type { MetricComparison, PhaseAnalysis } from "@core/ab/analysis-types.ts";
import { analyzePhase } from "@core/ab/analyze-test.ts";
import { METRICS } from "@core/ab/metrics.ts";
import { Panel } from "../../../components/page.tsx";
import { Status, type Tone } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { basisPoints, count, dollars, milliseconds, percent } from "../../../lib/format.ts";
import type { TestReport, VariantReport } from "../api/get-report.ts";
import type { AbTest } from "../api/get-tests.ts";
import { IntervalPlot } from "./interval-plot.tsx";
import styles from "./tests.module.css";

const tones: Record<string, Tone> = {
  better: "good",
  worse: "bad",
  blocked: "warn",
  no_difference: "neutral",
  not_enough_data: "neutral",
};

/** The sentence first, then the interval it rests on, then what was counted. */
export function TestReportView({ test, report }: { test: AbTest; report: TestReport }) {
  const rows = report.rows.filter(({ phase }) => phase === test.phase);
  if (!rows.some(({ variant }) => variant === "A")) {
    return (
      <Panel title="Nothing measured yet">
        <p className="muted">Results appear within seconds of the first request.</p>
      </Panel>
    );
  }
  const analysis = analyzePhase(rows, test, report.subjects);
  return (
    <>
      <Verdicts test={test} analysis={analysis} />
      <Counts rows={rows} />
    </>
  );
}

function Verdicts({ test, analysis }: { test: AbTest; analysis: PhaseAnalysis }) {
  return (
    <Panel
      title={`Verdict on ${METRICS[test.primary_metric].label.toLowerCase()}`}
      lead="Intervals hold at every look (95 %), so looking early costs nothing."
    >
      {analysis.splitIsWrong && (
        <p>
          <Status tone="bad">
            Traffic is not split as the weights say (p = {analysis.splitPValue.toPrecision(2)})
          </Status>
        </p>
      )}
      <ul className={styles.verdicts}>
        {analysis.variants.map(({ letter, comparisons }) => (
          <li key={letter}>
            <h3>{letter} against A</h3>
            <Comparisons letter={letter} comparisons={comparisons} primary={test.primary_metric} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type ComparisonsProps = { letter: string; comparisons: readonly MetricComparison[]; primary: string };

function Comparisons({ letter, comparisons, primary }: ComparisonsProps) {
  const ordered = [...comparisons].sort(
    (a, b) => Number(b.metric === primary) - Number(a.metric === primary),
  );
  return (
    <ul className={styles.comparisons}>
      {ordered.map((comparison) => (
        <li
          key={comparison.metric}
          className={styles.comparison}
          data-primary={comparison.metric === primary || undefined}
        >
          <span>{METRICS[comparison.metric].label}</span>
          <IntervalPlot letter={letter} comparison={comparison} />
          <Status tone={tones[comparison.verdict.kind]}>
            <span className={styles.sentence}>{comparison.verdict.sentence}</span>
          </Status>
        </li>
      ))}
    </ul>
  );
}

function Counts({ rows }: { rows: VariantReport[] }) {
  return (
    <Panel title="Counted from what was served" flush>
      <div className={table.scroller}>
        <table className={table.table} aria-label="Results per variant">
          <thead>
            <tr>
              <th>Variant</th>
              <th className={table.number}>Share</th>
              <th className={table.number}>n</th>
              <th className={table.number}>Errors</th>
              <th className={table.number}>Cost, mean</th>
              <th className={table.number}>Cost, total</th>
              <th className={table.number}>Tokens, mean</th>
              <th className={table.number}>p50</th>
              <th className={table.number}>p95</th>
              <th className={table.number}>p99</th>
              <th className={table.number}>Quality (n)</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.variant}>
                <th scope="row">
                  <span className={styles.swatch} data-letter={row.variant} aria-hidden="true" />{" "}
                  {row.variant} · v{row.version} {row.stopped_at && <Status tone="bad">stopped</Status>}
                </th>
                <td className={table.number}>{basisPoints(row.weight)}</td>
                <td className={table.number}>{count(row.n)}</td>
                <td className={table.number}>{row.n === 0 ? "–" : percent(row.errors / row.n)}</td>
                <td className={table.number}>{dollars(row.cost_mean_nanousd)}</td>
                <td className={table.number}>{dollars(row.cost_nanousd)}</td>
                <td className={table.number}>
                  {row.tokens_mean === null ? "–" : count(Math.round(row.tokens_mean))}
                </td>
                <td className={table.number}>{milliseconds(row.latency_p50_ms)}</td>
                <td className={table.number}>{milliseconds(row.latency_p95_ms)}</td>
                <td className={table.number}>{milliseconds(row.latency_p99_ms)}</td>
                <td className={table.number}>
                  {row.quality_mean === null
                    ? "no feedback"
                    : `${row.quality_mean.toFixed(2)} (${count(row.quality_n)})`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
