import { CartesianGrid } from "recharts";

/** What every chart has in common, so that one looks like the other. Only lazily loaded pages import it. */
export const axis = {
  stroke: "var(--line-control)",
  tick: { fill: "var(--ink-muted)", fontSize: 12 },
  tickLine: false,
} as const;

/** For points whose `at` is a time in milliseconds. */
export const timeAxis = {
  ...axis,
  dataKey: "at",
  type: "number",
  scale: "time",
  domain: ["dataMin", "dataMax"],
  minTickGap: 40,
} as const;

/** With a key, for charts that list their parts. */
export const grid = <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />;

export const tooltip = {
  contentStyle: {
    background: "var(--surface-raised)",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius-control)",
    color: "var(--ink)",
    fontSize: 12,
  },
  cursor: { fill: "var(--surface-hover)", stroke: "var(--line-control)" },
  isAnimationActive: false,
} as const;
