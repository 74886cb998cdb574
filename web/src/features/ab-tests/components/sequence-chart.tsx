import {
  Area,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axis, grid, timeAxis, tooltip } from "../../../components/charts/chart-parts.tsx";
import type { SequencePoint } from "../sequence.ts";
import { endLabels, niceStep, timeLabel, variantLine } from "./chart-parts.tsx";
import styles from "./charts.module.css";
import { variantColour } from "./variant-mark.tsx";

type SequenceChartProps = {
  points: SequencePoint[];
  /** Half the height of the zone that is smaller than worth finding. */
  smallest: number | null;
  format: (value: number) => string;
};

/** What the chart's 260 px leave for bands above the time axis. */
const PLOT_HEIGHT = 222;

/** The band in which each variant's difference to the control may lie, narrowing as requests come in. */
export function SequenceChart({ points, smallest, format }: SequenceChartProps) {
  const letters = [...new Set(points.flatMap(({ known }) => Object.keys(known)))].sort();
  const rows = points.map(({ at, known }) => ({
    at,
    ...Object.fromEntries(
      letters.flatMap((letter) => {
        const one = known[letter];
        return one
          ? [
              [letter, one.estimate],
              [`${letter}:band`, [one.low, one.high]],
            ]
          : [];
      }),
    ),
  }));
  const time = timeLabel(points);
  // The first intervals are the widest: the scale follows the later ones, which are what one looks for.
  const late = points.slice(Math.floor(points.length / 4)).flatMap(({ known }) => Object.values(known));
  const reach =
    Math.max(smallest ?? 0, ...late.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) * 1.1;
  const step = niceStep(reach);
  const ticks = [-4, -3, -2, -1, 0, 1, 2, 3, 4]
    .map((i) => i * step)
    .filter((tick) => Math.abs(tick) <= reach);
  const fromTop = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === "number" ? value + reach : value]),
    ),
  );
  const label = endLabels(fromTop, letters, 2 * reach, PLOT_HEIGHT);
  return (
    <div className={styles.wide}>
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={rows} margin={{ top: 8, right: 24, bottom: 0, left: 0 }} accessibilityLayer>
          {grid}
          <XAxis {...timeAxis} tickFormatter={time} />
          <YAxis
            domain={[-reach, reach]}
            ticks={ticks}
            allowDataOverflow
            tickFormatter={format}
            width={80}
            {...axis}
          />
          {smallest !== null && (
            <ReferenceArea
              y1={-smallest}
              y2={smallest}
              fill="var(--surface-hover)"
              fillOpacity={1}
              stroke="none"
            />
          )}
          <ReferenceLine y={0} stroke="var(--line-control)" />
          <Tooltip
            {...tooltip}
            labelFormatter={(at) => time(Number(at))}
            formatter={(value) =>
              Array.isArray(value)
                ? `${format(Number(value[0]))} to ${format(Number(value[1]))}`
                : format(Number(value))
            }
          />
          {letters.map((letter) => (
            <Area
              key={letter}
              dataKey={`${letter}:band`}
              name={`${letter}, interval`}
              stroke="none"
              fill={variantColour(letter)}
              fillOpacity={0.18}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
          {letters.map((letter) => (
            <Line key={letter} {...variantLine(letter, points.length)} label={label(letter)} />
          ))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
