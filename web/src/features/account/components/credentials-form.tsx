import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { toAppError } from "../../../lib/errors.ts";

type Credentials = { email: string; password: string };

type CredentialsFormProps = {
  action: string;
  /** New passwords are suggested by the browser, known ones are filled in. */
  newPassword?: boolean;
  fixedEmail?: string;
  onSubmit: (credentials: Credentials) => Promise<unknown>;
};

export function CredentialsForm({ action, newPassword, fixedEmail, onSubmit }: CredentialsFormProps) {
  const [email, setEmail] = useState(fixedEmail ?? "");
  const [password, setPassword] = useState("");
  const submit = useMutation({ mutationFn: onSubmit });

  function onFormSubmit(event: FormEvent) {
    event.preventDefault();
    submit.mutate({ email: email.trim(), password });
  }

  return (
    <form className={form.form} onSubmit={onFormSubmit}>
      <Field label="E-mail">
        <TextInput
          type="email"
          name="email"
          autoComplete="username"
          required
          readOnly={fixedEmail !== undefined}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field label="Password" hint={newPassword ? "At least eight characters." : undefined}>
        <TextInput
          type="password"
          name="password"
          autoComplete={newPassword ? "new-password" : "current-password"}
          required
          minLength={newPassword ? 8 : undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {submit.error && <ErrorNote error={toAppError(submit.error)} />}
      <Button type="submit" look="primary" busy={submit.isPending}>
        {action}
      </Button>
    </form>
  );
}
