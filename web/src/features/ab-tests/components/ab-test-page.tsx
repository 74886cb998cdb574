import { useState } from "react";
import { Link } from "react-router";
import { Page } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Select } from "../../../components/select.tsx";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import type { AbTest } from "../api/get-ab-tests.ts";
import { type AbTestReport, useReport, useSubjects } from "../api/get-report.ts";
import { standingOf } from "../standing.ts";
import { AbTestActions } from "./ab-test-actions.tsx";
import { AbTestNotices } from "./ab-test-notices.tsx";
import { AbTestReportView } from "./ab-test-report-view.tsx";
import { AbTestState, splitText } from "./ab-test-state.tsx";
import styles from "./ab-tests.module.css";
import { FindAbTest } from "./find-ab-test.tsx";
import { SetUpFacts } from "./set-up-facts.tsx";
import { UnitLookup } from "./unit-lookup.tsx";

export function AbTestPage() {
  return <FindAbTest>{(test) => <OneTest test={test} />}</FindAbTest>;
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
          <AbTestState test={test} />
          {template && (
            <Link to={paths.templateTests(id, template.id)} className="mono">
              {template.name}
            </Link>
          )}
          <span className="num">{splitText(test)}</span>
          {test.phase > 1 && <PhaseChoice test={test} shown={shown} onChoose={setPhase} />}
        </span>
      }
      actions={<AbTestActions test={test} />}
    >
      <AbTestNotices test={test} />
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

function Reported({ test, phase, report }: ResultsProps & { report: AbTestReport }) {
  const standing = standingOf(test, report, phase);
  return standing && <AbTestReportView test={test} standing={standing} />;
}
