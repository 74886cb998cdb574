import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toAppError } from "../lib/errors.ts";
import { Button } from "./button.tsx";
import type { ConfirmProps } from "./confirm.tsx";
import { CancelButton, DialogActions, useCloseDialog } from "./dialog.tsx";
import { ErrorNote } from "./error-note.tsx";
import { Field, TextInput } from "./field.tsx";
import styles from "./form.module.css";

export function ConfirmBody({ children, action, onConfirm, danger, typed }: ConfirmProps) {
  const [written, setWritten] = useState("");
  const close = useCloseDialog();
  const confirm = useMutation({ mutationFn: onConfirm, onSuccess: close });

  function submit(event: FormEvent) {
    event.preventDefault();
    confirm.mutate();
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.said}>{children}</div>
      {typed !== undefined && (
        <Field label={`Write “${typed}” to go on`}>
          <TextInput
            mono
            autoComplete="off"
            spellCheck={false}
            value={written}
            onChange={(event) => setWritten(event.target.value)}
          />
        </Field>
      )}
      {confirm.error && <ErrorNote error={toAppError(confirm.error)} />}
      <DialogActions>
        <CancelButton />
        <Button
          type="submit"
          look={danger ? "danger" : "primary"}
          data-focus-first={danger ? undefined : true}
          busy={confirm.isPending}
          disabled={typed !== undefined && written !== typed}
        >
          {action}
        </Button>
      </DialogActions>
    </form>
  );
}
