import { AS_LOGGED, type LoggedRequest } from "@core/replay/logged-cases.ts";
import type { ReplayCase } from "@core/replay/run-replay.ts";
import { useQuery } from "@tanstack/react-query";
import { Button } from "../../../components/button.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { count, dollars, plural } from "../../../lib/format.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { useCredits } from "../../../lib/queries/get-credits.ts";
import { getVersionIncludes } from "../../../lib/queries/get-includes.ts";
import { usePriced } from "../../../lib/queries/get-model-prices.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { everyUsage, type Usage, useUsage } from "../../../lib/queries/get-usage.ts";
import { useVersions } from "../../../lib/queries/get-versions.ts";
import { keys } from "../../../lib/query-keys.ts";
import { planReplay } from "../plan-replay.ts";
import type { useReplay } from "../use-replay.ts";
import styles from "./replay.module.css";

type RunBarProps = {
  template: Template;
  replay: ReturnType<typeof useReplay>;
  source: "logs" | "examples";
  logs: readonly LoggedRequest[];
  cases: readonly ReplayCase[];
  versions: readonly number[];
};

/** What it will cost, and the button that spends it. */
export function RunBar({ template, replay, source, logs, cases, versions }: RunBarProps) {
  const { id } = useOrganization();
  const { data: saved } = useVersions(template.id);
  const priced = usePriced();
  const { data: credit } = useCredits();
  const { data: usage } = useUsage({ ...everyUsage, days: 30, templateId: template.id });
  const usual = usualAnswer(usage);
  const asked = versions.filter((version) => version !== AS_LOGGED);
  const plan = useQuery({
    queryKey: [...keys.replayPlans(id), template.id, asked, cases, usual],
    enabled: saved !== undefined && priced !== null && usage !== undefined,
    queryFn: () =>
      planReplay({
        cases,
        // The same version may stand on both sides, and is asked twice then.
        versions: asked.flatMap((one) => (saved ?? []).filter(({ version }) => version === one)),
        completionTokens: new Map(logs.map((log) => [log.request_id, log.completion_tokens])),
        pricedOf: priced ?? (() => ({ served: null, price: undefined })),
        includesOf: getVersionIncludes,
        usualCompletionTokens: usual,
      }),
  });
  const overCredit = credit !== undefined && (plan.data?.fromCreditNanousd ?? 0) > credit;
  const running = replay.progress?.state === "running";
  const names = asked.map((version) => `v${version}`).join(" and ");
  return (
    <div className={styles.run}>
      <p aria-live="polite">
        {plan.data ? (
          <>
            <strong>
              {plan.data.nanousd === null ? "Cost unknown" : `About ${dollars(plan.data.nanousd)}`}
            </strong>{" "}
            <span className="muted">
              for {plural(plan.data.requests, "request")}: {count(plan.data.promptTokens)} prompt tokens, and
              answers taken to be {count(plan.data.completionTokens)},{" "}
              {source === "logs"
                ? "as long as they were."
                : usual === undefined
                  ? "500 each: none is known yet."
                  : "as long as the template’s lately."}
              {plan.data.nanousd === null && " The price of a model is not known."}
              {plan.data.nanousd !== null &&
                plan.data.fromCreditNanousd < plan.data.nanousd &&
                ` ${dollars(plan.data.fromCreditNanousd)} of it from credit, the rest is billed by your own provider.`}
            </span>
          </>
        ) : (
          <span className="muted">Counting what it will cost.</span>
        )}
      </p>
      {overCredit && (
        <p role="status">
          That is more than the credit that is left, {dollars(credit ?? 0)}. Run fewer cases or one version,
          or add credit.
        </p>
      )}
      {plan.error && <ErrorNote error={toAppError(plan.error)} />}
      <Button
        look="primary"
        disabled={running || overCredit || !plan.data || cases.length === 0}
        onClick={() =>
          plan.data &&
          void replay.run({
            templateId: template.id,
            source,
            cases,
            logs,
            versions,
            estimate: plan.data,
          })
        }
      >
        Run {names} on {plural(cases.length, source === "logs" ? "request" : "example")}
      </Button>
    </div>
  );
}

/** The mean length of an answer; failed requests have none. */
function usualAnswer(usage: readonly Usage[] | undefined): number | undefined {
  const whole = usage?.find(({ scope }) => scope === "whole");
  const answers = whole ? whole.requests - whole.errors : 0;
  return whole && answers > 0 ? Math.round(whole.completion_tokens / answers) : undefined;
}
