import { Scale } from "lucide-react";
import { lazy, Suspense, useDeferredValue } from "react";
import { Skeleton } from "../../../components/states.tsx";
import type { AbTest } from "../api/get-ab-tests.ts";
import type { Standing } from "../standing.ts";
import { Notice } from "./ab-test-notices.tsx";
import { CountsTable } from "./counts-table.tsx";
import { MetricComparisons } from "./metric-comparisons.tsx";
import { VerdictPanel } from "./verdict-panel.tsx";

const TimelineCharts = lazy(async () => ({
  default: (await import("./timeline-charts.tsx")).TimelineCharts,
}));

/** The sentence first, then the interval it rests on, then what was counted, then how it came about. */
export function AbTestReportView({ test, standing }: { test: AbTest; standing: Standing }) {
  const { analysis } = standing;
  // What was counted is shown first; the charts, which take longest to draw, follow.
  const drawn = useDeferredValue(standing);
  return (
    <>
      {analysis.splitIsWrong && (
        <Notice tone="bad" icon={<Scale />}>
          <p>
            <strong>Traffic is not split as the weights say</strong> (
            {analysis.splitPValue < 0.0001 ? "p below 0.0001" : `p = ${analysis.splitPValue.toFixed(4)}`}).
            Something between assignment and receipt is broken, so nothing is concluded.
          </p>
          <p className="meta">
            Look for variants that fail before they are logged, or clients that repeat requests of one
            variant.
          </p>
        </Notice>
      )}
      <VerdictPanel test={test} standing={standing} />
      <MetricComparisons test={test} standing={standing} />
      <CountsTable rows={standing.rows} />
      <Suspense fallback={<Skeleton shape="block" lines={2} />}>
        <TimelineCharts test={test} standing={drawn} />
      </Suspense>
    </>
  );
}
