import type { Template } from "../lib/queries/get-templates.ts";
import { Status } from "./status.tsx";

/** "v3 · active", "v1 · draft" or "empty": what requests get, in one look. */
export function TemplateState({ template }: { template: Template }) {
  if (template.active_version !== null)
    return <Status tone="good">v{template.active_version} · active</Status>;
  if (template.latest_version > 0) return <Status>v{template.latest_version} · draft</Status>;
  return <Status>empty</Status>;
}
