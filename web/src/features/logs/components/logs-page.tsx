import { Page } from "../../../components/page.tsx";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { LogList } from "./log-list.tsx";
import styles from "./logs.module.css";

export function LogsPage() {
  return (
    <Page title="Logs" lead="Every request the gateway answered, the newest first.">
      <LogList />
    </Page>
  );
}

export function TemplateLogsPage() {
  const template = useOpenTemplate();
  return (
    <div className={styles.tab}>
      <LogList key={template.id} templateId={template.id} />
    </div>
  );
}
