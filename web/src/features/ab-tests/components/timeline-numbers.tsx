import table from "../../../components/table.module.css";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { count } from "../../../lib/format.ts";
import { metricValue } from "../metric-value.ts";
import type { Point, TimelineRow } from "../timeline-series.ts";
import { timeLabel } from "./chart-parts.tsx";
import styles from "./charts.module.css";
import { VariantMark } from "./variant-mark.tsx";

/** The charts as a table, for reading exactly and for copying. */
export function TimelineNumbers({
  rows,
  requests,
  letters,
}: {
  rows: TimelineRow[];
  requests: Point[];
  letters: string[];
}) {
  const label = timeLabel(requests);
  const mean = (row: TimelineRow, metric: "cost" | "quality" | "error_rate") => {
    const sums = row.sums[metric];
    return metricValue(metric, sums && sums.n > 0 ? sums.sum / sums.n : null);
  };
  return (
    <details className={styles.numbers}>
      <summary>The numbers</summary>
      <TableScroller label="The numbers, scroll sideways">
        <table className={table.table} aria-label="Over time, in numbers">
          <thead>
            <tr>
              <th>From</th>
              <th>Variant</th>
              <th className={table.number}>Requests</th>
              <th className={table.number}>Quality</th>
              <th className={table.number}>Cost</th>
              <th className={table.number}>p95</th>
              <th className={table.number}>Errors</th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter(({ variant }) => letters.includes(variant))
              .map((row) => (
                <tr key={`${row.at} ${row.variant}`}>
                  <th scope="row">{label(Date.parse(row.at))}</th>
                  <td>
                    <VariantMark letter={row.variant} />
                  </td>
                  <td className={table.number}>{count(row.n)}</td>
                  <td className={table.number}>{mean(row, "quality")}</td>
                  <td className={table.number}>{mean(row, "cost")}</td>
                  <td className={table.number}>{metricValue("latency_p95", row.latency_p95_ms)}</td>
                  <td className={table.number}>{mean(row, "error_rate")}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </TableScroller>
    </details>
  );
}
