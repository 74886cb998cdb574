import { useApiKeys } from "../lib/queries/get-api-keys.ts";
import { useTemplates } from "../lib/queries/get-templates.ts";
import { useUsageChoices } from "../lib/queries/get-usage-choices.ts";
import { Picker } from "./picker.tsx";

/** What requests can be narrowed by, wherever they are counted or listed; null narrows nothing. */
export type RequestFacts = {
  templateId: string | null;
  version: number | null;
  variant: string | null;
  apiKeyId: string | null;
  model: string | null;
};

type RequestPickersProps = {
  facts: RequestFacts;
  change: (part: Partial<RequestFacts>) => void;
  /** Under a template's own header its name is no choice. */
  fixedTemplate?: boolean;
};

/** Pickers for the facts there is a choice of: versions of one template, variants where something was tested. */
export function RequestPickers({ facts, change, fixedTemplate }: RequestPickersProps) {
  const { data: templates = [] } = useTemplates();
  const { data: apiKeys = [] } = useApiKeys();
  const { models, variants, versions } = useUsageChoices(facts.templateId);
  return (
    <>
      {!fixedTemplate && (
        <Picker
          label="Template"
          none="All templates"
          value={facts.templateId}
          onChange={(templateId) => change({ templateId, version: null })}
          options={templates.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {versions.length > 1 && (
        <Picker
          label="Version"
          none="All versions"
          value={facts.version === null ? null : String(facts.version)}
          onChange={(version) => change({ version: version === null ? null : Number(version) })}
          options={versions.map((version) => ({ value: String(version), label: `v${version}` }))}
        />
      )}
      {variants.length > 0 && (
        <Picker
          label="Variant"
          none="All variants"
          value={facts.variant}
          onChange={(variant) => change({ variant })}
          options={variants.map((variant) => ({ value: variant, label: `variant ${variant}` }))}
        />
      )}
      <Picker
        label="Key"
        none="All keys"
        value={facts.apiKeyId}
        onChange={(apiKeyId) => change({ apiKeyId })}
        options={apiKeys.map(({ id, name, prefix }) => ({ value: id, label: name, hint: prefix }))}
      />
      <Picker
        label="Model"
        none="All models"
        value={facts.model}
        onChange={(model) => change({ model })}
        options={models.map((model) => ({ value: model, label: model }))}
      />
    </>
  );
}
