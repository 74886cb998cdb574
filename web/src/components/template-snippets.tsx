import { useMemo } from "react";
import { exampleVariables } from "../lib/example-variables.ts";
import { useVersionIncludes } from "../lib/queries/get-includes.ts";
import type { Template } from "../lib/queries/get-templates.ts";
import { useVersions, type Version } from "../lib/queries/get-versions.ts";
import { Snippets } from "./snippets.tsx";
import { Skeleton } from "./states.tsx";

type TemplateSnippetsProps = { template: Template; apiKey?: string };

/**
 * The call of one template as it is served now, or would be served next, with what that version needs. Load it
 * lazily: it brings the template engine.
 */
export function TemplateSnippets({ template, apiKey }: TemplateSnippetsProps) {
  const { data: versions, isPending } = useVersions(template.id);
  if (isPending) return <Skeleton shape="block" lines={1} />;
  const served = versions?.find(({ version }) => version === template.active_version) ?? versions?.[0];
  return <VersionSnippets templateId={template.id} version={served} apiKey={apiKey} />;
}

type VersionSnippetsProps = { templateId: string; version: Version | undefined; apiKey?: string };

function VersionSnippets({ templateId, version, apiKey }: VersionSnippetsProps) {
  const { data: includes } = useVersionIncludes(templateId, version);
  const variables = useMemo(() => (version ? exampleVariables(version, includes) : {}), [version, includes]);
  const model = version?.config.model ? "nemo" : undefined;
  return <Snippets templateId={templateId} apiKey={apiKey} model={model} variables={variables} />;
}
