import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Facts } from "../../../components/facts.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Panel } from "../../../components/page.tsx";
import { Select } from "../../../components/select.tsx";
import { announce } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import { plural } from "../../../lib/format.ts";
import { useCan } from "../../../lib/organization.tsx";
import type { DataPolicy, MyOrganization } from "../../../lib/queries/get-my-organizations.ts";
import { useSetAuditRetention, useSetDataPolicy } from "../api/change-organization.ts";

const policies: Record<DataPolicy, { label: string; meaning: string }> = {
  none: {
    label: "Nothing",
    meaning: "Only counters, for billing and tests. No list of requests.",
  },
  metadata: {
    label: "Facts",
    meaning:
      "Times, models, versions, tokens and cost of each request. No text of prompts, variables or answers.",
  },
  full: {
    label: "Facts and text",
    meaning: "Also variables, rendered messages and answers. Only admins and owners can read them.",
  },
};

/** What the gateway may keep of a request, and for how long. */
export function DataPolicyPanel({ organization }: { organization: MyOrganization }) {
  const may = useCan();
  return (
    <Panel title="What is kept of requests" lead={policies[organization.data_policy].meaning}>
      {may("policy.set") ? (
        <PolicyForm organization={organization} />
      ) : (
        <Facts
          facts={[
            ["Kept", policies[organization.data_policy].label],
            ["Logs", plural(organization.log_retention_days, "day")],
            ["Audit log", retentionText(organization.audit_retention_days)],
          ]}
        />
      )}
    </Panel>
  );
}

function retentionText(days: number | null): string {
  return days === null ? "for ever" : plural(days, "day");
}

function PolicyForm({ organization }: { organization: MyOrganization }) {
  const [policy, setPolicy] = useState(organization.data_policy);
  const [days, setDays] = useState(String(organization.log_retention_days));
  const [auditDays, setAuditDays] = useState(organization.audit_retention_days?.toString() ?? "");
  const setDataPolicy = useSetDataPolicy();
  const setAuditRetention = useSetAuditRetention();
  const error = setDataPolicy.error ?? setAuditRetention.error;

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      await setDataPolicy.mutateAsync({ policy, log_retention_days: Number(days) });
      await setAuditRetention.mutateAsync(auditDays === "" ? null : Number(auditDays));
      announce("What is kept of requests has changed");
    } catch {
      // The form shows it.
    }
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="Keep of each request" hint={policies[policy].meaning}>
        <Select
          label="Keep of each request"
          value={policy}
          onChange={setPolicy}
          options={(["none", "metadata", "full"] as const).map((value) => ({
            value,
            label: policies[value].label,
            hint: policies[value].meaning,
          }))}
        />
      </Field>
      <div className={form.pair}>
        <Field label="Keep logs for days">
          <TextInput
            type="number"
            min={1}
            max={3650}
            required
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </Field>
        <Field label="Keep the audit log for days" hint="Empty: for ever. At least 30.">
          <TextInput
            type="number"
            min={30}
            max={36_500}
            value={auditDays}
            onChange={(event) => setAuditDays(event.target.value)}
          />
        </Field>
      </div>
      {error && <ErrorNote error={toAppError(error)} />}
      <div className={form.actions}>
        <Button type="submit" busy={setDataPolicy.isPending || setAuditRetention.isPending}>
          Save what is kept
        </Button>
      </div>
    </form>
  );
}
