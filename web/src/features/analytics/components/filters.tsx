import { Picker } from "../../../components/picker.tsx";
import { Select } from "../../../components/select.tsx";
import { useApiKeys } from "../../../lib/queries/get-api-keys.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useUsageChoices } from "../../../lib/queries/get-usage-choices.ts";
import type { UsageFilter } from "../api/get-usage.ts";
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
  const { data: templates = [] } = useTemplates();
  const { data: apiKeys = [] } = useApiKeys();
  const { models, variants, versions } = useUsageChoices(filter.templateId);
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
      <Picker
        label="Template"
        none="All templates"
        value={filter.templateId}
        onChange={(templateId) => change({ templateId, version: null })}
        options={templates.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {versions.length > 1 && (
        <Picker
          label="Version"
          none="All versions"
          value={filter.version === null ? null : String(filter.version)}
          onChange={(version) => change({ version: version === null ? null : Number(version) })}
          options={versions.map((version) => ({ value: String(version), label: `v${version}` }))}
        />
      )}
      {variants.length > 0 && (
        <Picker
          label="Variant"
          none="All variants"
          value={filter.variant}
          onChange={(variant) => change({ variant })}
          options={variants.map((variant) => ({ value: variant, label: `variant ${variant}` }))}
        />
      )}
      <Picker
        label="Key"
        none="All keys"
        value={filter.apiKeyId}
        onChange={(apiKeyId) => change({ apiKeyId })}
        options={apiKeys.map(({ id, name, prefix }) => ({ value: id, label: name, hint: prefix }))}
      />
      <Picker
        label="Model"
        none="All models"
        value={filter.model}
        onChange={(model) => change({ model })}
        options={models.map((model) => ({ value: model, label: model }))}
      />
    </div>
  );
}
