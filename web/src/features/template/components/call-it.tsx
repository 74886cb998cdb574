import { SquareTerminal } from "lucide-react";
import { Button } from "../../../components/button.tsx";
import { CallTemplate } from "../../../components/call-template.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";

export function CallIt({ template }: { template: Template }) {
  return (
    <CallTemplate
      template={template}
      trigger={<Button icon={<SquareTerminal aria-hidden="true" />}>Call it</Button>}
    />
  );
}
