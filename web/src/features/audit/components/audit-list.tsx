import { clsx } from "clsx";
import { useMemo } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { Panel } from "../../../components/page.tsx";
import { ShowMore } from "../../../components/show-more.tsx";
import { Empty, Failed, Skeleton } from "../../../components/states.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { useOrganization } from "../../../lib/organization.tsx";
import { usePeople } from "../../../lib/queries/get-people.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useAbout } from "../../../lib/use-about.ts";
import { type AuditEntry, type AuditFilter, useAuditEntries } from "../api/get-audit-entries.ts";
import { type KnownNames, targetName } from "../target-name.ts";
import styles from "./audit.module.css";
import { AuditDetails, who } from "./audit-details.tsx";

type AuditListProps = { filter: AuditFilter; onShowAll: () => void };

export function AuditList({ filter, onShowAll }: AuditListProps) {
  const query = useAuditEntries(filter);
  const reading = useAbout<AuditEntry>();
  const names = useKnownNames();
  if (query.isPending) return <Skeleton lines={8} />;
  if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const entries = query.data?.pages.flat() ?? [];
  if (entries.length === 0)
    return (
      <Empty title="No entries" action={<Button onClick={onShowAll}>Show all entries</Button>}>
        Nothing happened that fits this filter.
      </Empty>
    );
  return (
    <>
      <Panel flush>
        <div className={table.scroller}>
          <table className={clsx(table.table, table.cards)} aria-label="Audit entries">
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
                  <td className={table.number} data-label="Entry">
                    {entry.sequence}
                  </td>
                  <td data-label="When">
                    <Time at={entry.occurred_at} />
                  </td>
                  <td data-label="Who">{who(entry)}</td>
                  <td className={table.top} data-label="What">
                    <button type="button" className={styles.open} onClick={() => reading.ask(entry)}>
                      {entry.action}
                    </button>
                  </td>
                  <td className={styles.target} data-label="On">
                    {targetName(entry, names)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <ShowMore query={query}>Show older entries</ShowMore>
      {reading.about && (
        <Dialog
          shape="sheet"
          title={`${reading.about.action}, entry ${reading.about.sequence}`}
          {...reading.shown}
        >
          <AuditDetails entry={reading.about} target={targetName(reading.about, names)} />
        </Dialog>
      )}
    </>
  );
}

function useKnownNames(): KnownNames {
  const { data: templates = [] } = useTemplates();
  const { data: people = [] } = usePeople();
  const { name: organization } = useOrganization();
  return useMemo(
    () => ({
      templates: new Map(templates.map(({ id, name }) => [id, name])),
      people: new Map(people.map(({ user_id, email }) => [user_id, email])),
      organization,
    }),
    [templates, people, organization],
  );
}
