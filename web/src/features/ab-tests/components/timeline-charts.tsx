import { formatAmount, formatShare } from "@core/ab/format-amount.ts";
import { METRICS } from "@core/ab/metrics.ts";
import { memo } from "react";
import { Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import type { AbTest } from "../api/get-ab-tests.ts";
import { useSubjectTimeline, useTimeline } from "../api/get-timeline.ts";
import { metricValue } from "../metric-value.ts";
import { type SequencedVariant, type SequencePoint, sequenceOf, subjectSequenceOf } from "../sequence.ts";
import type { Standing } from "../standing.ts";
import { primaryOf } from "../standing.ts";
import { type ChartedMetric, requestSeries, seriesOf, type TimelineRow } from "../timeline-series.ts";
import styles from "./charts.module.css";
import { signed } from "./interval-scale.ts";
import { SequenceChart } from "./sequence-chart.tsx";
import { TimelineNumbers } from "./timeline-numbers.tsx";
import { VariantLines } from "./variant-lines.tsx";

type Chart = {
  metric: ChartedMetric;
  title: string;
  top?: number;
  least?: number;
  short?: (value: number) => string;
};
const charts: Chart[] = [
  { metric: "quality", title: "How good are the answers?", top: 1, short: (value) => value.toFixed(2) },
  { metric: "cost", title: "What does a request cost?" },
  { metric: "latency_p95", title: "How slow are the slowest 5 %?" },
  { metric: "error_rate", title: "How many requests fail?", least: 0.05 },
];

/** Remembered, so that they are drawn only when they change: see AbTestReportView. */
export const TimelineCharts = memo(function TimelineCharts({
  test,
  standing,
}: {
  test: AbTest;
  standing: Standing;
}) {
  return (
    <QueryView query={useTimeline(test.id, standing.phase)} empty={null}>
      {(rows) => <Charts test={test} standing={standing} rows={rows} />}
    </QueryView>
  );
});

function Charts({ test, standing, rows }: { test: AbTest; standing: Standing; rows: TimelineRow[] }) {
  const variants = standing.rows.map(({ variant, ...row }) => ({ ...row, letter: variant }));
  const letters = variants.filter(({ weight }) => weight > 0).map(({ letter }) => letter);
  return (
    <>
      {test.assign_by === "subject" && !standing.analysis.unitsAreApproximate ? (
        <SubjectSequence test={test} standing={standing} variants={variants} />
      ) : (
        <Sequence test={test} standing={standing} points={sequenceOf(rows, variants, test)} />
      )}
      <Panel title="Over time">
        <div className={styles.grid}>
          {charts.map(({ metric, ...chart }) => (
            <VariantLines
              key={metric}
              {...chart}
              points={seriesOf(rows, metric)}
              letters={letters}
              format={(value) => metricValue(metric, value)}
            />
          ))}
        </div>
        <TimelineNumbers rows={rows} requests={requestSeries(rows)} letters={letters} />
      </Panel>
    </>
  );
}

type SubjectSequenceProps = { test: AbTest; standing: Standing; variants: SequencedVariant[] };

function SubjectSequence({ test, standing, variants }: SubjectSequenceProps) {
  return (
    <QueryView query={useSubjectTimeline(test.id, standing.phase)} empty={null}>
      {(rows) => (
        <Sequence test={test} standing={standing} points={subjectSequenceOf(rows, variants, test)} />
      )}
    </QueryView>
  );
}

type SequenceProps = { test: AbTest; standing: Standing; points: SequencePoint[] };

function Sequence({ test, standing, points }: SequenceProps) {
  const { label, unit, higherIsBetter } = METRICS[test.primary_metric];
  const hasLift = standing.analysis.variants.every(
    ({ comparisons }) => primaryOf(comparisons, test.primary_metric)?.lift !== null,
  );
  const format = (value: number) =>
    signed(value, hasLift ? formatShare : (amount) => formatAmount(amount, unit));
  const least = standing.analysis.unit === "subjects" ? "users or sessions" : "values";
  return (
    <Panel
      title={`How has the difference in ${label.toLowerCase()} settled?`}
      lead={`Interval of the difference to A over time, ${higherIsBetter ? "up" : "down"} is better. A test concludes when it leaves zero.`}
    >
      {points.length === 0 ? (
        <p className="muted">
          The first interval is drawn once A and one more variant have 100 {least} each.
        </p>
      ) : (
        <SequenceChart
          points={points}
          smallest={hasLift ? (test.minimum_detectable_effect ?? null) : null}
          format={format}
        />
      )}
    </Panel>
  );
}
