import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { VersionDiff } from "../../../components/diff/version-diff.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextArea, TextInput } from "../../../components/field.tsx";
import { announceSaved } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useAccept } from "../api/decide.ts";
import type { Recommendation } from "../api/get-recommendations.ts";
import styles from "./detail.module.css";

type EditProposalProps = {
  recommendation: Recommendation;
  source: Version;
  next: number;
  onDone: () => void;
  onCancel: () => void;
};

/** The suggested text (or the source, where there is only advice), open for changing; what it would change is shown below. */
export function EditProposal({ recommendation, source, next, onDone, onCancel }: EditProposalProps) {
  const [messages, setMessages] = useState(recommendation.proposed_messages ?? source.messages);
  const [note, setNote] = useState("");
  const accept = useAccept();
  const changed = messages.some(({ content }, index) => content !== source.messages[index]?.content);

  function submit(event: FormEvent) {
    event.preventDefault();
    whenDone(accept.mutateAsync({ id: recommendation.id, messages, note }), {
      onSuccess: (made) => {
        announceSaved({ templateId: recommendation.template_id, version: made.resulting_version });
        onDone();
      },
    });
  }

  return (
    <form className={styles.edit} onSubmit={submit}>
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages are told apart by their place
        <Field key={index} label={`Message ${index + 1}, ${message.role}`}>
          <TextArea
            mono
            rows={Math.min(24, message.content.split("\n").length + 2)}
            spellCheck={false}
            value={message.content}
            onChange={({ target }) =>
              setMessages(messages.map((one, at) => (at === index ? { ...one, content: target.value } : one)))
            }
          />
        </Field>
      ))}
      <Field label="Note" hint="Kept with the version and in the audit log. Optional.">
        <TextInput value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {accept.error && <ErrorNote error={toAppError(accept.error)} />}
      <div className={styles.actions}>
        <Button look="quiet" onClick={onCancel}>
          Back to the suggestion
        </Button>
        <Button type="submit" look="primary" busy={accept.isPending} disabled={!changed}>
          Save as v{next}
        </Button>
      </div>
      <VersionDiff before={source} after={{ ...source, messages }} />
    </form>
  );
}
