import type { ReactElement } from "react";
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { Panel } from "../../../components/page.tsx";
import table from "../../../components/table.module.css";
import { compactCount, count, dollars, milliseconds } from "../../../lib/format.ts";
import type { Rollup } from "../api/get-rollups.ts";
import { type Point, summarise } from "../summarise.ts";
import styles from "./analytics.module.css";

const axis = {
  stroke: "var(--line-control)",
  tick: { fill: "var(--ink-muted)", fontSize: 12 },
  tickLine: false,
} as const;
const grid = <CartesianGrid vertical={false} stroke="var(--line)" />;
const tooltip = {
  contentStyle: {
    background: "var(--surface-raised)",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius-control)",
    color: "var(--ink)",
  },
  isAnimationActive: false,
} as const;

/** Few, each the answer to its title. */
export function Charts({ rollups, days }: { rollups: Rollup[]; days: number }) {
  const points = summarise(rollups, days);
  const hourly = days <= 2;
  const label = (at: string) =>
    hourly
      ? new Date(at).toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit" })
      : new Date(at).toLocaleDateString("en", { day: "numeric", month: "short", timeZone: "UTC" });
  const x = <XAxis dataKey="at" tickFormatter={label} minTickGap={32} {...axis} />;
  const seen = { ...tooltip, labelFormatter: (at: unknown) => label(String(at)) };
  return (
    <>
      <div className={styles.charts}>
        <Chart title="How many requests, how many failed?">
          <BarChart data={points} accessibilityLayer>
            {grid}
            {x}
            <YAxis tickFormatter={compactCount} width={48} {...axis} />
            <Tooltip {...seen} />
            <Bar dataKey="requests" name="requests" fill="var(--series-1)" isAnimationActive={false} />
            <Bar dataKey="errors" name="errors" fill="var(--bad)" isAnimationActive={false} />
          </BarChart>
        </Chart>
        <Chart title="What did they cost?">
          <AreaChart data={points} accessibilityLayer>
            {grid}
            {x}
            <YAxis tickFormatter={(value: number) => dollars(value * 1e9)} width={72} {...axis} />
            <Tooltip {...seen} formatter={(value) => dollars(Number(value) * 1e9)} />
            <Area
              dataKey="cost"
              name="cost"
              stroke="var(--series-1)"
              fill="var(--series-1)"
              fillOpacity={0.15}
              isAnimationActive={false}
            />
          </AreaChart>
        </Chart>
        <Chart title="How long did they take, p50 and p95?">
          <LineChart data={points} accessibilityLayer>
            {grid}
            {x}
            <YAxis tickFormatter={(value: number) => milliseconds(value)} width={72} {...axis} />
            <Tooltip {...seen} formatter={(value) => milliseconds(Number(value))} />
            <Line
              dataKey="p50"
              name="p50"
              stroke="var(--series-1)"
              dot={{ r: 2 }}
              isAnimationActive={false}
            />
            <Line
              dataKey="p95"
              name="p95"
              stroke="var(--series-2)"
              dot={{ r: 2 }}
              isAnimationActive={false}
            />
          </LineChart>
        </Chart>
        <Chart title="How many tokens?">
          <BarChart data={points} accessibilityLayer>
            {grid}
            {x}
            <YAxis tickFormatter={compactCount} width={48} {...axis} />
            <Tooltip {...seen} />
            <Bar dataKey="tokens" name="tokens" fill="var(--series-3)" isAnimationActive={false} />
          </BarChart>
        </Chart>
      </div>
      <Numbers points={points} label={label} />
    </>
  );
}

function Chart({ title, children }: { title: string; children: ReactElement }) {
  return (
    <Panel title={title}>
      <div className={styles.chart}>
        <ResponsiveContainer width="100%" height="100%">
          {children}
        </ResponsiveContainer>
      </div>
    </Panel>
  );
}

/** The same as a table, for reading exactly and for copying. */
function Numbers({ points, label }: { points: Point[]; label: (at: string) => string }) {
  return (
    <Panel title="The numbers" flush>
      <div className={table.scroller}>
        <table className={table.table} aria-label="The numbers">
          <thead>
            <tr>
              <th>When</th>
              <th className={table.number}>Requests</th>
              <th className={table.number}>Errors</th>
              <th className={table.number}>Cost</th>
              <th className={table.number}>Tokens</th>
              <th className={table.number}>p50</th>
              <th className={table.number}>p95</th>
            </tr>
          </thead>
          <tbody>
            {points
              .filter(({ requests }) => requests > 0)
              .map((point) => (
                <tr key={point.at}>
                  <th scope="row">{label(point.at)}</th>
                  <td className={table.number}>{count(point.requests)}</td>
                  <td className={table.number}>{count(point.errors)}</td>
                  <td className={table.number}>{dollars(Math.round(point.cost * 1e9))}</td>
                  <td className={table.number}>{count(point.tokens)}</td>
                  <td className={table.number}>{milliseconds(point.p50)}</td>
                  <td className={table.number}>{milliseconds(point.p95)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
