import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, DialogActions, useCloseDialog } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { announce } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import { nanoDollars } from "../../../lib/nano-dollars.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useSetPrice } from "../api/set-price.ts";

const amounts = [
  ["input", "Input"],
  ["cached", "Cached input"],
  ["output", "Output"],
] as const;

/** A price as the provider's page says it: dollars per million tokens. */
export function PriceForm() {
  const [draft, setDraft] = useState({ model: "", input: "", cached: "", output: "", from: "", source: "" });
  const save = useSetPrice();
  const close = useCloseDialog();
  const bind = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  });
  const [input, cached, output] = amounts.map(([name]) => nanoDollars(draft[name]));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (input == null || cached == null || output == null) return;
    const { model, from, source } = draft;
    whenDone(save.mutateAsync({ model, input, cached, output, from: from || null, source }), {
      onSuccess: (price) => {
        announce(`${price.model} has a price of your own`);
        close();
      },
    });
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="Model" hint="As requests name it, without the provider's prefix.">
        <TextInput required mono maxLength={200} placeholder="llama-3.3-70b" {...bind("model")} />
      </Field>
      {amounts.map(([name, label]) => (
        <Field
          key={name}
          label={`${label}, dollars per million tokens`}
          error={
            draft[name] !== "" && nanoDollars(draft[name]) === null && "An amount such as 0.15; 0 is a price."
          }
        >
          <TextInput required inputMode="decimal" placeholder="0.15" {...bind(name)} />
        </Field>
      ))}
      <Field label="From" hint="The first day it holds. Empty: today.">
        <TextInput type="date" {...bind("from")} />
      </Field>
      <Field label="Source" hint="Where it was read. Optional.">
        <TextInput maxLength={500} {...bind("source")} />
      </Field>
      {save.error && <ErrorNote error={toAppError(save.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={save.isPending}>
          Set this price
        </Button>
      </DialogActions>
    </form>
  );
}
