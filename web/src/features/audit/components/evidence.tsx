import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Badge } from "../../../components/status.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { useAuditPin, usePinAuditEntry, useUnpinAuditEntry } from "../api/pins.ts";

/** Entries that an auditor asked for stay, however short the log is kept. */
export function Evidence({ sequence }: { sequence: number }) {
  const pinned = useAuditPin(sequence);
  const unpin = useUnpinAuditEntry();
  if (!pinned) return <Pin sequence={sequence} />;
  return (
    <div className={form.form}>
      <p>
        <Badge tone="accent">Evidence</Badge> {pinned.reason}
      </p>
      {unpin.error && <ErrorNote error={toAppError(unpin.error)} />}
      <div className={form.actions}>
        <Button size="small" busy={unpin.isPending} onClick={() => unpin.mutate(sequence)}>
          No longer keep it
        </Button>
      </div>
    </div>
  );
}

function Pin({ sequence }: { sequence: number }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const pin = usePinAuditEntry();
  if (!asking) {
    return (
      <div className={form.actions}>
        <Button size="small" onClick={() => setAsking(true)}>
          Keep as evidence
        </Button>
      </div>
    );
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    pin.mutate({ sequence, reason: reason.trim() });
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="Reason" hint="What it is evidence of. The entry stays until this is taken back.">
        <TextInput
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {pin.error && <ErrorNote error={toAppError(pin.error)} />}
      <div className={form.actions}>
        <Button size="small" type="submit" busy={pin.isPending}>
          Keep this entry
        </Button>
      </div>
    </form>
  );
}
