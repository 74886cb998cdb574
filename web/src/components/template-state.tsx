import type { RunningAbTest } from "../lib/queries/get-running-ab-tests.ts";
import type { Template } from "../lib/queries/get-templates.ts";
import { Badge, Status } from "./status.tsx";
import styles from "./template-state.module.css";

/** "v3 · active" and "v2 · A/B 60/40", "v1 · draft" or "empty": what requests get, in one look. */
export function TemplateState({ template, test }: { template: Template; test?: RunningAbTest }) {
  return (
    <span className={styles.state}>
      <ActiveVersion template={template} />
      {test && (
        <Badge tone="accent">
          {test.challengers} · A/B {test.split}
        </Badge>
      )}
    </span>
  );
}

function ActiveVersion({ template }: { template: Template }) {
  if (template.active_version !== null)
    return <Status tone="good">v{template.active_version} · active</Status>;
  if (template.latest_version > 0) return <Status>v{template.latest_version} · draft</Status>;
  return <Status>empty</Status>;
}
