import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, DialogActions } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Picker } from "../../../components/picker.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useCreateApiKey } from "../api/create-api-key.ts";
import { budgetError, limitsOf, noLimits } from "../limits.ts";
import { LimitFields } from "./limit-fields.tsx";

export type MadeKey = { key: string; templateId: string | null };

export function NewKeyForm({ onMade }: { onMade: (made: MadeKey) => void }) {
  const [name, setName] = useState("");
  const [templateId, setTemplateId] = useState<string | null>(null);
  const [limits, setLimits] = useState(noLimits);
  const { data: templates = [] } = useTemplates();
  const create = useCreateApiKey();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (budgetError(limits)) return;
    whenDone(
      create.mutateAsync({ name: name.trim(), default_template_id: templateId, ...limitsOf(limits) }),
      { onSuccess: ({ key }) => onMade({ key, templateId: templateId ?? limits.scopes[0] ?? null }) },
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
      <LimitFields limits={limits} change={(part) => setLimits((current) => ({ ...current, ...part }))} />
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
