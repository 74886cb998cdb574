import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, Dialog, DialogActions, useCloseDialog } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextArea, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { toAppError } from "../../../lib/errors.ts";
import { plural } from "../../../lib/format.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useSaveExamples } from "../api/save-examples.ts";
import { type ExampleDraft, readExamples, writeExamples } from "../read-examples.ts";

type EditExamplesProps = {
  templateId: string;
  /** Left out for a new set. */
  name?: string;
  examples: readonly ExampleDraft[];
  onSaved: (name: string) => void;
};

export function EditExamples(props: EditExamplesProps) {
  return (
    <Dialog
      shape="wide"
      title={props.name ? `Edit ${props.name}` : "New set of examples"}
      description="One line is one example: its variables as JSON, with a name before them if you like."
      trigger={<Button>{props.name ? "Edit set" : "New set"}</Button>}
    >
      <ExamplesForm {...props} />
    </Dialog>
  );
}

function ExamplesForm({ templateId, name: fixed, examples, onSaved }: EditExamplesProps) {
  const close = useCloseDialog();
  const save = useSaveExamples(templateId);
  const [name, setName] = useState(fixed ?? "");
  const [text, setText] = useState(() => writeExamples(examples));
  const read = readExamples(text);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!read.ok) return;
    const onSuccess = () => {
      onSaved(name.trim());
      close();
    };
    whenDone(save.mutateAsync({ set_name: name, examples: read.examples }), { onSuccess });
  }

  return (
    <form className={form.form} onSubmit={submit}>
      {!fixed && (
        <Field label="Name of the set">
          <TextInput
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      )}
      <Field
        label="Examples"
        hint={read.ok ? `${plural(read.examples.length, "example")}. An empty set is removed.` : undefined}
        error={read.ok ? undefined : read.message}
      >
        <TextArea
          mono
          rows={10}
          spellCheck={false}
          placeholder={'an angry customer: {"role": "agent", "lang": "French"}'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {save.error && <ErrorNote error={toAppError(save.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={save.isPending} disabled={!read.ok}>
          Save set
        </Button>
      </DialogActions>
    </form>
  );
}
