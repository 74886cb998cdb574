import type { Template } from "../lib/queries/get-templates.ts";
import { useVersions } from "../lib/queries/get-versions.ts";
import { Snippets } from "./snippets.tsx";

/** The call of one template as it is served now, or would be served next. */
export function TemplateSnippets({ template, apiKey }: { template: Template; apiKey?: string }) {
  const { data: versions = [] } = useVersions(template.id);
  const served = versions.find(({ version }) => version === template.active_version) ?? versions[0];
  const model = served?.config.model ? "nemo" : undefined;
  return <Snippets templateId={template.id} apiKey={apiKey} model={model} />;
}
