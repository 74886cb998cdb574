import { useState } from "react";
import { Page } from "../../../components/page.tsx";
import { Picker } from "../../../components/picker.tsx";
import { Status } from "../../../components/status.tsx";
import { useLive } from "../../../lib/live.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { LogList } from "./log-list.tsx";
import styles from "./logs.module.css";

export function LogsPage() {
  const [templateId, setTemplateId] = useState<string | null>(null);
  const { data: templates = [] } = useTemplates();
  return (
    <Page title="Logs" lead="Every request the gateway answered, the newest first." actions={<Live />}>
      <div className={styles.tools}>
        <Picker
          label="Template"
          none="All templates"
          value={templateId}
          onChange={setTemplateId}
          options={templates.map((template) => ({ value: template.id, label: template.name }))}
        />
      </div>
      <LogList templateId={templateId ?? undefined} />
    </Page>
  );
}

export function TemplateLogsPage() {
  const template = useOpenTemplate();
  return (
    <div className={styles.tab}>
      <LogList templateId={template.id} />
    </div>
  );
}

function Live() {
  return useLive() ? (
    <Status tone="good" pulse>
      live
    </Status>
  ) : (
    <Status tone="warn">not live, reload to update</Status>
  );
}
