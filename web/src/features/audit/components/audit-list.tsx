import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Id } from "../../../components/copy.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { DiffView } from "../../../components/diff/diff-view.tsx";
import { Facts } from "../../../components/facts.tsx";
import { Panel } from "../../../components/page.tsx";
import { Empty, Failed, Skeleton } from "../../../components/states.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { type AuditEntry, type AuditFilter, useAuditEntries } from "../api/get-audit-entries.ts";
import styles from "./audit.module.css";

export function AuditList({ filter }: { filter: AuditFilter }) {
  const query = useAuditEntries(filter);
  const [open, setOpen] = useState<AuditEntry>();
  if (query.isPending) return <Skeleton lines={8} />;
  if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const entries = query.data?.pages.flat() ?? [];
  if (entries.length === 0) return <Empty title="No entries">Nothing happened that fits this filter.</Empty>;
  return (
    <>
      <Panel flush>
        <div className={table.scroller}>
          <table className={table.table} aria-label="Audit entries">
            <thead>
              <tr>
                <th className={table.number}>#</th>
                <th>When</th>
                <th>Who</th>
                <th>What</th>
                <th>On</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.sequence}>
                  <td className={table.number}>{entry.sequence}</td>
                  <td>
                    <Time at={entry.occurred_at} />
                  </td>
                  <td>{who(entry)}</td>
                  <td>
                    <button type="button" className={styles.open} onClick={() => setOpen(entry)}>
                      {entry.action}
                    </button>
                  </td>
                  <td>
                    <code>{entry.target_id}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older entries
          </Button>
        </div>
      )}
      <Dialog
        shape="sheet"
        title={open ? `${open.action}, entry ${open.sequence}` : ""}
        open={open !== undefined}
        onOpenChange={() => setOpen(undefined)}
      >
        {open && <Details entry={open} />}
      </Dialog>
    </>
  );
}

function who(entry: AuditEntry): string {
  if (entry.actor_kind === "system") return "the system";
  return entry.actor_name ?? entry.actor_id ?? "unknown";
}

function Details({ entry }: { entry: AuditEntry }) {
  return (
    <div className={styles.details}>
      <Facts
        facts={[
          ["Who", who(entry)],
          ["As", entry.actor_kind],
          ["When", <Time key="when" at={entry.occurred_at} />],
          ["From", entry.ip ?? "unknown"],
          ["With", entry.user_agent ?? "unknown"],
          [entry.target_kind, <Id key="target" value={entry.target_id} what="target" />],
          ["Hash", <Id key="hash" value={entry.hash} short what="hash" />],
        ]}
      />
      <DiffView title="What changed" before={asText(entry.before)} after={asText(entry.after)} />
    </div>
  );
}

function asText(value: Record<string, unknown> | null): string {
  return value === null ? "" : JSON.stringify(value, null, 2);
}
