import { Lightbulb } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { Button } from "../../../components/button.tsx";
import { CancelButton, Dialog, DialogActions, useCloseDialog } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import form from "../../../components/form.module.css";
import { toAppError } from "../../../lib/errors.ts";
import { dollars, plural } from "../../../lib/format.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { type CostEstimate, type Kind, useAsk, useCostEstimate } from "../api/jobs.ts";
import styles from "./ask.module.css";

const choices: { kind: Kind; name: string; what: string }[] = [
  {
    kind: "rules",
    name: "Look it over with the rules",
    what: "Passive voice, unclear role, missing limits, contradictions, words that only cost tokens. Free, no model is asked.",
  },
  {
    kind: "clarity",
    name: "Have a model write it clearer",
    what: "A rewrite that keeps every variable, tag and rule.",
  },
  { kind: "tokens", name: "Have a model say it in fewer tokens", what: "The same instructions, shorter." },
];

/** Asks for recommendations for the newest version; what a model may cost is said before. */
export function Ask({ template }: { template: Template }) {
  const may = useCan();
  if (!may("recommendations.decide") || template.latest_version === 0) return null;
  return (
    <Dialog
      title={`Recommendations for v${template.latest_version}`}
      description="Suggestions only: nothing is changed until you accept one, and nothing is activated then."
      trigger={<Button icon={<Lightbulb aria-hidden="true" />}>Ask for recommendations</Button>}
    >
      <AskForm template={template} />
    </Dialog>
  );
}

function AskForm({ template }: { template: Template }) {
  const [kinds, setKinds] = useState<Kind[]>(["rules"]);
  const asking = { templateId: template.id, version: template.latest_version, kinds };
  const asksModel = kinds.some((kind) => kind !== "rules");
  const cost = useCostEstimate(asking);
  const ask = useAsk();
  const close = useCloseDialog();
  const usable = !asksModel || canAsk(cost.data);
  const maxCost = asksModel ? (cost.data?.high_nanousd ?? 0) : 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    whenDone(ask.mutateAsync({ ...asking, maxCost }), { onSuccess: close });
  }

  return (
    <form className={form.form} onSubmit={submit}>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">What to look for</legend>
        {choices.map(({ kind, name, what }) => (
          <label key={kind} className={styles.choice}>
            <input
              type="checkbox"
              checked={kinds.includes(kind)}
              onChange={({ target }) =>
                setKinds(
                  choices
                    .map((one) => one.kind)
                    .filter((one) => (one === kind ? target.checked : kinds.includes(one))),
                )
              }
            />
            <span>
              <strong>{name}</strong>
              <span className="muted">{what}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {asksModel && cost.data && <Cost estimate={cost.data} />}
      {asksModel && cost.error && <ErrorNote error={toAppError(cost.error)} />}
      {ask.error && <ErrorNote error={toAppError(ask.error)} />}
      <DialogActions>
        <CancelButton />
        <Button
          type="submit"
          look="primary"
          busy={ask.isPending || (asksModel && cost.isLoading)}
          disabled={kinds.length === 0 || (asksModel && !cost.isLoading && !usable)}
        >
          {asksModel && usable && cost.data ? `Ask, for at most ${dollars(maxCost)}` : "Ask, free of charge"}
        </Button>
      </DialogActions>
    </form>
  );
}

function canAsk(estimate: CostEstimate | undefined): boolean {
  return Boolean(
    estimate?.provider.configured && !estimate.provider.is_fake && estimate.high_nanousd !== null,
  );
}

function Cost({ estimate }: { estimate: CostEstimate }) {
  const { provider, model, low_nanousd, high_nanousd, model_calls_at_most } = estimate;
  const { id: org } = useOrganization();
  if (!provider.configured && model === null)
    return (
      <p className={styles.note}>
        This version is for the provider <code>{provider.name}</code>, which is not connected, so no model is
        asked. The rules work without one.
      </p>
    );
  if (!provider.configured)
    return (
      <p className={styles.note}>
        No provider is configured, so no model can be asked. The rules work without one.
      </p>
    );
  if (provider.is_fake)
    return (
      <p className={styles.note}>
        Only the fake provider is configured. What it writes is no rewrite and no judgement, so it is not
        asked. The rules work without a provider.
      </p>
    );
  if (high_nanousd === null)
    return (
      <p className={styles.note}>
        The price of <code>{model}</code> is not known, so its cost cannot be held to a limit and it is not
        asked.{" "}
        {provider.paid_by === "provider" && (
          <>
            An admin can set it under <Link to={paths.settings(org, "providers")}>Providers</Link>.
          </>
        )}
      </p>
    );
  return (
    <p className={styles.note}>
      Estimate: {dollars(low_nanousd)} to {dollars(high_nanousd)} with <code>{model}</code>, at most{" "}
      {plural(model_calls_at_most, "call")}.{" "}
      {provider.paid_by === "provider" ? (
        <>
          Your own provider <code>{provider.name}</code> is asked and bills you itself: no credit is used.
          What it bills may differ from the price known here.
        </>
      ) : (
        <>
          The platform's provider is asked. What was used is charged to your credit, never more than the upper
          figure, and nothing where no answer came.
        </>
      )}
    </p>
  );
}
