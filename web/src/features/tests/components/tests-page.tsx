import { Plus } from "lucide-react";
import { Link } from "react-router";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { Page, Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty } from "../../../components/states.tsx";
import table from "../../../components/table.module.css";
import { Time } from "../../../components/time.tsx";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { type AbTest, useTests } from "../api/get-tests.ts";
import { NewTestForm } from "./new-test-form.tsx";
import { splitText, TestState } from "./test-state.tsx";
import styles from "./tests.module.css";

export function TestsPage() {
  return (
    <Page
      title="Tests"
      lead="Versions answering side by side, each with its share of the traffic."
      actions={<NewTest />}
    >
      <TestList />
    </Page>
  );
}

export function TemplateTestsPage() {
  const template = useOpenTemplate();
  return (
    <div className={styles.tab}>
      <div className={styles.tools}>
        <NewTest templateId={template.id} />
      </div>
      <TestList templateId={template.id} />
    </div>
  );
}

function NewTest({ templateId }: { templateId?: string }) {
  const may = useCan();
  if (!may("tests.run")) return null;
  return (
    <Dialog
      title="New test"
      description="It starts when you say so; until then it is a draft."
      trigger={
        <Button look="primary" icon={<Plus aria-hidden="true" />}>
          New test
        </Button>
      }
    >
      <NewTestForm templateId={templateId} />
    </Dialog>
  );
}

function TestList({ templateId }: { templateId?: string }) {
  const query = useTests();
  const mine = (test: AbTest) => templateId === undefined || test.template_id === templateId;
  const empty = (
    <Empty title="No tests yet" example={"A  v3   60 %\nB  v4   40 %"}>
      A test lets two or more versions answer behind one name and says, with honest intervals, which does
      better.
    </Empty>
  );
  return (
    <QueryView query={query} empty={empty} isEmpty={(tests) => !tests.some(mine)}>
      {(tests) => <TestTable tests={tests.filter(mine)} />}
    </QueryView>
  );
}

function TestTable({ tests }: { tests: AbTest[] }) {
  const { id } = useOrganization();
  const { data: templates = [] } = useTemplates();
  const names = new Map(templates.map((template) => [template.id, template.name]));
  return (
    <Panel flush>
      <div className={table.scroller}>
        <table className={table.table} aria-label="Tests">
          <thead>
            <tr>
              <th>Test</th>
              <th>Template</th>
              <th>State</th>
              <th>Split</th>
              <th>Started</th>
            </tr>
          </thead>
          <tbody>
            {tests.map((test) => (
              <tr key={test.id}>
                <th scope="row">
                  <Link to={paths.test(id, test.id)}>{test.name}</Link>
                </th>
                <td>
                  <code>{names.get(test.template_id) ?? test.template_id}</code>
                </td>
                <td>
                  <TestState test={test} />
                </td>
                <td>{splitText(test)}</td>
                <td>{test.started_at ? <Time at={test.started_at} /> : "not yet"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
