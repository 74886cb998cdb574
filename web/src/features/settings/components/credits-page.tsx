import { Figures } from "../../../components/figures.tsx";
import { Page, Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty } from "../../../components/states.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { dollars } from "../../../lib/format.ts";
import { useCredits } from "../../../lib/queries/get-credits.ts";
import { useLedger } from "../api/get-ledger.ts";

const kinds = { sign_up: "Sign-up credit", grant: "Credit added", charge: "Request" } as const;

export function CreditsPage() {
  const { data: balance } = useCredits();
  const empty = (
    <Empty title="Nothing entered yet">Credit that is given and requests that are charged appear here.</Empty>
  );
  return (
    <Page title="Credits" width="read" lead="Requests through your own provider connections use none.">
      {balance !== undefined && (
        <Figures label="Balance" figures={[{ name: "Left", value: dollars(balance) }]} />
      )}
      <QueryView query={useLedger()} empty={empty}>
        {(entries) => (
          <Panel title="Last entries" flush>
            <div className={table.scroller}>
              <table className={table.table} aria-label="Ledger">
                <thead>
                  <tr>
                    <th>When</th>
                    <th>For</th>
                    <th>Model</th>
                    <th className={table.number}>Amount</th>
                  </tr>
                </thead>
                <tbody>
                  {entries.map((entry) => (
                    <tr key={entry.id}>
                      <td>
                        <Time at={entry.created_at} />
                      </td>
                      <td>{kinds[entry.kind]}</td>
                      <td>{entry.model ?? ""}</td>
                      <td className={table.number}>{dollars(entry.amount_nanousd)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Panel>
        )}
      </QueryView>
    </Page>
  );
}
