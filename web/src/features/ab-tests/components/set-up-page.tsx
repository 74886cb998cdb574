import { useState } from "react";
import { useSearchParams } from "react-router";
import { ButtonLink } from "../../../components/button.tsx";
import { Page } from "../../../components/page.tsx";
import { Picker } from "../../../components/picker.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty, Failed, NotAllowed } from "../../../components/states.tsx";
import { AppError } from "../../../lib/errors.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplate } from "../../../lib/queries/get-template.ts";
import { type Template, useTemplates } from "../../../lib/queries/get-templates.ts";
import type { AbTest } from "../api/get-ab-tests.ts";
import { newSetUp, setUpOf } from "../set-up.ts";
import { FindAbTest } from "./find-ab-test.tsx";
import styles from "./set-up.module.css";
import { SetUpForm } from "./set-up-form.tsx";

const LEAD = "Nothing is served differently until it is started.";

export function NewAbTestPage() {
  const may = useCan();
  const query = useTemplates();
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState(search.get("template"));
  if (!may("tests.run")) {
    return (
      <Page title="New test">
        <NotAllowed what="Setting up tests" takes="member" />
      </Page>
    );
  }
  return (
    <Page title="New test" lead={LEAD}>
      <QueryView query={query}>
        {(templates) => {
          const template = templates.find(({ id }) => id === chosen) ?? null;
          return (
            <>
              <TemplatePicker templates={templates} chosen={template} onChoose={setChosen} />
              {template && template.latest_version > 0 && (
                <SetUpForm key={template.id} template={template} initial={newSetUp(template)} />
              )}
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}

type TemplatePickerProps = {
  templates: Template[];
  chosen: Template | null;
  onChoose: (id: string | null) => void;
};

function TemplatePicker({ templates, chosen, onChoose }: TemplatePickerProps) {
  const testable = templates.filter(({ latest_version }) => latest_version > 1);
  const { id: organizationId } = useOrganization();
  if (testable.length === 0) {
    return (
      <Empty
        title="No template has two versions yet"
        action={<ButtonLink to={paths.library(organizationId)}>Open the library</ButtonLink>}
        example={"v1  You are a {{ role }}.\nv2  You are a patient {{ role }}."}
      >
        A test compares versions of one template. Save a second version of one, then come back.
      </Empty>
    );
  }
  return (
    <div className={styles.template}>
      <span className="muted">Template</span>
      <Picker
        label="Template"
        value={chosen?.id ?? null}
        onChange={onChoose}
        options={testable.map(({ id, name, latest_version }) => ({
          value: id,
          label: name,
          hint: `${latest_version} versions`,
        }))}
      />
    </div>
  );
}

export function EditAbTestPage() {
  const may = useCan();
  if (!may("tests.run")) return <NotAllowed what="Setting up tests" takes="member" />;
  return <FindAbTest>{(test) => <EditAbTest key={test.id} test={test} />}</FindAbTest>;
}

function EditAbTest({ test }: { test: AbTest }) {
  // A form that is open stays: it may start the test itself, and what is written in it is not taken away.
  const [open] = useState(test.state === "draft");
  if (!open) {
    const remedy = "Its weights can be changed on its page, which begins a new phase.";
    return (
      <Failed error={new AppError("NM204", "A test cannot be changed once it has started.", { remedy })} />
    );
  }
  return (
    <Page title={`Edit ${test.name}`} lead={LEAD}>
      <EditDraft test={test} />
    </Page>
  );
}

function EditDraft({ test }: { test: AbTest }) {
  const query = useTemplate(test.template_id);
  return (
    <QueryView query={query}>
      {(template) => <SetUpForm template={template} initial={setUpOf(test)} draftId={test.id} />}
    </QueryView>
  );
}
