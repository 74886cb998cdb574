import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Page, Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty } from "../../../components/states.tsx";
import { Status } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { useCan } from "../../../lib/organization.tsx";
import { type ApiKey, useApiKeys } from "../../../lib/queries/get-api-keys.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useRevokeApiKey } from "../api/revoke-api-key.ts";
import { NewKeyDialog } from "./new-key-dialog.tsx";

export function KeysPage() {
  const may = useCan();
  const [creating, setCreating] = useState(false);
  const create = may("keys.manage") && (
    <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setCreating(true)}>
      New key
    </Button>
  );
  const empty = (
    <Empty title="No keys yet" action={create} example={"authorization: Bearer nemo_sk_…"}>
      A program shows a key to the gateway with every request. It is shown to you once, when it is made.
    </Empty>
  );
  const query = useApiKeys();
  return (
    <Page
      title="API keys"
      lead="What programs show to the gateway. Kept as hashes: a lost key is replaced, never found again."
      actions={query.data?.length ? create : undefined}
    >
      <QueryView query={query} empty={empty}>
        {(keys) => <KeyTable keys={keys} />}
      </QueryView>
      <NewKeyDialog open={creating} onOpenChange={setCreating} />
    </Page>
  );
}

function KeyTable({ keys }: { keys: ApiKey[] }) {
  const may = useCan();
  const { data: templates = [] } = useTemplates();
  const nameOf = (id: string | null) => templates.find((template) => template.id === id)?.name ?? "none";
  return (
    <Panel flush>
      <div className={table.scroller}>
        <table className={table.table}>
          <thead>
            <tr>
              <th>Name</th>
              <th>Key</th>
              <th>State</th>
              <th>Default template</th>
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
                <td>{nameOf(key.default_template_id)}</td>
                <td>{key.last_used_at ? <Time at={key.last_used_at} /> : "never"}</td>
                <td>
                  <Time at={key.created_at} />
                </td>
                {may("keys.manage") && (
                  <td className={table.actions}>{key.revoked_at === null && <Revoke apiKey={key} />}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.revoked_at) return <Status tone="bad">revoked</Status>;
  if (apiKey.expires_at && new Date(apiKey.expires_at) < new Date())
    return <Status tone="warn">expired</Status>;
  return <Status tone="good">works</Status>;
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
