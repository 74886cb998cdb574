import { METRICS } from "@core/ab/metrics.ts";
import { Link, useParams } from "react-router";
import { Page, Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Failed } from "../../../components/states.tsx";
import { Badge } from "../../../components/status.tsx";
import { AppError } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useReport } from "../api/get-report.ts";
import { type AbTest, useTests } from "../api/get-tests.ts";
import { TestActions } from "./test-actions.tsx";
import { TestReportView } from "./test-report-view.tsx";
import { splitText, TestState } from "./test-state.tsx";
import styles from "./tests.module.css";

export function TestPage() {
  const { testId = "" } = useParams();
  return (
    <QueryView query={useTests()}>
      {(tests) => {
        const test = tests.find(({ id }) => id === testId);
        return test ? (
          <OneTest test={test} />
        ) : (
          <Failed error={new AppError("NM003", "There is no such test.")} />
        );
      }}
    </QueryView>
  );
}

function OneTest({ test }: { test: AbTest }) {
  const { id } = useOrganization();
  const { data: templates = [] } = useTemplates();
  const template = templates.find((one) => one.id === test.template_id);
  return (
    <Page
      title={test.name}
      lead={
        <span className={styles.lead}>
          <TestState test={test} />
          <span>{splitText(test)}</span>
          <Badge>{METRICS[test.primary_metric].label}</Badge>
          {template && (
            <Link to={paths.templateTests(id, template.id)} className="mono">
              {template.name}
            </Link>
          )}
        </span>
      }
      actions={<TestActions test={test} />}
    >
      {test.stop_reason && <p>{test.stop_reason}</p>}
      {test.state === "draft" ? (
        <Panel title="Not started">
          <p className="muted">Every request gets the active version until this test is started.</p>
        </Panel>
      ) : (
        <Results test={test} />
      )}
    </Page>
  );
}

function Results({ test }: { test: AbTest }) {
  return (
    <QueryView query={useReport(test.id)}>
      {(report) => <TestReportView test={test} report={report} />}
    </QueryView>
  );
}
