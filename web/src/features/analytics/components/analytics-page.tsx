import { lazy, Suspense } from "react";
import { Button } from "../../../components/button.tsx";
import { Figures } from "../../../components/figures.tsx";
import { Page } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty, Skeleton } from "../../../components/states.tsx";
import { ToACall } from "../../../components/to-a-template.tsx";
import { compactCount, dollars, milliseconds, percent } from "../../../lib/format.ts";
import { everyUsage, type Usage, type UsageFilter, useUsage } from "../../../lib/queries/get-usage.ts";
import { useAddressFilter } from "../../../lib/use-address-filter.ts";
import { Filters } from "./filters.tsx";

const Charts = lazy(async () => ({ default: (await import("./charts.tsx")).Charts }));

export function AnalyticsPage() {
  const [filter, change] = useAddressFilter<UsageFilter>(everyUsage, ["days", "version"]);
  const narrowed = Object.entries(everyUsage).some(
    ([name, value]) => filter[name as keyof UsageFilter] !== value,
  );
  return (
    <Page title="Analytics" lead="Counted as requests are answered, kept by the hour (UTC).">
      <Filters filter={filter} change={change} />
      <QueryView
        query={useUsage(filter)}
        empty={
          narrowed ? (
            <Empty
              title="No requests in this time"
              action={<Button onClick={() => change(everyUsage)}>Show all requests</Button>}
            >
              Choose a longer time or fewer filters.
            </Empty>
          ) : (
            <Empty title="No requests in this time" action={<ToACall />}>
              A request is counted the moment the gateway has answered it. “Call it” on a template shows how
              to send one; if there were some before, choose a longer time.
            </Empty>
          )
        }
      >
        {(usage) => (
          <>
            <Totals whole={usage.find(({ scope }) => scope === "whole")} />
            <Suspense fallback={<Skeleton shape="block" lines={3} />}>
              <Charts usage={usage} days={filter.days} splitBy={filter.splitBy} />
            </Suspense>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Totals({ whole }: { whole: Usage | undefined }) {
  if (!whole) return null;
  const { requests, errors, unpriced, prompt_tokens, completion_tokens } = whole;
  return (
    <Figures
      label="Totals"
      figures={[
        { name: "Requests", value: compactCount(requests) },
        {
          name: "Failed",
          value: percent(errors / requests),
          note: `${compactCount(errors)} of ${compactCount(requests)}`,
        },
        {
          name: "Cost",
          value: dollars(whole.cost_nanousd),
          note: unpriced > 0 ? `and ${compactCount(unpriced)} requests of unknown price` : undefined,
        },
        {
          name: "Tokens",
          value: compactCount(prompt_tokens + completion_tokens),
          note: `${compactCount(prompt_tokens)} in, ${compactCount(completion_tokens)} out`,
        },
        {
          name: "Latency p50 / p95",
          value: `${milliseconds(whole.latency_p50_ms)} / ${milliseconds(whole.latency_p95_ms)}`,
          note: "within 2 %",
        },
      ]}
    />
  );
}
