import { Panel } from "../../../components/page.tsx";
import { Status } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { basisPoints, count, dollars, milliseconds, percent } from "../../../lib/format.ts";
import type { VariantReport } from "../api/get-report.ts";
import { metricValue } from "../metric-value.ts";
import { VariantMark } from "./variant-mark.tsx";

const columns = [
  "Weight",
  "Served",
  "Requests",
  "Errors",
  "Cost, mean",
  "Cost, total",
  "Tokens, mean",
  "Latency, mean",
  "p50",
  "p95",
  "p99",
  "First token",
  "Quality",
  "Rated",
];

/** Raw numbers, from receipts of what was really served. */
export function CountsTable({ rows }: { rows: VariantReport[] }) {
  const total = rows.reduce((sum, { n }) => sum + n, 0);
  return (
    <Panel title="Counted" lead="From the receipts of what was really served." flush>
      <TableScroller label="Counted, scrolls sideways">
        <table className={table.table} aria-label="Results per variant">
          <thead>
            <tr>
              <th>Variant</th>
              {columns.map((name) => (
                <th key={name} className={table.number}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.variant}>
                <th scope="row">
                  <VariantMark letter={row.variant} version={row.version} />{" "}
                  {row.stopped_at && <Status tone="bad">stopped</Status>}
                </th>
                {valuesOf(row, total).map((value, i) => (
                  <td key={columns[i]} className={table.number}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroller>
    </Panel>
  );
}

function valuesOf(row: VariantReport, total: number): string[] {
  const some = row.n > 0;
  return [
    basisPoints(row.weight),
    total > 0 ? percent(row.n / total) : "–",
    count(row.n),
    some ? `${count(row.errors)} (${percent(row.errors / row.n)})` : "–",
    some ? dollars(row.cost_mean_nanousd) : "–",
    some ? dollars(row.cost_nanousd) : "–",
    metricValue("tokens", row.tokens_mean),
    metricValue("latency", row.latency_mean_ms),
    ...[row.latency_p50_ms, row.latency_p95_ms, row.latency_p99_ms, row.ttft_mean_ms].map((value) =>
      value === null ? "–" : milliseconds(value),
    ),
    metricValue("quality", row.quality_mean),
    count(row.quality_n),
  ];
}
