import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { Button } from "../../../components/button.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { toAppError } from "../../../lib/errors.ts";
import { paths } from "../../../lib/paths.ts";
import { requestReset } from "../api/sessions.ts";
import { AccountFrame } from "./frame.tsx";
import { LocalMail } from "./local-mail.tsx";

export function ResetPage() {
  const [email, setEmail] = useState("");
  const send = useMutation({ mutationFn: requestReset });

  function submit(event: FormEvent) {
    event.preventDefault();
    send.mutate(email.trim());
  }

  if (send.isSuccess) {
    return (
      <AccountFrame
        title="Look into your mail"
        lead="If there is an account with this e-mail, a link to choose a new password is on its way."
      >
        <LocalMail />
        <Link to={paths.signIn}>Back to sign in</Link>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame
      title="Reset the password"
      lead="A link to choose a new one is sent to your e-mail."
      foot={<Link to={paths.signIn}>Back to sign in</Link>}
    >
      <form className={form.form} onSubmit={submit}>
        <Field label="E-mail">
          <TextInput
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        {send.error && <ErrorNote error={toAppError(send.error)} />}
        <Button type="submit" look="primary" busy={send.isPending}>
          Send the link
        </Button>
      </form>
    </AccountFrame>
  );
}
