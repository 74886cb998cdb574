import { SquareTerminal } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { useVersions } from "../../../lib/queries/get-versions.ts";

const Snippets = lazy(async () => ({ default: (await import("../../../components/snippets.tsx")).Snippets }));

/** How a program calls this template, ready to paste. */
export function CallIt({ template }: { template: Template }) {
  const { data: versions = [] } = useVersions(template.id);
  const served = versions.find(({ version }) => version === template.active_version) ?? versions[0];
  const model = served?.config.model ? "nemo" : undefined;
  return (
    <Dialog
      shape="wide"
      title={`Call ${template.name}`}
      description="Any OpenAI client works: change the base URL and the key, name the template."
      trigger={<Button icon={<SquareTerminal aria-hidden="true" />}>Call it</Button>}
    >
      <Suspense fallback={null}>
        <Snippets templateId={template.id} model={model} />
      </Suspense>
    </Dialog>
  );
}
