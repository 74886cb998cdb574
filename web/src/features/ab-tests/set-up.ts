import type { AssignBy } from "@core/ab/assignment-unit.ts";
import type { Metric, PrimaryMetric } from "@core/ab/metrics.ts";
import { formatWeights, parseWeights } from "@core/ab/parse-weights.ts";
import type { DraftedAbTest } from "./api/change-ab-test.ts";
import type { AbTest } from "./api/get-ab-tests.ts";
import { type Bound, readBound, typedBound, USUAL_GUARDRAILS } from "./guardrails.ts";

export type GuardrailField = { id: number; metric: Metric; bound: Bound; typed: string; minCount: string };

/** A test as it is being set up: what stands in the fields, which need not make sense yet. */
export type SetUp = {
  name: string;
  /** The control first. */
  versions: number[];
  /** "60/40", as people write it. */
  split: string;
  assignBy: AssignBy;
  metric: PrimaryMetric;
  /** Percent. */
  effect: string;
  guardrails: GuardrailField[];
};

export type SetUpField = "name" | "split" | "effect" | "guardrails";

/** The answer of `readSetUp`: what the database takes, or what to mend, field by field. */
export type ReadSetUp =
  | { ok: true; test: Omit<DraftedAbTest, "planned_units"> }
  | { ok: false; problems: Partial<Record<SetUpField, string>> };

/** The even split in whole percents, what is left over going to the last: 50/50, 33/33/34. */
export function evenSplit(variants: number): string {
  const floor = Math.floor(100 / variants);
  const left = 100 - floor * variants;
  return Array.from({ length: variants }, (_, i) => floor + Number(i >= variants - left)).join("/");
}

let lastId = 0;
export function guardrailField(guardrail: (typeof USUAL_GUARDRAILS)[number]): GuardrailField {
  lastId += 1;
  const { bound, typed } = typedBound(guardrail);
  const minCount = String(guardrail.min_count ?? 100);
  return { id: lastId, metric: guardrail.metric, bound, typed, minCount };
}

/** The active version against the newest other one, half and half. */
export function newSetUp(template: { active_version: number | null; latest_version: number }): SetUp {
  const control = template.active_version ?? Math.max(1, template.latest_version - 1);
  const challenger = control === template.latest_version ? Math.max(1, control - 1) : template.latest_version;
  return {
    name: "",
    versions: [control, challenger],
    split: evenSplit(2),
    assignBy: "request",
    metric: "quality",
    effect: "5",
    guardrails: USUAL_GUARDRAILS.map(guardrailField),
  };
}

export function setUpOf(test: AbTest): SetUp {
  return {
    name: test.name,
    versions: test.variants.map(({ version }) => version),
    split: formatWeights(test.variants.map(({ weight }) => weight)),
    assignBy: test.assign_by,
    metric: test.primary_metric,
    effect: String(Number(((test.minimum_detectable_effect ?? 0.05) * 100).toPrecision(12))),
    guardrails: test.guardrails.map(guardrailField),
  };
}

/** Says everything that is wrong at once, so that nobody mends one field only to hear of the next. */
export function readSetUp(setUp: SetUp): ReadSetUp {
  const problems: Partial<Record<SetUpField, string>> = {};
  const name = setUp.name.trim();
  if (name === "") problems.name = "Give it a name, such as the question it answers.";

  const parsed = parseWeights(setUp.split);
  if (!parsed.ok) problems.split = parsed.message;
  else if (parsed.weights.length !== setUp.versions.length) {
    problems.split = `There are ${setUp.versions.length} variants, and this names ${parsed.weights.length} shares.`;
  }

  const effect = Number(setUp.effect.trim().replace(",", ".")) / 100;
  if (!(effect >= 0.0001 && effect <= 10)) problems.effect = "Give a percentage such as 5, at most 1000.";

  const guardrails = setUp.guardrails.map(({ metric, bound, typed, minCount }) => {
    const value = readBound(metric, bound, typed);
    const min_count = Number(minCount);
    const fits = Number.isInteger(min_count) && min_count >= 20 && min_count <= 1_000_000;
    return value === null || !fits ? null : { metric, [bound]: value, min_count };
  });
  if (guardrails.includes(null)) {
    problems.guardrails = "Every guardrail needs a bound above zero and a count from 20 to 1 000 000.";
  }
  if (Object.keys(problems).length > 0 || !parsed.ok) return { ok: false, problems };
  return {
    ok: true,
    test: {
      name,
      variants: setUp.versions.map((version, i) => ({ version, weight: parsed.weights[i] ?? 0 })),
      assign_by: setUp.assignBy,
      primary_metric: setUp.metric,
      guardrails: guardrails.filter((guardrail) => guardrail !== null),
      minimum_detectable_effect: Number(effect.toPrecision(12)),
    },
  };
}

/** `Start test: 60 / 40`. */
export function spacedSplit(weights: readonly number[]): string {
  return formatWeights(weights).replaceAll("/", " / ");
}
