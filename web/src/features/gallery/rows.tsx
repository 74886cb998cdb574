import { Id } from "../../components/copy.tsx";
import { Panel } from "../../components/page.tsx";
import { Status } from "../../components/status.tsx";
import table from "../../components/table.module.css";
import { Time } from "../../components/time.tsx";
import { dollars, milliseconds } from "../../lib/format.ts";

const rows = [
  { id: "01936a2c-55aa-7d3e-9a1b-3f0c6d1e2a44", version: 3, ms: 812, cost: 415_000, ok: true, minutes: 1 },
  { id: "01936a2c-4f10-7c11-8b60-91aa02c3d7f0", version: 2, ms: 1540, cost: 1_204_000, ok: true, minutes: 3 },
  { id: "01936a2b-e0b1-7d00-b2c4-0e9f1a7b6c55", version: 3, ms: 30_000, cost: null, ok: false, minutes: 95 },
];

export function Rows() {
  return (
    <Panel title="Requests" lead="Numbers are small, exact and aligned." flush>
      <div className={table.scroller} style={{ marginTop: 8 }}>
        <table className={table.table}>
          <thead>
            <tr>
              <th>Request</th>
              <th>Status</th>
              <th>Version</th>
              <th className={table.number}>Latency</th>
              <th className={table.number}>Cost</th>
              <th>When</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Id value={row.id} short what="request id" />
                </td>
                <td>
                  {row.ok ? (
                    <Status tone="good">200</Status>
                  ) : (
                    <Status tone="bad">504 upstream_timeout</Status>
                  )}
                </td>
                <td>v{row.version}</td>
                <td className={table.number}>{milliseconds(row.ms)}</td>
                <td className={table.number}>{dollars(row.cost)}</td>
                <td>
                  <Time at={new Date(Date.now() - row.minutes * 60_000)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
