import { ArchiveRestore } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Time } from "../../../components/time.tsx";
import { announce, announceError } from "../../../lib/announce.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { type DeletedTemplate, useDeletedTemplates, useRestoreTemplate } from "../api/deleted-templates.ts";
import styles from "./library.module.css";

/** The way back for what was deleted; the button is there as long as there is something to bring back. */
export function DeletedTemplates() {
  const query = useDeletedTemplates();
  const [open, setOpen] = useState(false);
  if (!query.data?.length && !open) return null;
  return (
    <Dialog
      title="Deleted templates"
      description="Restored, a template is as it was: its active version is served again."
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button look="quiet" icon={<ArchiveRestore aria-hidden="true" />}>
          Deleted
        </Button>
      }
    >
      <QueryView query={query} empty={<p className="muted">Nothing is left to restore.</p>}>
        {(templates) => (
          <ul aria-label="Deleted templates">
            {templates.map((template) => (
              <Row key={template.id} template={template} />
            ))}
          </ul>
        )}
      </QueryView>
    </Dialog>
  );
}

function Row({ template }: { template: DeletedTemplate }) {
  const restore = useRestoreTemplate();
  function run() {
    whenDone(restore.mutateAsync(template.id), {
      onSuccess: () => announce(`${template.name} is back`),
      onError: announceError,
    });
  }
  return (
    <li className={styles.deleted}>
      <span>
        <span className={styles.title}>{template.name}</span>
        <br />
        <span className="meta">
          deleted <Time at={template.deleted_at} />
        </span>
      </span>
      <Button size="small" busy={restore.isPending} onClick={run}>
        Restore {template.name}
      </Button>
    </li>
  );
}
