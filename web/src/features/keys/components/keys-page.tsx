import { Plus } from "lucide-react";
import { Button } from "../../../components/button.tsx";
import { Page, Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty } from "../../../components/states.tsx";
import { WhoCan } from "../../../components/who-can.tsx";
import { plural } from "../../../lib/format.ts";
import { useCan } from "../../../lib/organization.tsx";
import { type ApiKey, useApiKeys } from "../../../lib/queries/get-api-keys.ts";
import { useAbout } from "../../../lib/use-about.ts";
import { useMaking } from "../../../lib/use-making.ts";
import { isEnded, KeyTable } from "./key-table.tsx";
import styles from "./keys.module.css";
import { NewKeyDialog } from "./new-key-dialog.tsx";
import { RevokeKey } from "./revoke-key.tsx";

export function KeysPage() {
  const may = useCan();
  const [creating, setCreating] = useMaking("keys.manage");
  const create = may("keys.manage") && (
    <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setCreating(true)}>
      New key
    </Button>
  );
  const empty = (
    <Empty title="No keys yet" action={create} example={"authorization: Bearer nemo_sk_…"}>
      A program shows a key to the gateway with every request. It is shown to you once, when it is made.
      {!create && " An admin of this organization makes them."}
    </Empty>
  );
  const query = useApiKeys();
  const revoking = useAbout<ApiKey>();
  return (
    <Page
      title="API keys"
      lead="What programs show to the gateway. Kept as hashes: a lost key is replaced, never found again."
      actions={
        query.data?.length
          ? create || <WhoCan permission="keys.manage">make and revoke keys</WhoCan>
          : undefined
      }
    >
      <QueryView query={query} empty={empty}>
        {(keys) => <KeyLists keys={keys} onRevoke={may("keys.manage") ? revoking.ask : undefined} />}
      </QueryView>
      {revoking.about && <RevokeKey apiKey={revoking.about} {...revoking.shown} />}
      <NewKeyDialog open={creating} onOpenChange={setCreating} />
    </Page>
  );
}

/** Keys that opened the playground or a replay end by themselves and would soon outnumber those in use. */
function KeyLists({ keys, onRevoke }: { keys: ApiKey[]; onRevoke?: (key: ApiKey) => void }) {
  const working = keys.filter((key) => !isEnded(key));
  const ended = keys.filter(isEnded);
  return (
    <>
      {working.length > 0 ? (
        <Panel flush>
          <KeyTable label="Keys" keys={working} onRevoke={onRevoke} />
        </Panel>
      ) : (
        <p className="muted">No key works at present.</p>
      )}
      {ended.length > 0 && (
        <Panel flush>
          <details className={styles.ended}>
            <summary>{plural(ended.length, "key that no longer works", "keys that no longer work")}</summary>
            <KeyTable label="Keys that no longer work" keys={ended} />
          </details>
        </Panel>
      )}
    </>
  );
}
