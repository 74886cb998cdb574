import { useMemo, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { Panel } from "../../../components/page.tsx";
import { Empty, Failed, Skeleton } from "../../../components/states.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { usePeople } from "../../../lib/queries/get-people.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { type AuditEntry, type AuditFilter, useAuditEntries } from "../api/get-audit-entries.ts";
import { type KnownNames, targetName } from "../target-name.ts";
import styles from "./audit.module.css";
import { AuditDetails, who } from "./audit-details.tsx";

export function AuditList({ filter }: { filter: AuditFilter }) {
  const query = useAuditEntries(filter);
  const [open, setOpen] = useState<AuditEntry>();
  const names = useKnownNames();
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
                  <td className={styles.target}>{targetName(entry, names)}</td>
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
        {open && <AuditDetails entry={open} target={targetName(open, names)} />}
      </Dialog>
    </>
  );
}

function useKnownNames(): KnownNames {
  const { data: templates = [] } = useTemplates();
  const { data: people = [] } = usePeople();
  return useMemo(
    () => ({
      templates: new Map(templates.map(({ id, name }) => [id, name])),
      people: new Map(people.map(({ user_id, email }) => [user_id, email])),
    }),
    [templates, people],
  );
}
