import { Lock, Tag, X } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button, IconButton } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { Skeleton } from "../../../components/states.tsx";
import { announceError } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import { whenDone } from "../../../lib/when-done.ts";
import { type Label, useLabels, useRemoveLabel } from "../api/labels.ts";
import styles from "./history.module.css";

const LabelForm = lazy(async () => ({ default: (await import("./label-form.tsx")).LabelForm }));

type LabelsProps = { templateId: string; version: number };

/** The labels that point at this version, and a way to point another one at it. */
export function Labels({ templateId, version }: LabelsProps) {
  const may = useCan();
  const { data: labels = [] } = useLabels(templateId);
  const here = labels.filter((label) => label.version === version);
  const mayLabel = may("templates.write");
  if (!mayLabel && here.length === 0) return null;
  return (
    <ul className={styles.labels} aria-label={`Labels of v${version}`}>
      {here.map((label) => (
        <LabelMark
          key={label.name}
          label={label}
          templateId={templateId}
          mayRemove={label.protected ? may("labels.protect") : mayLabel}
        />
      ))}
      {mayLabel && (
        <li>
          <Dialog
            title={`Label v${version}`}
            description="Callers ask for a label by nemo/<template>@<label>, and get the version it points at."
            trigger={
              <Button size="small" look="quiet" icon={<Tag aria-hidden="true" />}>
                Label v{version}
              </Button>
            }
          >
            <Suspense fallback={<Skeleton lines={2} />}>
              <LabelForm templateId={templateId} version={version} labels={labels} />
            </Suspense>
          </Dialog>
        </li>
      )}
    </ul>
  );
}

type LabelMarkProps = { label: Label; templateId: string; mayRemove: boolean };

function LabelMark({ label, templateId, mayRemove }: LabelMarkProps) {
  const remove = useRemoveLabel(templateId);
  return (
    <li className={styles.label}>
      {label.protected && <Lock size={12} aria-label="Protected: for admins to move" />}
      <code>{label.name}</code>
      {mayRemove && (
        <IconButton
          size="small"
          label={`Remove the label ${label.name}`}
          busy={remove.isPending}
          icon={<X aria-hidden="true" />}
          onClick={() => whenDone(remove.mutateAsync(label.name), { onError: announceError })}
        />
      )}
    </li>
  );
}
