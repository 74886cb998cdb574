import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Panel } from "../../../components/page.tsx";
import { announce } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import { plural } from "../../../lib/format.ts";
import type { MyOrganization } from "../../../lib/queries/get-my-organizations.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { usePruneAuditLog, useSetAuditRetention } from "../api/change-organization.ts";

/** For admins: how long entries stay, and taking the older ones away without waiting. */
export function AuditRetentionPanel({ organization }: { organization: MyOrganization }) {
  const kept = organization.audit_retention_days;
  const [days, setDays] = useState(kept?.toString() ?? "");
  const set = useSetAuditRetention();

  function submit(event: FormEvent) {
    event.preventDefault();
    whenDone(set.mutateAsync(days === "" ? null : Number(days)), {
      onSuccess: () => announce("How long the audit log is kept has changed"),
    });
  }

  return (
    <Panel
      title="Audit log"
      lead={`Kept ${kept === null ? "for ever" : plural(kept, "day")}. Evidence somebody holds stays longer.`}
    >
      <form className={form.form} onSubmit={submit}>
        <Field label="Days the audit log is kept" hint="Empty: for ever. At least 30.">
          <TextInput
            type="number"
            min={30}
            max={36_500}
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </Field>
        {set.error && <ErrorNote error={toAppError(set.error)} />}
        <div className={form.actions}>
          <Button type="submit" busy={set.isPending} disabled={days === (kept?.toString() ?? "")}>
            Save how long
          </Button>
          {kept !== null && <Prune days={kept} />}
        </div>
      </form>
    </Panel>
  );
}

function Prune({ days }: { days: number }) {
  const prune = usePruneAuditLog();
  return (
    <Confirm
      trigger={<Button look="risky">Remove older entries…</Button>}
      title={`Remove entries older than ${plural(days, "day")}?`}
      action="Remove older entries"
      danger
      onConfirm={async () => {
        const gone = await prune.mutateAsync(undefined);
        announce(
          gone === 0 ? "No entry is that old" : `${plural(gone, "audit entry", "audit entries")} removed`,
        );
      }}
    >
      They go for good. An entry stays that says which, so that the chain can still be verified.
    </Confirm>
  );
}
