import { Check } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useLocation } from "react-router";
import { Button, ButtonLink } from "../../../components/button.tsx";
import { CallTemplate } from "../../../components/call-template.tsx";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useProgress } from "../api/get-progress.ts";
import type { Progress, StepName } from "../progress.ts";
import styles from "./first-steps.module.css";

const words: Record<StepName, string> = {
  write: "Write a template",
  activate: "Activate it",
  key: "Make a key",
  call: "Call it from your code",
};

const steps = Object.keys(words) as StepName[];

/**
 * The way to the first answered request, on every page until it is there. Each step is ticked by what happened,
 * in this window or anywhere else; none is ticked by clicking through.
 */
export function FirstSteps() {
  const may = useCan();
  const progress = useProgress();
  // Whoever was on the way sees the end of it; everybody else never sees any of this.
  const [onTheWay, setOnTheWay] = useState(false);
  if (progress?.next && !onTheWay) setOnTheWay(true);
  if (!progress || !onTheWay || !may("templates.write")) return null;
  return (
    <section className={styles.steps} aria-label="First steps">
      <ol>
        {steps.map((step, at) => (
          <li key={step} className={styles.step} aria-current={step === progress.next ? "step" : undefined}>
            <span className={styles.mark} data-done={progress.done[step]} aria-hidden="true">
              {progress.done[step] && <Check size={12} strokeWidth={3} />}
            </span>
            {words[step]}
            <span className={styles.count} aria-hidden="true">
              {at + 1} of {steps.length}
            </span>
            {progress.done[step] && <span className="visually-hidden">, done</span>}
          </li>
        ))}
      </ol>
      <div className={styles.next} role="status">
        <NextStep progress={progress} />
      </div>
    </section>
  );
}

function NextStep({ progress: { next, template } }: { progress: Progress }): ReactNode {
  const { id } = useOrganization();
  const may = useCan();
  switch (next) {
    case "write":
      return template ? (
        <StepLink to={paths.editor(id, template.id)}>Write {template.name}</StepLink>
      ) : (
        <StepLink to={paths.library(id)}>Start in the library</StepLink>
      );
    case "activate":
      return (
        template && <StepLink to={paths.editor(id, template.id)}>Go and activate {template.name}</StepLink>
      );
    case "key":
      return may("keys.manage") ? (
        <StepLink to={paths.settings(id, "keys")}>Make one in the settings</StepLink>
      ) : (
        "An admin of this organization makes keys; ask for one."
      );
    case "call":
      return (
        <>
          Waiting for the first request…
          {template && (
            <CallTemplate template={template} trigger={<Button size="small">Show the code</Button>} />
          )}
        </>
      );
    default:
      return (
        <>
          The first request was answered.
          <StepLink to={paths.logs(id)}>See what was served</StepLink>
        </>
      );
  }
}

/** Nothing where one already is: the page's own buttons do it. */
function StepLink({ to, children }: { to: string; children: ReactNode }) {
  if (useLocation().pathname === to) return null;
  return (
    <ButtonLink size="small" to={to}>
      {children}
    </ButtonLink>
  );
}
