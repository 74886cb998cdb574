import { Page } from "../../../components/page.tsx";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { Ask } from "./ask.tsx";
import styles from "./inbox.module.css";
import { Inbox } from "./inbox.tsx";
import { Jobs } from "./jobs.tsx";

export function RecommendationsPage() {
  return (
    <Page
      title="Recommendations"
      lead="Suggested texts with their reasons and an estimate of what they bring. None applies itself."
    >
      <Jobs />
      <Inbox />
    </Page>
  );
}

export function TemplateRecommendationsPage() {
  const template = useOpenTemplate();
  return (
    <div className={styles.tab}>
      <div className={styles.tools}>
        <Jobs templateId={template.id} />
        <div className={styles.ask}>
          <Ask template={template} />
        </div>
      </div>
      <Inbox templateId={template.id} />
    </div>
  );
}
