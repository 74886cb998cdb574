import { METRICS, type PrimaryMetric } from "@core/ab/metrics.ts";
import { parseWeights } from "@core/ab/parse-weights.ts";
import { planTest, type TestPlan } from "@core/ab/plan-test.ts";
import { Panel } from "../../../components/page.tsx";
import table from "../../../components/table.module.css";
import { compactCount, count, dollars, milliseconds, percent, plural } from "../../../lib/format.ts";
import { BASELINE_DAYS, type Baseline, useBaseline } from "../api/get-baseline.ts";
import type { SetUp } from "../set-up.ts";
import styles from "./set-up.module.css";

/** What the database takes as a plan. */
const FEWEST_UNITS = 200;
const EFFECTS = [2, 5, 10, 20];

export type Plan = {
  baseline: Baseline | undefined;
  loading: boolean;
  /** For this smallest difference, in percent; null when there is nothing to plan with. */
  of: (effect: number) => TestPlan | null;
  plannedUnits: number | undefined;
};

/** What the test would take at the traffic of the last days, for the split and metric as they stand. */
export function usePlan(templateId: string, setUp: SetUp): Plan {
  const { data, isPending } = useBaseline(templateId, setUp.assignBy);
  const baseline = data?.[setUp.metric];
  const weights = parseWeights(setUp.split);
  const of = (effect: number) =>
    baseline && weights.ok && effect > 0
      ? planTest({
          baseline: baseline.estimate,
          weights: weights.weights,
          minimumDetectableEffect: effect / 100,
          arrivals: baseline.arrivals,
        })
      : null;
  const units = of(Number(setUp.effect.replace(",", ".")))?.units;
  const plannedUnits = units === undefined ? undefined : Math.min(1e9, Math.max(FEWEST_UNITS, units));
  return { baseline, loading: isPending, of, plannedUnits };
}

type PlanPanelProps = { plan: Plan; setUp: SetUp; onEffect: (effect: string) => void };

export function PlanPanel({ plan, setUp, onEffect }: PlanPanelProps) {
  const { baseline } = plan;
  const effect = Number(setUp.effect.replace(",", "."));
  const chosen = plan.of(effect);
  const unit = unitOf(setUp);
  return (
    <aside className={styles.plan} aria-label="What it takes">
      <Panel title="What it takes" lead="An estimate, at the traffic of the last days.">
        {chosen && baseline ? (
          <>
            <p className={styles.planFigure}>
              <span className={styles.planNumber}>{days(chosen.days)}</span>
              <span className="muted">
                about {count(roughly(chosen.units))} {unit}, {arrivalsText(baseline)}
              </span>
            </p>
            <table className={table.table} aria-label="What other differences take">
              <thead>
                <tr>
                  <th>To find</th>
                  <th className={table.number}>{unit}</th>
                  <th className={table.number}>Days</th>
                </tr>
              </thead>
              <tbody>
                {EFFECTS.map((one) => (
                  <tr key={one} data-chosen={one === effect || undefined}>
                    <th scope="row">
                      <button type="button" className={styles.effect} onClick={() => onEffect(String(one))}>
                        ± {one} %
                      </button>
                    </th>
                    <td className={table.number}>{compactCount(roughly(plan.of(one)?.units ?? 0))}</td>
                    <td className={table.number}>{compactDays(plan.of(one)?.days)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="meta">
              {METRICS[setUp.metric].label} of the last {BASELINE_DAYS} days:{" "}
              {amount(setUp.metric, baseline.estimate.value)} ({count(baseline.estimate.n)} {unit}). Found in
              8 of 10 tests with this sample. Looking early costs nothing: a clear effect ends a test long
              before.
            </p>
          </>
        ) : (
          <NoPlan plan={plan} setUp={setUp} />
        )}
      </Panel>
    </aside>
  );
}

/** What is counted: a user or session with all its requests is one, where those get the same variant. */
function unitOf({ assignBy, metric }: SetUp): string {
  if (assignBy === "subject") return metric === "quality" ? "users with a rating" : "users or sessions";
  return metric === "quality" ? "rated requests" : "requests";
}

function arrivalsText({ arrivals: { perDay, seen, days: span } }: Baseline): string {
  if (seen === undefined || span === undefined) return `at ${compactCount(Math.round(perDay))} a day`;
  const came = span < 1 ? "within a day" : `in ${plural(Math.round(span), "day")}`;
  const later =
    perDay < 0.5 ? "nobody new since" : `by now ${compactCount(Math.round(perDay))} new ones a day`;
  return `${compactCount(seen)} came ${came}, ${later}`;
}

function NoPlan({ plan, setUp: { metric, assignBy } }: { plan: Plan; setUp: SetUp }) {
  if (plan.loading) return <p className="muted">Looking at the last {BASELINE_DAYS} days.</p>;
  if (!plan.baseline || plan.baseline.estimate.n < 2) {
    return (
      <p className="muted">
        {nothingKnown(metric, assignBy)} The test can be started all the same; it is planned for 10,000{" "}
        {assignBy === "subject" ? "users or sessions" : "requests"}.
      </p>
    );
  }
  return (
    <p className="muted">
      {METRICS[metric].label} did not vary lately, or the split cannot be read: no plan yet.
    </p>
  );
}

function nothingKnown(metric: PrimaryMetric, assignBy: SetUp["assignBy"]): string {
  const rating = "Scores arrive by POST /feedback with the request id of the receipt.";
  if (assignBy === "subject") {
    return metric === "quality"
      ? `No answer to a named user or session was rated in the last ${BASELINE_DAYS} days. ${rating}`
      : `No log of the last ${BASELINE_DAYS} days says who asked: users are named by nemo_prompt_subject, and kept (hashed) unless the data policy is none.`;
  }
  return metric === "quality"
    ? `No answer was rated in the last ${BASELINE_DAYS} days. ${rating}`
    : `No requests in the last ${BASELINE_DAYS} days to plan with.`;
}

function amount(metric: PrimaryMetric, value: number): string {
  if (metric === "cost") return dollars(value);
  if (metric === "latency") return milliseconds(value);
  if (metric === "error_rate") return percent(value);
  return metric === "quality" ? value.toFixed(2) : count(Math.round(value));
}

/** Two figures: a plan deserves no more. */
function roughly(units: number): number {
  return Number(units.toPrecision(2));
}

function days(value: number): string {
  return Number.isFinite(value) ? plural(value, "day") : "No traffic";
}

function compactDays(value: number | undefined): string {
  return value !== undefined && Number.isFinite(value) ? compactCount(value) : "–";
}
