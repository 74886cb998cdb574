import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Id } from "../../../components/copy.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Facts } from "../../../components/facts.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Page, Panel } from "../../../components/page.tsx";
import { WhoCan } from "../../../components/who-can.tsx";
import { announce } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { type MyOrganization, useMyOrganizations } from "../../../lib/queries/get-my-organizations.ts";
import { useUser } from "../../../lib/session.tsx";
import { whenDone } from "../../../lib/when-done.ts";
import {
  useDeleteOrganization,
  useLeaveOrganization,
  useRenameOrganization,
} from "../api/change-organization.ts";
import { AuditRetentionPanel } from "./audit-retention-panel.tsx";
import { DataPolicyPanel } from "./data-policy-panel.tsx";
import { PurgePanel } from "./purge-panel.tsx";

export function OrganizationPage() {
  const { id } = useOrganization();
  const may = useCan();
  const { data } = useMyOrganizations(useUser().id);
  const organization = data?.find((one) => one.id === id);
  if (!organization) return null;
  return (
    <Page
      title="Organization"
      width="read"
      actions={<WhoCan permission="policy.set">change what is set here</WhoCan>}
    >
      <Panel title="Name">
        <div className={form.form}>
          {may("organization.rename") ? (
            <Rename organization={organization} />
          ) : (
            <Facts facts={[["Name", organization.name]]} />
          )}
          <Facts facts={[["Id", <Id key="id" value={id} what="organization id" />]]} />
        </div>
      </Panel>
      <DataPolicyPanel organization={organization} />
      {may("policy.set") && (
        <>
          <PurgePanel key={organization.data_policy} organization={organization} />
          <AuditRetentionPanel organization={organization} />
        </>
      )}
      <DangerZone organization={organization} />
    </Page>
  );
}

function Rename({ organization }: { organization: MyOrganization }) {
  const [name, setName] = useState(organization.name);
  const rename = useRenameOrganization();

  function submit(event: FormEvent) {
    event.preventDefault();
    whenDone(rename.mutateAsync(name.trim()), { onSuccess: () => announce("The new name is saved") });
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="Name of the organization">
        <TextInput required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      {rename.error && <ErrorNote error={toAppError(rename.error)} />}
      <div className={form.actions}>
        <Button type="submit" busy={rename.isPending} disabled={name.trim() === organization.name}>
          Save the name
        </Button>
      </div>
    </form>
  );
}

function DangerZone({ organization }: { organization: MyOrganization }) {
  const may = useCan();
  const navigate = useNavigate();
  const leave = useLeaveOrganization();
  const remove = useDeleteOrganization();
  return (
    <Panel title="Leaving">
      <div className={form.actions}>
        <Confirm
          trigger={<Button>Leave this organization</Button>}
          title={`Leave ${organization.name}?`}
          action={`Leave ${organization.name}`}
          danger
          onConfirm={async () => {
            await leave.mutateAsync(undefined);
            navigate(paths.start);
          }}
        >
          You lose access at once, in every open window. An admin can invite you again.
        </Confirm>
        {may("organization.delete") && (
          <Confirm
            trigger={<Button look="risky">Delete this organization</Button>}
            title={`Delete ${organization.name}?`}
            action={`Delete ${organization.name}`}
            danger
            typed={organization.name}
            onConfirm={async () => {
              await remove.mutateAsync(undefined);
              announce(`${organization.name} is deleted`);
              navigate(paths.start);
            }}
          >
            Everything goes with it, for good: templates, versions, keys, logs, tests, credit and the audit
            log. Programs that use its keys are refused from now on.
          </Confirm>
        )}
      </div>
    </Panel>
  );
}
