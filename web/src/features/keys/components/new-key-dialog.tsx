import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CopyButton } from "../../../components/copy.tsx";
import { CancelButton, Dialog, DialogActions } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Picker } from "../../../components/picker.tsx";
import { TemplateSnippets } from "../../../components/template-snippets.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useCreateApiKey } from "../api/create-api-key.ts";

type NewKeyDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Two steps in one dialog: name it, then copy it. The second closes only by saying that it was kept. */
export function NewKeyDialog({ open, onOpenChange }: NewKeyDialogProps) {
  const [made, setMade] = useState<{ key: string; templateId: string | null }>();
  const { data: templates = [] } = useTemplates();

  function close() {
    onOpenChange(false);
    setMade(undefined);
  }

  if (made) {
    const called =
      templates.find(({ id }) => id === made.templateId) ??
      templates.find(({ active_version }) => active_version !== null) ??
      templates[0];
    return (
      <Dialog title="Copy your key now" shape="wide" open={open} persistent>
        <div className={form.form}>
          <p>It is shown this once. Nobody, not even this dashboard, can show it again.</p>
          <Field label="Key">
            <TextInput mono readOnly value={made.key} onFocus={(event) => event.target.select()} />
          </Field>
          {called && <TemplateSnippets template={called} apiKey={made.key} />}
          <DialogActions>
            <CopyButton text={made.key} label="Copy the key" />
            <Button look="primary" onClick={close}>
              I have kept it
            </Button>
          </DialogActions>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="New key" open={open} onOpenChange={onOpenChange}>
      <NewKeyForm onMade={setMade} />
    </Dialog>
  );
}

function NewKeyForm({ onMade }: { onMade: (made: { key: string; templateId: string | null }) => void }) {
  const [name, setName] = useState("");
  const [templateId, setTemplateId] = useState<string | null>(null);
  const { data: templates = [] } = useTemplates();
  const create = useCreateApiKey();

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), default_template_id: templateId },
      { onSuccess: ({ key }) => onMade({ key, templateId }) },
    );
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="Name" hint="Where it will be used, e.g. “web shop, production”.">
        <TextInput required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Default template" hint="For requests that name none. They pass untouched without it.">
        <Picker
          label="Default template"
          none="None"
          value={templateId}
          onChange={setTemplateId}
          options={templates.map((template) => ({ value: template.id, label: template.name }))}
        />
      </Field>
      {create.error && <ErrorNote error={toAppError(create.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={create.isPending}>
          Make the key
        </Button>
      </DialogActions>
    </form>
  );
}
