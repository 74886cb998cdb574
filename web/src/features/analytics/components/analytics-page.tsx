import { lazy, Suspense, useState } from "react";
import { Figures } from "../../../components/figures.tsx";
import { Page } from "../../../components/page.tsx";
import { Picker } from "../../../components/picker.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Select } from "../../../components/select.tsx";
import { Empty, Skeleton } from "../../../components/states.tsx";
import { compactCount, dollars, percent } from "../../../lib/format.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { type Rollup, useRollups } from "../api/get-rollups.ts";
import styles from "./analytics.module.css";

const Charts = lazy(async () => ({ default: (await import("./charts.tsx")).Charts }));

const spans = {
  "1": "Last 24 hours",
  "7": "Last 7 days",
  "30": "Last 30 days",
  "90": "Last 90 days",
} as const;

export function AnalyticsPage() {
  const [days, setDays] = useState<keyof typeof spans>("7");
  const [templateId, setTemplateId] = useState<string | null>(null);
  const { data: templates = [] } = useTemplates();
  return (
    <Page title="Analytics" lead="Counted by the hour as requests are answered.">
      <div className={styles.tools}>
        <Select
          label="Time"
          value={days}
          onChange={setDays}
          options={(Object.keys(spans) as (keyof typeof spans)[]).map((value) => ({
            value,
            label: spans[value],
          }))}
        />
        <Picker
          label="Template"
          none="All templates"
          value={templateId}
          onChange={setTemplateId}
          options={templates.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      <QueryView
        query={useRollups(Number(days), templateId)}
        empty={<Empty title="No requests in this time">Choose a longer time, or another template.</Empty>}
      >
        {(rollups) => (
          <>
            <Totals rollups={rollups} />
            <Suspense fallback={<Skeleton shape="block" lines={2} />}>
              <Charts rollups={rollups} days={Number(days)} />
            </Suspense>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Totals({ rollups }: { rollups: Rollup[] }) {
  const sum = (of: (rollup: Rollup) => number) => rollups.reduce((total, rollup) => total + of(rollup), 0);
  const requests = sum((one) => one.requests);
  const unpriced = sum((one) => one.unpriced);
  return (
    <Figures
      label="Totals"
      figures={[
        { name: "Requests", value: compactCount(requests) },
        {
          name: "Errors",
          value: percent(sum((one) => one.errors) / requests),
          note: `n = ${compactCount(requests)}`,
        },
        {
          name: "Cost",
          value: dollars(sum((one) => one.cost_nanousd)),
          note: unpriced > 0 ? `and ${compactCount(unpriced)} requests of unknown price` : undefined,
        },
        { name: "Tokens", value: compactCount(sum((one) => one.prompt_tokens + one.completion_tokens)) },
      ]}
    />
  );
}
