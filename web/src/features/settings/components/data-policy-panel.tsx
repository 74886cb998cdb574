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
import { whenDone } from "../../../lib/when-done.ts";
import { useSetDataPolicy } from "../api/change-organization.ts";

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

/** From the least to the most. */
const order = ["none", "metadata", "full"] as const satisfies DataPolicy[];

/** What the gateway may keep of a request, and for how long. */
export function DataPolicyPanel({ organization }: { organization: MyOrganization }) {
  const may = useCan();
  return (
    <Panel
      title="What is kept of requests"
      lead={may("policy.set") ? undefined : policies[organization.data_policy].meaning}
    >
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
  const setDataPolicy = useSetDataPolicy();
  const changed = policy !== organization.data_policy || Number(days) !== organization.log_retention_days;

  function submit(event: FormEvent) {
    event.preventDefault();
    whenDone(setDataPolicy.mutateAsync({ policy, log_retention_days: Number(days) }), {
      onSuccess: () => announce("What is kept of requests has changed"),
    });
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="Keep of each request" hint={policies[policy].meaning}>
        <Select
          label="Keep of each request"
          value={policy}
          onChange={setPolicy}
          options={order.map((value) => ({
            value,
            label: policies[value].label,
            hint: policies[value].meaning,
          }))}
        />
      </Field>
      {order.indexOf(policy) < order.indexOf(organization.data_policy) && (
        <p role="status">
          From the moment this is saved less is kept. What is kept already stays until its time is over, or
          until you remove it, which is offered here once this is saved.
        </p>
      )}
      <Field label="Days logs are kept" hint="Older ones are removed; counts and costs stay.">
        <TextInput
          type="number"
          min={1}
          max={3650}
          required
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
      </Field>
      {setDataPolicy.error && <ErrorNote error={toAppError(setDataPolicy.error)} />}
      <div className={form.actions}>
        <Button type="submit" busy={setDataPolicy.isPending} disabled={!changed}>
          Save what is kept
        </Button>
      </div>
    </form>
  );
}
