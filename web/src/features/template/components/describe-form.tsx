import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, DialogActions } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextArea, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { toAppError } from "../../../lib/errors.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useDescribeTemplate } from "../api/describe-template.ts";

type DescribeFormProps = { template: Template; onDone: () => void };

export function DescribeForm({ template, onDone }: DescribeFormProps) {
  const [description, setDescription] = useState(template.description);
  const [tags, setTags] = useState(template.tags.join(", "));
  const describe = useDescribeTemplate();

  function submit(event: FormEvent) {
    event.preventDefault();
    const words = tags.split(",").map((tag) => tag.trim());
    whenDone(
      describe.mutateAsync({
        template_id: template.id,
        description: description.trim(),
        tags: words.filter(Boolean),
      }),
      { onSuccess: onDone },
    );
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <Field label="Description" hint="One sentence for the people you work with.">
        <TextArea
          rows={2}
          maxLength={2000}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <Field label="Tags" hint="Words to filter the library by, with commas between.">
        <TextInput
          value={tags}
          placeholder="support, live"
          onChange={(event) => setTags(event.target.value)}
        />
      </Field>
      {describe.error && <ErrorNote error={toAppError(describe.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={describe.isPending}>
          Save description and tags
        </Button>
      </DialogActions>
    </form>
  );
}
