import { METRICS, PRIMARY_METRICS } from "@core/ab/metrics.ts";
import { parseWeights } from "@core/ab/parse-weights.ts";
import { type FormEvent, useState } from "react";
import { Button, ButtonLink } from "../../../components/button.tsx";
import { ChoiceCards } from "../../../components/choice-cards.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Panel } from "../../../components/page.tsx";
import { Select } from "../../../components/select.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { readSetUp, type SetUp, spacedSplit } from "../set-up.ts";
import { GuardrailsField } from "./guardrails-field.tsx";
import { PlanPanel, usePlan } from "./plan-panel.tsx";
import styles from "./set-up.module.css";
import { useSubmitSetUp } from "./use-submit-set-up.ts";
import { VariantsField } from "./variants-field.tsx";

type SetUpFormProps = { template: Template; initial: SetUp; draftId?: string };

/** Everything a test is decided by, with what it will take told beside it while it is being written. */
export function SetUpForm({ template, initial, draftId }: SetUpFormProps) {
  const { id } = useOrganization();
  const [setUp, setSetUp] = useState(initial);
  const [tried, setTried] = useState(false);
  const change = (changed: Partial<SetUp>) => setSetUp((now) => ({ ...now, ...changed }));
  const read = readSetUp(setUp);
  const problems = read.ok || !tried ? {} : read.problems;
  const parsed = parseWeights(setUp.split);
  const plan = usePlan(template.id, setUp);
  const submit = useSubmitSetUp(template, draftId);

  function send(event: FormEvent, start: boolean) {
    event.preventDefault();
    setTried(true);
    if (read.ok) submit.mutate({ test: { ...read.test, planned_units: plan.plannedUnits }, start });
  }

  return (
    <form className={styles.layout} onSubmit={(event) => send(event, false)} noValidate>
      <div className={styles.sections}>
        <Panel>
          <Field label="Name" hint="The question it answers." error={problems.name}>
            <TextInput
              maxLength={100}
              value={setUp.name}
              placeholder="Does the shorter greeting help?"
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
        </Panel>
        <Panel title="Variants" lead="The control first: the others are compared with it.">
          <VariantsField template={template} setUp={setUp} onChange={change} problem={problems.split} />
        </Panel>
        <Panel title="Who gets the same variant">
          <ChoiceCards
            legend="Who gets the same variant"
            value={setUp.assignBy}
            onChange={(assignBy) => change({ assignBy })}
            choices={[
              {
                value: "request",
                label: "Each request by itself",
                hint: "A repeated x-request-id gets the same variant again. Best when answers do not depend on each other.",
              },
              {
                value: "subject",
                label: "Each user or session",
                hint: "The same nemo_prompt_subject always gets the same variant; without one, the request id decides.",
              },
            ]}
          />
        </Panel>
        <Panel title="What decides" lead="One metric decides. The others are shown, and do not.">
          <div className={form.pair}>
            <Field label="Decided by">
              <Select
                label="Decided by"
                value={setUp.metric}
                onChange={(metric) => change({ metric })}
                options={PRIMARY_METRICS.map((value) => ({
                  value,
                  label: METRICS[value].label,
                  hint: METRICS[value].higherIsBetter ? "higher is better" : "lower is better",
                }))}
              />
            </Field>
            <Field
              label="Smallest difference worth finding, %"
              hint="Of the control's value. Smaller ones take longer to find."
              error={problems.effect}
            >
              <TextInput
                inputMode="decimal"
                value={setUp.effect}
                onChange={(event) => change({ effect: event.target.value })}
              />
            </Field>
          </div>
        </Panel>
        <Panel
          title="Guardrails"
          lead="A variant that clearly breaches one is stopped by itself; its requests get the active version."
        >
          <GuardrailsField
            guardrails={setUp.guardrails}
            onChange={(guardrails) => change({ guardrails })}
            problem={problems.guardrails}
          />
        </Panel>
        {submit.error && <ErrorNote error={toAppError(submit.error)} />}
        <div className={styles.actions}>
          <ButtonLink look="quiet" to={draftId ? paths.test(id, draftId) : paths.tests(id)}>
            Cancel
          </ButtonLink>
          <Button type="submit" busy={submit.isPending}>
            Save draft
          </Button>
          <Button look="primary" busy={submit.isPending} onClick={(event) => send(event, true)}>
            {parsed.ok ? `Start test: ${spacedSplit(parsed.weights)}` : "Start test"}
          </Button>
        </div>
      </div>
      <PlanPanel plan={plan} setUp={setUp} onEffect={(effect) => change({ effect })} />
    </form>
  );
}
