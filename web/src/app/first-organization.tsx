import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../components/button.tsx";
import { ErrorNote } from "../components/error-note.tsx";
import { Field, TextInput } from "../components/field.tsx";
import form from "../components/form.module.css";
import { Page } from "../components/page.tsx";
import { toAppError } from "../lib/errors.ts";
import { paths } from "../lib/paths.ts";
import { useCreateOrganization } from "../lib/queries/create-organization.ts";
import { whenDone } from "../lib/when-done.ts";

/** For someone who belongs nowhere: after leaving, or while being invited takes its time. */
export function FirstOrganization() {
  return (
    <main>
      <Page
        width="read"
        title="Make an organization"
        lead="Templates, keys and people belong to one. It starts with $5.00 of credit."
      >
        <NewOrganizationForm />
      </Page>
    </main>
  );
}

export function NewOrganizationForm() {
  const [name, setName] = useState("");
  const create = useCreateOrganization();
  const navigate = useNavigate();

  function submit(event: FormEvent) {
    event.preventDefault();
    whenDone(create.mutateAsync(name.trim()), { onSuccess: ({ id }) => navigate(paths.library(id)) });
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="Name" hint="Your company's or team's. It can be changed.">
        <TextInput required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      {create.error && <ErrorNote error={toAppError(create.error)} />}
      <div className={form.actions}>
        <Button type="submit" look="primary" busy={create.isPending}>
          Make the organization
        </Button>
      </div>
    </form>
  );
}
