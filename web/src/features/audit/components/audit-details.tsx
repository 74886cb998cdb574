import { AUDIT_ACTIONS, type AuditAction } from "@core/events/audit-actions.ts";
import { Id } from "../../../components/copy.tsx";
import { DiffView } from "../../../components/diff/diff-view.tsx";
import { Facts } from "../../../components/facts.tsx";
import { Time } from "../../../components/time.tsx";
import type { AuditEntry } from "../api/get-audit-entries.ts";
import styles from "./audit.module.css";
import { Evidence } from "./evidence.tsx";

/** One entry in full: who, from where, on what, and what it changed. */
export function AuditDetails({ entry, target }: { entry: AuditEntry; target: string }) {
  return (
    <div className={styles.details}>
      <p>{AUDIT_ACTIONS[entry.action as AuditAction]}</p>
      <Facts
        facts={[
          ["On", target],
          [
            `Id (${entry.target_kind.replaceAll("_", " ")})`,
            <Id key="target" value={entry.target_id} what="target" />,
          ],
          ["Who", who(entry)],
          ["As", entry.actor_kind.replace("_", " ")],
          ["When", <Time key="when" at={entry.occurred_at} />],
          ["From", entry.ip ?? "unknown"],
          ["With", entry.user_agent ?? "unknown"],
          ["Hash", <Id key="hash" value={entry.hash} short what="hash" />],
        ]}
      />
      <Evidence sequence={entry.sequence} />
      <DiffView title="What changed" before={asText(entry.before)} after={asText(entry.after)} />
    </div>
  );
}

export function who(entry: AuditEntry): string {
  if (entry.actor_kind === "system") return "the system";
  return entry.actor_name ?? entry.actor_id ?? "unknown";
}

function asText(value: Record<string, unknown> | null): string {
  return value === null ? "" : JSON.stringify(value, null, 2);
}
