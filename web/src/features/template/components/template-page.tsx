import { usePrefetchQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Outlet, useParams } from "react-router";
import { Id } from "../../../components/copy.tsx";
import { useDocumentTitle } from "../../../components/page.tsx";
import { PageBoundary } from "../../../components/page-boundary.tsx";
import { PageTabs } from "../../../components/page-tabs.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { TemplateState } from "../../../components/template-state.tsx";
import { becameActive } from "../../../lib/announce.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useRunningAbTests } from "../../../lib/queries/get-running-ab-tests.ts";
import { useTemplate } from "../../../lib/queries/get-template.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { versionsOptions } from "../../../lib/queries/get-versions.ts";
import { About } from "./about.tsx";
import { CallIt } from "./call-it.tsx";
import { RecommendationsLabel } from "./recommendations-label.tsx";
import styles from "./template.module.css";
import { TemplateMenu } from "./template-menu.tsx";

/** One template is one place: a header that always says what requests get, and the faces of it below. */
export function TemplatePage() {
  const { templateId = "" } = useParams();
  // Most pages below need them, and none has to wait until the template is known.
  usePrefetchQuery(versionsOptions(useOrganization().id, templateId));
  return (
    <QueryView query={useTemplate(templateId)}>
      {(template) => (
        <>
          <Header template={template} />
          <PageBoundary lines={5}>
            <Outlet context={template} />
          </PageBoundary>
        </>
      )}
    </QueryView>
  );
}

function Header({ template }: { template: Template }) {
  useDocumentTitle(template.name);
  const { organization_id: org, id, active_version: active } = template;
  useEffect(() => {
    if (active !== null) becameActive({ templateId: id, version: active });
  }, [id, active]);
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        <h1 className={styles.name}>{template.name}</h1>
        <TemplateState template={template} test={useRunningAbTests().data?.get(id)} />
        <span className={styles.id}>
          <Id value={id} what="template id" />
        </span>
        <div className={styles.actions}>
          <CallIt template={template} />
          <TemplateMenu template={template} />
        </div>
      </div>
      <About template={template} />
      <PageTabs
        label={template.name}
        tabs={[
          { to: paths.editor(org, id), label: "Editor" },
          { to: paths.history(org, id), label: "History" },
          { to: paths.templateTests(org, id), label: "Tests" },
          { to: paths.templateReplay(org, id), label: "Replay" },
          { to: paths.templateRecommendations(org, id), label: <RecommendationsLabel templateId={id} /> },
          { to: paths.templateLogs(org, id), label: "Logs" },
        ]}
      />
    </header>
  );
}
