import { Bar, BarChart, Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";
import { ChartPanel, type Series } from "../../../components/charts/chart-panel.tsx";
import { axis, grid, tooltip } from "../../../components/charts/chart-parts.tsx";
import { compactCount, count, dollars, milliseconds, percent, unknown } from "../../../lib/format.ts";
import { type Measure, partsOf, pivot, valueIn } from "../../../lib/pivot-usage.ts";
import { type SplitBy, stepOf, type Usage } from "../../../lib/queries/get-usage.ts";
import styles from "./analytics.module.css";
import { colourOf, useNameOfPart } from "./names.ts";

const formats: Record<Measure, (value: number | null) => string> = {
  requests: (value) => count(value ?? 0),
  failed: (value) => (value === null ? unknown : percent(value)),
  cost: (value) => dollars(value),
  tokens: (value) => count(value ?? 0),
  p50: milliseconds,
  p95: milliseconds,
};
const ticks: Partial<Record<Measure, (value: number) => string>> = {
  requests: compactCount,
  tokens: compactCount,
};

type ChartsProps = { usage: Usage[]; days: number; splitBy: SplitBy | null };

/** Few, each the answer to its title. */
export function Charts({ usage, days, splitBy }: ChartsProps) {
  const nameOf = useNameOfPart(splitBy);
  const hourly = stepOf(days) === "hour";
  const when = (at: string) =>
    new Date(at).toLocaleString("en", {
      timeZone: "UTC",
      ...(hourly
        ? ({ hour: "2-digit", minute: "2-digit", hour12: false } as const)
        : ({ day: "numeric", month: "short" } as const)),
    });
  const parts = partsOf(usage);
  const seriesOf = (measure: Measure): Series[] =>
    parts.map((part, index) => ({
      key: part,
      name: splitBy === null ? (measure === "p50" || measure === "p95" ? measure : "total") : nameOf(part),
      colour: colourOf(splitBy, part, index),
      total: formats[measure](
        valueIn(
          measure,
          usage.find((row) => row.scope === "part" && row.part === part),
        ),
      ),
    }));
  const shared = { usage, days, when };
  return (
    <div className={styles.charts}>
      <Amounts title="How many requests?" measure="requests" series={seriesOf("requests")} {...shared} />
      <Lines
        title="What share failed?"
        lead="Status 400 and above, but not clients that went away."
        measures={["failed"]}
        series={seriesOf("failed")}
        {...shared}
      />
      <Amounts title="What did they cost?" measure="cost" series={seriesOf("cost")} {...shared} />
      <Amounts
        title="How many tokens, in and out?"
        measure="tokens"
        series={seriesOf("tokens")}
        {...shared}
      />
      {splitBy === null ? (
        <Lines
          title="How long did half of them take, and all but the slowest 5 %?"
          measures={["p50", "p95"]}
          series={[
            { ...seriesOf("p50")[0]!, key: "p50", name: "p50" },
            { ...seriesOf("p95")[0]!, key: "p95", name: "p95", colour: "var(--series-2)" },
          ]}
          {...shared}
        />
      ) : (
        <>
          <Lines
            title="How long did half of them take (p50)?"
            measures={["p50"]}
            series={seriesOf("p50")}
            {...shared}
          />
          <Lines
            title="How long did all but the slowest 5 % take (p95)?"
            measures={["p95"]}
            series={seriesOf("p95")}
            {...shared}
          />
        </>
      )}
    </div>
  );
}

type Shared = {
  title: string;
  lead?: string;
  series: Series[];
  usage: Usage[];
  days: number;
  when: (at: string) => string;
};

function frame(measure: Measure, when: (at: string) => string) {
  const format = formats[measure];
  return [
    grid,
    <XAxis key="x" dataKey="at" tickFormatter={when} minTickGap={32} {...axis} />,
    <YAxis
      key="y"
      tickFormatter={ticks[measure] ?? format}
      // Small sums of money have many digits.
      width={measure === "cost" ? 88 : 64}
      allowDecimals={measure !== "requests" && measure !== "tokens"}
      // Shares end at a round one, in steps that are round as well.
      domain={[0, measure === "failed" ? (most: number) => Math.ceil(most * 20) / 20 || 0.05 : "auto"]}
      tickCount={measure === "failed" ? 6 : 5}
      {...axis}
    />,
    <Tooltip
      key="tip"
      {...tooltip}
      labelFormatter={(at) => when(String(at))}
      formatter={(value) => format(Number(value))}
    />,
  ];
}

/** Amounts add up, so parts stand on each other, from zero. */
function Amounts({ measure, usage, days, ...rest }: Shared & { measure: Measure }) {
  const rows = pivot(usage, measure, days);
  return (
    <ChartPanel {...rest} rows={rows} format={formats[measure]}>
      <BarChart data={rows} accessibilityLayer>
        {frame(measure, rest.when)}
        {rest.series.map(({ key, name, colour }) => (
          <Bar key={key} dataKey={key} name={name} fill={colour} stackId="sum" isAnimationActive={false} />
        ))}
      </BarChart>
    </ChartPanel>
  );
}

/** Shares and durations do not add up: a line each, with gaps where there was nothing. */
function Lines({ measures, usage, days, ...rest }: Shared & { measures: Measure[] }) {
  const single = measures[0]!;
  const rows =
    measures.length === 1
      ? pivot(usage, single, days)
      : pivot(usage, single, days).map((point, index) => {
          const of = (measure: Measure) => pivot(usage, measure, days)[index]!.all ?? null;
          return { at: point.at, ...Object.fromEntries(measures.map((measure) => [measure, of(measure)])) };
        });
  return (
    <ChartPanel {...rest} rows={rows} format={formats[single]}>
      <LineChart data={rows} accessibilityLayer>
        {frame(single, rest.when)}
        {rest.series.map(({ key, name, colour }) => (
          <Line
            key={key}
            dataKey={key}
            name={name}
            stroke={colour}
            strokeWidth={2}
            dot={{ r: 2 }}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ChartPanel>
  );
}
