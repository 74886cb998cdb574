import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, Dialog, DialogActions } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextArea } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { announce } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { useSaveVersion } from "../../../lib/queries/save-version.ts";
import { whenDone } from "../../../lib/when-done.ts";
import type { Draft } from "../draft.ts";

type SaveDialogProps = {
  template: Template;
  draft: Draft;
  /** The number it will have. */
  next: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: (saved: Version) => void;
};

export function SaveDialog({ template, draft, next, open, onOpenChange, onSaved }: SaveDialogProps) {
  const [note, setNote] = useState("");
  const save = useSaveVersion();

  function submit(event: FormEvent) {
    event.preventDefault();
    const { messages, config, contract, base } = draft;
    whenDone(
      save.mutateAsync({
        templateId: template.id,
        messages,
        config,
        contract,
        note: note.trim(),
        expectedVersion: base,
      }),
      {
        onSuccess: (saved) => {
          onSaved(saved);
          setNote("");
          onOpenChange(false);
          announce(`Version ${saved.version} is saved`, {
            description: "Requests get it once it is activated.",
          });
        },
      },
    );
  }

  return (
    <Dialog
      title={`Save version ${next}`}
      description="A version never changes again. What requests get stays as it is until you activate it."
      open={open}
      onOpenChange={onOpenChange}
    >
      <form className={form.form} onSubmit={submit}>
        <Field label="Note" hint="What changed and why, for whoever reads the history. Optional.">
          <TextArea
            rows={3}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        {save.error && <ErrorNote error={toAppError(save.error)} />}
        <DialogActions>
          <CancelButton />
          <Button type="submit" look="primary" busy={save.isPending}>
            Save version {next}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
