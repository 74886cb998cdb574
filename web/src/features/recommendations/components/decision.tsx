import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import { announce, announceError } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useDismiss, useRebase } from "../api/decide.ts";
import type { Recommendation } from "../api/get-recommendations.ts";
import styles from "./detail.module.css";
import { Take } from "./take.tsx";

type DecisionProps = {
  recommendation: Recommendation;
  template: Template | undefined;
  /** Opens the text for changing before it is accepted. */
  onEdit: () => void;
  /** Shows another recommendation, or keeps this one open though it leaves its pile. */
  onShow: (id: string) => void;
};

/** The ways out of a recommendation, each once. None of them changes what requests get. */
export function Decision({ recommendation, template, onEdit, onShow }: DecisionProps) {
  const may = useCan();
  if (!template || !may("recommendations.decide")) return null;
  if (recommendation.state === "superseded")
    return <Rebase recommendation={recommendation} latest={template.latest_version} onShow={onShow} />;
  if (recommendation.state !== "open") return null;
  return (
    <div className={styles.actions}>
      <Dismiss recommendation={recommendation} onShow={onShow} />
      <Button onClick={onEdit}>{recommendation.proposed_messages ? "Edit first" : "Edit the text"}</Button>
      {recommendation.proposed_messages && (
        <Take recommendation={recommendation} next={template.latest_version + 1} onShow={onShow} />
      )}
    </div>
  );
}

function Dismiss({ recommendation: { id }, onShow }: Pick<DecisionProps, "recommendation" | "onShow">) {
  const [note, setNote] = useState("");
  const dismiss = useDismiss();
  return (
    <Confirm
      trigger={<Button look="quiet">Dismiss</Button>}
      title="Dismiss this recommendation?"
      action="Dismiss"
      onConfirm={() => dismiss.mutateAsync({ id, note }).then(() => onShow(id))}
    >
      <Field label="Why" hint="Kept with the decision and in the audit log. Optional.">
        <TextInput value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </Confirm>
  );
}

function Rebase({
  recommendation,
  latest,
  onShow,
}: {
  recommendation: Recommendation;
  latest: number;
  onShow: (id: string) => void;
}) {
  const rebase = useRebase();
  if (!recommendation.proposed_messages || latest <= recommendation.source_version) return null;
  return (
    <div className={styles.actions}>
      <Button
        look="primary"
        busy={rebase.isPending}
        onClick={() =>
          whenDone(rebase.mutateAsync(recommendation.id), {
            onSuccess: (made) => {
              announce(`Carried over to v${latest}`);
              onShow(made.id);
            },
            onError: announceError,
          })
        }
      >
        Carry over to v{latest}
      </Button>
    </div>
  );
}
