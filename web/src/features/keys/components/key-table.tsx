import { clsx } from "clsx";
import { ActionsHeader } from "../../../components/actions-header.tsx";
import { Button } from "../../../components/button.tsx";
import { Status } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { Time } from "../../../components/time.tsx";
import { count, dollars, plural } from "../../../lib/format.ts";
import type { ApiKey } from "../../../lib/queries/get-api-keys.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useKeySpending } from "../api/get-key-spending.ts";
import styles from "./keys.module.css";

const isExpired = ({ expires_at }: ApiKey) => expires_at !== null && Date.parse(expires_at) <= Date.now();

export const isEnded = (key: ApiKey) => key.revoked_at !== null || isExpired(key);

type KeyTableProps = { label: string; keys: ApiKey[]; onRevoke?: (key: ApiKey) => void };

export function KeyTable({ label, keys, onRevoke }: KeyTableProps) {
  const { data: templates = [] } = useTemplates();
  const nameOf = (id: string) =>
    templates.find((template) => template.id === id)?.name ?? "a deleted template";
  return (
    <TableScroller label={label}>
      <table className={clsx(table.table, table.cards)} aria-label={label}>
        <thead>
          <tr>
            <th>Name</th>
            <th>State</th>
            <th>Default template</th>
            <th>Limits</th>
            <th className={table.number}>Spent this month</th>
            <th>Last used</th>
            {onRevoke && <ActionsHeader />}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">
                <div className={styles.name}>{key.name}</div>
                <div className="meta">
                  <code>{key.prefix}…</code>, made <Time at={key.created_at} />
                </div>
              </th>
              <td data-label="State">
                <span className={styles.state}>
                  <KeyState apiKey={key} />
                  {key.expires_at && (
                    <span className="meta">
                      {isExpired(key) ? "expired" : "expires"} <Time at={key.expires_at} />
                    </span>
                  )}
                </span>
              </td>
              <td data-label="Default template">
                {key.default_template_id ? nameOf(key.default_template_id) : "none"}
              </td>
              <td data-label="Limits">
                <Limits apiKey={key} nameOf={nameOf} />
              </td>
              <td className={table.number} data-label="Spent this month">
                <Spent apiKey={key} />
              </td>
              <td data-label="Last used">{key.last_used_at ? <Time at={key.last_used_at} /> : "never"}</td>
              {onRevoke && (
                <td className={table.actions}>
                  <Button
                    size="small"
                    look="quiet"
                    aria-label={`Revoke ${key.name}`}
                    onClick={() => onRevoke(key)}
                  >
                    Revoke
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroller>
  );
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const { data: spending } = useKeySpending();
  if (apiKey.revoked_at) return <Status tone="bad">revoked</Status>;
  if (isExpired(apiKey)) return <Status tone="warn">expired</Status>;
  const budget = apiKey.monthly_budget_nanousd;
  if (budget !== null && spending && (spending.get(apiKey.id) ?? 0) >= budget)
    return <Status tone="warn">budget spent</Status>;
  return <Status tone="good">works</Status>;
}

function Spent({ apiKey }: { apiKey: ApiKey }) {
  const { data: spending } = useKeySpending();
  const budget = apiKey.monthly_budget_nanousd;
  return (
    <span>
      {spending ? dollars(spending.get(apiKey.id) ?? 0) : ""}
      {budget !== null && <span className="muted"> of {dollars(budget)}</span>}
    </span>
  );
}

function Limits({ apiKey, nameOf }: { apiKey: ApiKey; nameOf: (id: string) => string }) {
  const { requests_per_minute: perMinute, max_concurrency: atOnce, scopes } = apiKey;
  if (perMinute === null && atOnce === null && scopes === null) return "none";
  return (
    <span className={styles.held}>
      {perMinute !== null && <span>{count(perMinute)} / min</span>}
      {atOnce !== null && <span>{count(atOnce)} at once</span>}
      {scopes !== null && (
        <span title={scopes.map(nameOf).join(", ")}>
          only {scopes.length === 1 ? nameOf(scopes[0]!) : plural(scopes.length, "template")}
        </span>
      )}
    </span>
  );
}
