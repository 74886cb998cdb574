import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Facts } from "../../../components/facts.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Page, Panel } from "../../../components/page.tsx";
import { announce } from "../../../lib/announce.ts";
import { changePassword } from "../../../lib/change-password.ts";
import { toAppError } from "../../../lib/errors.ts";
import { useUser } from "../../../lib/session.tsx";
import { whenDone } from "../../../lib/when-done.ts";
import { SessionsPanel } from "./sessions-panel.tsx";

export function AccountPage() {
  const user = useUser();
  const [password, setPassword] = useState("");
  const change = useMutation({ mutationFn: changePassword });

  function submit(event: FormEvent) {
    event.preventDefault();
    whenDone(change.mutateAsync(password), {
      onSuccess: () => {
        setPassword("");
        announce("Your new password is set");
      },
    });
  }

  return (
    <Page title="Account" width="read">
      <Panel title="You">
        <Facts facts={[["E-mail", user.email ?? "none"]]} />
      </Panel>
      <Panel title="Password">
        <form className={form.form} onSubmit={submit}>
          <Field label="New password" hint="At least eight characters.">
            <TextInput
              type="password"
              autoComplete="new-password"
              minLength={8}
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
          {change.error && <ErrorNote error={toAppError(change.error)} />}
          <div className={form.actions}>
            <Button type="submit" busy={change.isPending}>
              Save the new password
            </Button>
          </div>
        </form>
      </Panel>
      <SessionsPanel />
    </Page>
  );
}
