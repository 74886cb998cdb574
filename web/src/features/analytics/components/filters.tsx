import { RequestPickers } from "../../../components/request-pickers.tsx";
import { Select } from "../../../components/select.tsx";
import type { UsageFilter } from "../../../lib/queries/get-usage.ts";
import styles from "./analytics.module.css";

const spans = {
  "1": "Last 24 hours",
  "7": "Last 7 days",
  "30": "Last 30 days",
  "90": "Last 90 days",
} as const;
const splits = {
  none: "Everything together",
  template: "By template",
  version: "By version",
  variant: "By variant",
  key: "By key",
  model: "By model",
} as const;

type FiltersProps = { filter: UsageFilter; change: (part: Partial<UsageFilter>) => void };

export function Filters({ filter, change }: FiltersProps) {
  return (
    <div className={styles.tools}>
      <Select
        label="Time"
        value={String(filter.days) as keyof typeof spans}
        onChange={(days) => change({ days: Number(days) })}
        options={(Object.keys(spans) as (keyof typeof spans)[]).map((value) => ({
          value,
          label: spans[value],
        }))}
      />
      <Select
        label="Split"
        value={filter.splitBy ?? "none"}
        onChange={(split) => change({ splitBy: split === "none" ? null : split })}
        options={(Object.keys(splits) as (keyof typeof splits)[]).map((value) => ({
          value,
          label: splits[value],
        }))}
      />
      <RequestPickers facts={filter} change={change} />
    </div>
  );
}
