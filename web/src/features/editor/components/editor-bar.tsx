import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Badge, Status } from "../../../components/status.tsx";
import { announce, announceError } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import { useActivateVersion } from "../../../lib/queries/activate-version.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import type { Draft } from "../draft.ts";
import styles from "./editor.module.css";
import { SaveDialog } from "./save-dialog.tsx";

type EditorBarProps = {
  template: Template;
  opened: Version | undefined;
  draft: Draft;
  changed: boolean;
  discard: () => void;
  onSaved: (saved: Version) => void;
};

/** What is open, what has changed, and the two things one does with a text: save it, make it the one requests get. */
export function EditorBar({ template, opened, draft, changed, discard, onSaved }: EditorBarProps) {
  const may = useCan();
  const [saving, setSaving] = useState(false);
  const activate = useActivateVersion();
  const mayWrite = may("templates.write");
  const isActive = opened !== undefined && template.active_version === opened.version;

  function activateOpened() {
    if (!opened) return;
    activate.mutate(
      { templateId: template.id, version: opened.version },
      { onSuccess: () => announce(`v${opened.version} is active`), onError: announceError },
    );
  }

  return (
    <div className={styles.bar}>
      <Badge>{opened ? `v${opened.version}` : "no version yet"}</Badge>
      <span role="status">
        {changed ? <Status tone="warn">draft kept in this browser</Status> : <Status>saved</Status>}
      </span>
      <div className={styles.barActions}>
        {mayWrite && changed && opened && (
          <Button look="quiet" onClick={discard}>
            Discard changes
          </Button>
        )}
        {mayWrite && (
          <Button
            look={changed ? "primary" : "secondary"}
            disabled={!changed}
            onClick={() => setSaving(true)}
          >
            Save v{template.latest_version + 1}
          </Button>
        )}
        {may("versions.activate") && opened && !isActive && (
          <Button
            look={changed ? "secondary" : "primary"}
            disabled={changed}
            busy={activate.isPending}
            onClick={activateOpened}
          >
            Activate v{opened.version}
          </Button>
        )}
      </div>
      <SaveDialog
        template={template}
        draft={draft}
        open={saving}
        onOpenChange={setSaving}
        onSaved={onSaved}
      />
    </div>
  );
}
