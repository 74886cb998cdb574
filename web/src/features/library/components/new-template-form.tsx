import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../../components/button.tsx";
import { CancelButton, DialogActions } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { toAppError } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useCreateTemplate } from "../../../lib/queries/create-template.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { slugOf } from "../slug.ts";

export function NewTemplateForm() {
  const { id: organizationId } = useOrganization();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const create = useCreateTemplate();
  const navigate = useNavigate();

  function submit(event: FormEvent) {
    event.preventDefault();
    whenDone(create.mutateAsync({ name: slugOf(name), description: description.trim() }), {
      onSuccess: ({ id }) => navigate(paths.editor(organizationId, id)),
    });
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field
        label="Name"
        hint={
          name && slugOf(name) !== name ? (
            <>
              It will be called <code>{slugOf(name)}</code>.
            </>
          ) : (
            "What your code calls it by: lower-case letters, digits and hyphens."
          )
        }
      >
        <TextInput
          mono
          required
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          placeholder="support-agent"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label="Description" hint="One sentence for the people you work with. Optional.">
        <TextInput
          value={description}
          maxLength={2000}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      {create.error && <ErrorNote error={toAppError(create.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={create.isPending} disabled={slugOf(name) === ""}>
          Create template
        </Button>
      </DialogActions>
    </form>
  );
}
