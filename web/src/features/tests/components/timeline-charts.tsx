import { formatAmount, formatShare } from "@core/ab/format-amount.ts";
import { METRICS } from "@core/ab/metrics.ts";
import { Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import type { AbTest, Variant } from "../api/get-tests.ts";
import { useTimeline } from "../api/get-timeline.ts";
import { metricValue } from "../metric-value.ts";
import type { Standing } from "../standing.ts";
import { primaryOf } from "../standing.ts";
import {
  type ChartedMetric,
  requestSeries,
  sequenceOf,
  seriesOf,
  type TimelineRow,
} from "../timeline-series.ts";
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

export function TimelineCharts({ test, standing }: { test: AbTest; standing: Standing }) {
  return (
    <QueryView query={useTimeline(test.id, standing.phase)} empty={null}>
      {(rows) => <Charts test={test} standing={standing} rows={rows} />}
    </QueryView>
  );
}

function Charts({ test, standing, rows }: { test: AbTest; standing: Standing; rows: TimelineRow[] }) {
  const variants: Variant[] = standing.rows.map(({ variant, ...row }) => ({ ...row, letter: variant }));
  const letters = variants.filter(({ weight }) => weight > 0).map(({ letter }) => letter);
  return (
    <>
      <Sequence test={test} standing={standing} rows={rows} variants={variants} />
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

type SequenceProps = { test: AbTest; standing: Standing; rows: TimelineRow[]; variants: Variant[] };

function Sequence({ test, standing, rows, variants }: SequenceProps) {
  const { label, unit, higherIsBetter } = METRICS[test.primary_metric];
  const title = `How has the difference in ${label.toLowerCase()} settled?`;
  if (test.assign_by === "subject") {
    return (
      <Panel title={title}>
        <p className="muted">
          Not drawn for tests by user or session: their intervals rest on sums over subjects, which are not
          kept by the hour. The verdict above is right at every moment it is looked at.
        </p>
      </Panel>
    );
  }
  const points = sequenceOf(rows, variants, test);
  const hasLift = standing.analysis.variants.every(
    ({ comparisons }) => primaryOf(comparisons, test.primary_metric)?.lift !== null,
  );
  const format = (value: number) =>
    signed(value, hasLift ? formatShare : (amount) => formatAmount(amount, unit));
  return (
    <Panel
      title={title}
      lead={`Interval of the difference to A over time, ${higherIsBetter ? "up" : "down"} is better. A test concludes when it leaves zero.`}
    >
      {points.length === 0 ? (
        <p className="muted">The first interval is drawn once A and one more variant have 100 values each.</p>
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
