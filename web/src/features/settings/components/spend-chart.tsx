import { Bar, BarChart, Tooltip, XAxis, YAxis } from "recharts";
import { ChartPanel } from "../../../components/charts/chart-panel.tsx";
import { axis, grid, tooltip } from "../../../components/charts/chart-parts.tsx";
import { dollars } from "../../../lib/format.ts";
import { pivot, valueIn } from "../../../lib/pivot-usage.ts";
import type { Usage } from "../../../lib/queries/get-usage.ts";

const day = new Intl.DateTimeFormat("en", { timeZone: "UTC", day: "numeric", month: "short" });
const when = (at: string) => day.format(new Date(at));

/** Every day has its place, those without a request too: a gap is an answer. */
export function SpendChart({ usage, days }: { usage: Usage[]; days: number }) {
  const rows = pivot(usage, "cost", days);
  const total = valueIn(
    "cost",
    usage.find(({ scope }) => scope === "whole"),
  );
  return (
    <ChartPanel
      title="What did requests cost, day by day?"
      lead={`The last ${days} days (UTC). Requests that your own providers answered are in it, though they use no credit.`}
      series={[{ key: "all", name: "total", colour: "var(--series-1)", total: dollars(total) }]}
      rows={rows}
      when={when}
      format={dollars}
    >
      <BarChart data={rows} accessibilityLayer>
        {grid}
        <XAxis dataKey="at" tickFormatter={when} minTickGap={32} {...axis} />
        <YAxis tickFormatter={dollars} width={72} domain={[0, "auto"]} {...axis} />
        <Tooltip
          {...tooltip}
          labelFormatter={(at) => when(String(at))}
          formatter={(value) => dollars(Number(value))}
        />
        <Bar dataKey="all" name="cost" fill="var(--series-1)" isAnimationActive={false} />
      </BarChart>
    </ChartPanel>
  );
}
