import { useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import { announce, announceError } from "../../../lib/announce.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useAccept, useDismiss, useRebase } from "../api/decide.ts";
import type { Recommendation } from "../api/get-recommendations.ts";
import styles from "./detail.module.css";

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

type TakeProps = { recommendation: Recommendation; next: number; onShow: (id: string) => void };

function Take({ recommendation: { id }, next, onShow }: TakeProps) {
  const accept = useAccept();
  const navigate = useNavigate();
  const { id: org } = useOrganization();

  function take(asTest: boolean) {
    whenDone(accept.mutateAsync({ id, asTest }), {
      onSuccess: (made) => {
        announce(`v${made.resulting_version} is saved`, {
          description: made.test_id
            ? "It is variant B of a drafted test. Nothing is served yet."
            : "It is not active yet.",
        });
        if (made.test_id) navigate(paths.test(org, made.test_id));
        else onShow(id);
      },
      onError: announceError,
    });
  }

  const pending = accept.isPending ? accept.variables?.asTest : undefined;
  return (
    <>
      <Button busy={pending === true} onClick={() => take(true)}>
        Try v{next} as B
      </Button>
      <Button look="primary" busy={pending === false} onClick={() => take(false)}>
        Accept as v{next}
      </Button>
    </>
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
