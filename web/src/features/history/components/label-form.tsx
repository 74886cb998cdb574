import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, DialogActions, useCloseDialog } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { toAppError } from "../../../lib/errors.ts";
import { useCan } from "../../../lib/organization.tsx";
import { whenDone } from "../../../lib/when-done.ts";
import { type Label, useSetLabel } from "../api/labels.ts";

type LabelFormProps = { templateId: string; version: number; labels: Label[] };

export function LabelForm({ templateId, version, labels }: LabelFormProps) {
  const may = useCan();
  const close = useCloseDialog();
  const [name, setName] = useState("");
  const [isProtected, setProtected] = useState<boolean>();
  const set = useSetLabel(templateId);
  const known = labels.find((label) => label.name === name.trim());
  const locked = known?.protected === true && !may("labels.protect");

  function submit(event: FormEvent) {
    event.preventDefault();
    const label = {
      name: name.trim(),
      version,
      ...(isProtected !== undefined && { protected: isProtected }),
    };
    whenDone(set.mutateAsync(label), { onSuccess: close });
  }
  const moves = known && known.version !== version ? `It moves here from v${known.version}.` : undefined;

  return (
    <form className={form.form} onSubmit={submit}>
      <Field
        label="Label"
        hint={moves ?? "Lower-case letters, digits, hyphens. A label that exists moves here."}
        error={locked ? `${name} is protected: an admin can move it.` : undefined}
      >
        <TextInput
          mono
          required
          maxLength={64}
          autoComplete="off"
          placeholder="staging"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {may("labels.protect") && (
        <label>
          <input
            type="checkbox"
            checked={isProtected ?? known?.protected ?? false}
            onChange={(event) => setProtected(event.target.checked)}
          />{" "}
          Protected: only admins move or remove it
        </label>
      )}
      {set.error && <ErrorNote error={toAppError(set.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={set.isPending} disabled={name.trim() === "" || locked}>
          {moves ? `Move ${name.trim()} to v${version}` : `Label v${version}`}
        </Button>
      </DialogActions>
    </form>
  );
}
