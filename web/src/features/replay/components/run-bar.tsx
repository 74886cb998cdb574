import { AS_LOGGED, type LoggedRequest } from "@core/replay/logged-cases.ts";
import type { ReplayCase } from "@core/replay/run-replay.ts";
import { useQuery } from "@tanstack/react-query";
import { Button } from "../../../components/button.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { count, dollars, plural } from "../../../lib/format.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { getVersionIncludes } from "../../../lib/queries/get-includes.ts";
import { usePriced } from "../../../lib/queries/get-model-prices.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
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
  const asked = versions.filter((version) => version !== AS_LOGGED);
  const plan = useQuery({
    queryKey: [...keys.replay(id, template.id), "plan", asked, cases],
    enabled: saved !== undefined && priced !== null,
    queryFn: () =>
      planReplay({
        cases,
        versions: (saved ?? []).filter(({ version }) => asked.includes(version)),
        completionTokens: new Map(logs.map((log) => [log.request_id, log.completion_tokens])),
        priceOf: (config) => priced?.(config).price ?? null,
        includesOf: getVersionIncludes,
      }),
  });
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
              answers taken to be {count(plan.data.completionTokens)}.
              {plan.data.nanousd === null && " The price of a model is not known."}
            </span>
          </>
        ) : (
          <span className="muted">Counting what it will cost.</span>
        )}
      </p>
      {plan.error && <ErrorNote error={toAppError(plan.error)} />}
      <Button
        look="primary"
        disabled={running || !plan.data || cases.length === 0}
        onClick={() =>
          void replay.run({
            templateId: template.id,
            source,
            cases,
            logs,
            versions,
            estimatedCost: plan.data?.nanousd ?? null,
          })
        }
      >
        Run {names} on {plural(cases.length, source === "logs" ? "request" : "example")}
      </Button>
    </div>
  );
}
