import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { axis, grid, timeAxis, tooltip } from "../../../components/charts/chart-parts.tsx";
import type { Point } from "../timeline-series.ts";
import { endLabels, timeLabel, variantLine } from "./chart-parts.tsx";
import styles from "./charts.module.css";

type VariantLinesProps = {
  /** The question the chart answers. */
  title: string;
  points: Point[];
  letters: string[];
  format: (value: number) => string;
  /** How a value is written on the scale. */
  short?: (value: number) => string;
  /** Where the scale ends, if not at the largest value. */
  top?: number;
  /** How far the scale goes at least, so that nothing but zeros is not drawn as mountains. */
  least?: number;
};

/** What the chart's 180 px leave for lines above the time axis. */
const PLOT_HEIGHT = 142;

/** One line per variant, from zero: amounts are compared by their height. */
export function VariantLines({
  title,
  points,
  letters,
  format,
  short = format,
  top,
  least = 0,
}: VariantLinesProps) {
  const time = timeLabel(points);
  const largest = Math.max(0, ...points.flatMap((point) => letters.map((letter) => point[letter] ?? 0)));
  const end = top ?? Math.max(largest * 1.1, least);
  const label = endLabels(points, letters, end, PLOT_HEIGHT);
  const empty = points.every((point) => letters.every((letter) => point[letter] == null));
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h3>{title}</h3>
      </figcaption>
      {empty ? (
        <p className={styles.nothing}>Nothing measured yet.</p>
      ) : (
        <div className={styles.chart}>
          <ResponsiveContainer width="100%" height="100%">
            <LineChart data={points} margin={{ top: 8, right: 24, bottom: 0, left: 0 }} accessibilityLayer>
              {grid}
              <XAxis {...timeAxis} tickFormatter={time} />
              <YAxis domain={[0, end]} tickFormatter={short} width="auto" {...axis} />
              <Tooltip
                {...tooltip}
                labelFormatter={(at) => time(Number(at))}
                formatter={(value) => format(Number(value))}
              />
              {letters.map((letter) => (
                <Line
                  key={letter}
                  {...variantLine(letter, points.length)}
                  connectNulls
                  label={label(letter)}
                />
              ))}
            </LineChart>
          </ResponsiveContainer>
        </div>
      )}
    </figure>
  );
}
