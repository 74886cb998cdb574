import { clsx } from "clsx";
import { Panel } from "../../../components/page.tsx";
import { ShowMore } from "../../../components/show-more.tsx";
import { Empty, Failed, Skeleton } from "../../../components/states.tsx";
import table from "../../../components/table.module.css";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { Time } from "../../../components/time.tsx";
import { ToACall } from "../../../components/to-a-template.tsx";
import { dollars } from "../../../lib/format.ts";
import { useApiKeys } from "../../../lib/queries/get-api-keys.ts";
import { type LedgerEntry, useLedger } from "../api/get-ledger.ts";

const kinds = { sign_up: "Sign-up credit", grant: "Credit added", charge: "Request" } as const;

/** Every entry, the newest first: the balance is their sum. */
export function Ledger() {
  const query = useLedger();
  const { data: apiKeys = [] } = useApiKeys();
  if (query.isPending) return <Skeleton lines={6} />;
  if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const entries = query.data?.pages.flat() ?? [];
  if (entries.length === 0)
    return (
      <Empty title="Nothing entered yet" action={<ToACall />}>
        Credit that is given and requests that are charged appear here.
      </Empty>
    );
  const nameOfKey = (id: string | null) => apiKeys.find((key) => key.id === id)?.name ?? "";
  return (
    <>
      <Panel title="Ledger" flush>
        <TableScroller label="Ledger">
          <table className={clsx(table.table, table.cards)} aria-label="Ledger">
            <thead>
              <tr>
                <th>When</th>
                <th>For</th>
                <th>Model</th>
                <th>Key</th>
                <th className={table.number}>Amount</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.id}>
                  <td data-label="When">
                    <Time at={entry.created_at} />
                  </td>
                  <td data-label="For">{reason(entry)}</td>
                  <td data-label="Model">{entry.model ?? ""}</td>
                  <td data-label="Key">{nameOfKey(entry.api_key_id)}</td>
                  <td className={table.number} data-label="Amount">
                    {dollars(entry.amount_nanousd)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroller>
      </Panel>
      <ShowMore query={query}>Show older entries</ShowMore>
    </>
  );
}

const reason = ({ kind, note }: LedgerEntry) => (kind === "grant" && note ? note : kinds[kind]);
