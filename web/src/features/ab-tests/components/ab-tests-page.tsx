import { METRICS } from "@core/ab/metrics.ts";
import { Plus } from "lucide-react";
import { Link } from "react-router";
import { ButtonLink } from "../../../components/button.tsx";
import { Page } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty } from "../../../components/states.tsx";
import { Time } from "../../../components/time.tsx";
import { VirtualRows } from "../../../components/virtual-rows.tsx";
import { plural } from "../../../lib/format.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { type Template, useTemplates } from "../../../lib/queries/get-templates.ts";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { type AbTest, useAbTests } from "../api/get-ab-tests.ts";
import { spacedSplit } from "../set-up.ts";
import { AbTestState } from "./ab-test-state.tsx";
import styles from "./ab-tests.module.css";
import { RowVerdict } from "./row-verdict.tsx";
import { SplitBar } from "./variant-mark.tsx";

export function AbTestsPage() {
  return (
    <Page
      title="Tests"
      lead="Versions answering side by side, each with its share of the traffic."
      actions={useAbTests().data?.length ? <NewTest /> : undefined}
    >
      <TestList />
    </Page>
  );
}

export function TemplateAbTestsPage() {
  const template = useOpenTemplate();
  const { data: tests = [] } = useAbTests();
  return (
    <div className={styles.tab}>
      {tests.some((test) => test.template_id === template.id) && (
        <div className={styles.tools}>
          <NewTest templateId={template.id} />
        </div>
      )}
      <TestList template={template} />
    </div>
  );
}

function NewTest({ templateId }: { templateId?: string }) {
  const may = useCan();
  const { id } = useOrganization();
  if (!may("tests.run")) return null;
  return (
    <ButtonLink look="primary" icon={<Plus aria-hidden="true" />} to={paths.newTest(id, templateId)}>
      New test
    </ButtonLink>
  );
}

/** What needs looking at first: running, then what waits for somebody, then what is over. */
const order: Record<AbTest["state"], number> = { running: 0, paused: 1, draft: 2, completed: 3 };

function TestList({ template }: { template?: Template }) {
  const query = useAbTests();
  const mine = (tests: AbTest[]) => tests.filter((test) => !template || test.template_id === template.id);
  return (
    <QueryView
      query={query}
      empty={<NoTests template={template} />}
      isEmpty={(tests) => mine(tests).length === 0}
    >
      {(tests) => (
        <VirtualRows
          label="Tests"
          items={mine(tests).sort((a, b) => order[a.state] - order[b.state])}
          keyOf={(test) => test.id}
          rowHeight={69}
        >
          {(test) => <TestRow test={test} showTemplate={!template} />}
        </VirtualRows>
      )}
    </QueryView>
  );
}

function NoTests({ template }: { template?: Template }) {
  const may = useCan();
  const { id } = useOrganization();
  const tooFew = template && template.latest_version < 2;
  return (
    <Empty
      title="No tests yet"
      example={"A  v3  60 %   control\nB  v4  40 %   better by 3.1 % – 8.2 %"}
      action={
        may("tests.run") &&
        (tooFew ? (
          <ButtonLink to={paths.editor(id, template.id)}>Write v{template.latest_version + 1}</ButtonLink>
        ) : (
          <NewTest templateId={template?.id} />
        ))
      }
    >
      A test lets two to ten versions answer behind one name, and says with honest intervals which does
      better.{tooFew && " It takes a second version to compare with."}
      {!may("tests.run") && " A member can set one up."}
    </Empty>
  );
}

function TestRow({ test, showTemplate }: { test: AbTest; showTemplate: boolean }) {
  const { id } = useOrganization();
  const { data: templates = [] } = useTemplates();
  const template = templates.find((one) => one.id === test.template_id)?.name ?? test.template_id;
  const shares = test.variants.filter(({ weight }) => weight > 0);
  return (
    <Link to={paths.test(id, test.id)} className={styles.row}>
      <span className={styles.name}>
        <span className={styles.title}>{test.name}</span>
        <span className="meta truncate">
          {showTemplate && (
            <>
              <span className="mono">{template}</span> ·{" "}
            </>
          )}
          by {METRICS[test.primary_metric].label.toLowerCase()}
        </span>
      </span>
      <AbTestState test={test} />
      <span className={styles.split}>
        <span className="mono">
          {shares.length > 4
            ? plural(shares.length, "variant")
            : spacedSplit(shares.map(({ weight }) => weight))}
        </span>
        <SplitBar size="small" shares={shares} />
      </span>
      <RowVerdict test={test} />
      <span className={styles.when}>
        <Time at={test.completed_at ?? test.started_at ?? test.created_at} />
      </span>
    </Link>
  );
}
