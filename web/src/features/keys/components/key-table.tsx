import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Status } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { Time } from "../../../components/time.tsx";
import { count, dollars, plural } from "../../../lib/format.ts";
import { useCan } from "../../../lib/organization.tsx";
import type { ApiKey } from "../../../lib/queries/get-api-keys.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useKeySpending } from "../api/get-key-spending.ts";
import { useRevokeApiKey } from "../api/revoke-api-key.ts";
import styles from "./keys.module.css";

const isExpired = ({ expires_at }: ApiKey) => expires_at !== null && Date.parse(expires_at) <= Date.now();

export const isEnded = (key: ApiKey) => key.revoked_at !== null || isExpired(key);

export function KeyTable({ label, keys }: { label: string; keys: ApiKey[] }) {
  const may = useCan();
  const { data: templates = [] } = useTemplates();
  const nameOf = (id: string) =>
    templates.find((template) => template.id === id)?.name ?? "a deleted template";
  return (
    <TableScroller label={label}>
      <table className={table.table} aria-label={label}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Key</th>
            <th>State</th>
            <th>Default template</th>
            <th className={table.number}>Spent this month</th>
            <th>Limits</th>
            <th>Expires</th>
            <th>Last used</th>
            <th>Made</th>
            {may("keys.manage") && (
              <th className={table.actions}>
                <span className="visually-hidden">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row">{key.name}</th>
              <td>
                <code>{key.prefix}…</code>
              </td>
              <td>
                <KeyState apiKey={key} />
              </td>
              <td>{key.default_template_id ? nameOf(key.default_template_id) : "none"}</td>
              <td className={table.number}>
                <Spent apiKey={key} />
              </td>
              <td>
                <Limits apiKey={key} nameOf={nameOf} />
              </td>
              <td>{key.expires_at ? <Time at={key.expires_at} /> : "never"}</td>
              <td>{key.last_used_at ? <Time at={key.last_used_at} /> : "never"}</td>
              <td>
                <Time at={key.created_at} />
              </td>
              {may("keys.manage") && (
                <td className={table.actions}>{!isEnded(key) && <Revoke apiKey={key} />}</td>
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
    <>
      {spending ? dollars(spending.get(apiKey.id) ?? 0) : ""}
      {budget !== null && <span className="muted"> of {dollars(budget)}</span>}
    </>
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

function Revoke({ apiKey }: { apiKey: ApiKey }) {
  const revoke = useRevokeApiKey();
  return (
    <Confirm
      trigger={
        <Button size="small" look="quiet" aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      }
      title={`Revoke ${apiKey.name}?`}
      action={`Revoke ${apiKey.name}`}
      danger
      onConfirm={() => revoke.mutateAsync(apiKey.id)}
    >
      Requests with <code>{apiKey.prefix}…</code> are refused from the moment this is confirmed. It cannot be
      undone.
    </Confirm>
  );
}
