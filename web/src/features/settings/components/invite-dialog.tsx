import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CopyButton } from "../../../components/copy.tsx";
import { CancelButton, Dialog, DialogActions } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Select } from "../../../components/select.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { type Role, rolesGrantableBy } from "../../../lib/permissions.ts";
import { useInviteMember } from "../api/members.ts";

/** Ends with a link to hand over: no mail server is needed. */
export function InviteDialog(shown: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog title="Invite someone" {...shown}>
      <InviteForm />
    </Dialog>
  );
}

function InviteForm() {
  const { role: mine } = useOrganization();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const invite = useInviteMember();

  function submit(event: FormEvent) {
    event.preventDefault();
    invite.mutate({ email: email.trim(), role });
  }

  if (invite.data) {
    const link = new URL(paths.invitation(invite.data.token), location.origin).href;
    return (
      <div className={form.form}>
        <p>
          Send this link to {email.trim()}. It works once, for an account with that e-mail, for seven days,
          and it is shown only now.
        </p>
        <Field label="Link">
          <TextInput mono readOnly value={link} onFocus={(event) => event.target.select()} />
        </Field>
        <DialogActions>
          <CancelButton>Close</CancelButton>
          <CopyButton text={link} label="Copy the link" look="primary" />
        </DialogActions>
      </div>
    );
  }
  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="E-mail">
        <TextInput type="email" required value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      <Field label="Role">
        <Select
          label="Role"
          value={role}
          onChange={setRole}
          options={rolesGrantableBy(mine).map((value) => ({ value, label: value }))}
        />
      </Field>
      {invite.error && <ErrorNote error={toAppError(invite.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={invite.isPending}>
          Make the invitation
        </Button>
      </DialogActions>
    </form>
  );
}
