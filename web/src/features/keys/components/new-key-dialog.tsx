import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CopyButton } from "../../../components/copy.tsx";
import { Dialog, DialogActions } from "../../../components/dialog.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { LaterSnippets } from "../../../components/later-snippets.tsx";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { type MadeKey, NewKeyForm } from "./new-key-form.tsx";

type NewKeyDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Two steps in one dialog: name it, then copy it. The second closes only by saying that it was kept. */
export function NewKeyDialog({ open, onOpenChange }: NewKeyDialogProps) {
  const [made, setMade] = useState<MadeKey>();
  const { data: templates = [] } = useTemplates();

  if (made) {
    const called =
      templates.find(({ id }) => id === made.templateId) ??
      templates.find(({ active_version }) => active_version !== null) ??
      templates[0];
    return (
      <Dialog
        title="Copy your key now"
        shape="wide"
        open={open}
        persistent
        onClosed={() => setMade(undefined)}
      >
        <div className={form.form}>
          <p>It is shown this once. Nobody, not even this dashboard, can show it again.</p>
          <Field label="Key">
            <TextInput mono readOnly value={made.key} onFocus={(event) => event.target.select()} />
          </Field>
          {called && <LaterSnippets template={called} apiKey={made.key} />}
          <DialogActions>
            <CopyButton text={made.key} label="Copy the key" />
            <Button look="primary" onClick={() => onOpenChange(false)}>
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
