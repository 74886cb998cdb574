import type { FormEvent } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, DialogActions } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextArea } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { announceSaved } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import { useSaveVersion } from "../../../lib/queries/save-version.ts";
import { whenDone } from "../../../lib/when-done.ts";
import type { SaveDialogProps } from "./save-dialog.tsx";

type SaveFormProps = SaveDialogProps & { next: number; note: string; onNote: (note: string) => void };

export function SaveForm({ template, draft, next, note, onNote, onOpenChange, onSaved }: SaveFormProps) {
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
          onNote("");
          onOpenChange(false);
          announceSaved({ templateId: template.id, version: saved.version });
        },
      },
    );
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="Note" hint="What changed and why, for whoever reads the history. Optional.">
        <TextArea rows={3} maxLength={2000} value={note} onChange={(event) => onNote(event.target.value)} />
      </Field>
      {save.error && <ErrorNote error={toAppError(save.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={save.isPending}>
          Save version {next}
        </Button>
      </DialogActions>
    </form>
  );
}
