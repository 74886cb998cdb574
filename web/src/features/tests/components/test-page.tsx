import { useState } from "react";
import { Link, useParams } from "react-router";
import { Page } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Select } from "../../../components/select.tsx";
import { Failed } from "../../../components/states.tsx";
import { AppError } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { type TestReport, useReport, useSubjects } from "../api/get-report.ts";
import { type AbTest, useTests } from "../api/get-tests.ts";
import { standingOf } from "../standing.ts";
import { SetUpFacts } from "./set-up-facts.tsx";
import { TestActions } from "./test-actions.tsx";
import { TestNotices } from "./test-notices.tsx";
import { TestReportView } from "./test-report-view.tsx";
import { splitText, TestState } from "./test-state.tsx";
import styles from "./tests.module.css";
import { UnitLookup } from "./unit-lookup.tsx";

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
  const [phase, setPhase] = useState<number>();
  const shown = phase ?? test.phase;
  return (
    <Page
      title={test.name}
      lead={
        <span className={styles.lead}>
          <TestState test={test} />
          {template && (
            <Link to={paths.templateTests(id, template.id)} className="mono">
              {template.name}
            </Link>
          )}
          <span className="num">{splitText(test)}</span>
          {test.phase > 1 && <PhaseChoice test={test} shown={shown} onChoose={setPhase} />}
        </span>
      }
      actions={<TestActions test={test} />}
    >
      <TestNotices test={test} />
      {test.state !== "draft" && <Results test={test} phase={shown} />}
      <div className={styles.foot}>
        <SetUpFacts test={test} />
        <UnitLookup test={test} />
      </div>
    </Page>
  );
}

type PhaseChoiceProps = { test: AbTest; shown: number; onChoose: (phase: number) => void };

/** Phases are never added up: their weights differ, and so may the days they ran on. */
function PhaseChoice({ test, shown, onChoose }: PhaseChoiceProps) {
  return (
    <Select
      size="small"
      label="Phase"
      value={String(shown)}
      onChange={(value) => onChoose(Number(value))}
      options={Array.from({ length: test.phase }, (_, i) => test.phase - i).map((phase) => ({
        value: String(phase),
        label: phase === test.phase ? `Phase ${phase}, now` : `Phase ${phase}`,
      }))}
    />
  );
}

type ResultsProps = { test: AbTest; phase: number };

function Results({ test, phase }: ResultsProps) {
  const subjects = useSubjects(test);
  return (
    <QueryView query={useReport(test)}>
      {(rows) =>
        test.assign_by === "subject" ? (
          <QueryView query={subjects}>
            {(known) => <Reported test={test} phase={phase} report={{ rows, subjects: known }} />}
          </QueryView>
        ) : (
          <Reported test={test} phase={phase} report={{ rows, subjects: [] }} />
        )
      }
    </QueryView>
  );
}

function Reported({ test, phase, report }: ResultsProps & { report: TestReport }) {
  const standing = standingOf(test, report, phase);
  return standing && <TestReportView test={test} standing={standing} />;
}
