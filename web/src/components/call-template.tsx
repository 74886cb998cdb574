import type { ReactElement } from "react";
import type { Template } from "../lib/queries/get-templates.ts";
import styles from "./dialog.module.css";
import { Dialog } from "./dialog.tsx";
import { LaterSnippets } from "./later-snippets.tsx";

/** Opens how a program calls a template, ready to paste. */
export function CallTemplate({ template, trigger }: { template: Template; trigger: ReactElement }) {
  return (
    <Dialog
      shape="wide"
      title={`Call ${template.name}`}
      description="Any OpenAI client works: change the base URL and the key, name the template."
      trigger={trigger}
    >
      {template.active_version === null && (
        <p className={styles.before}>
          No version of it is active yet: requests get <code>template_not_active</code> (409) until one is.
        </p>
      )}
      <LaterSnippets template={template} />
    </Dialog>
  );
}
