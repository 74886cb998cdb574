import type { Choice } from "../_shared/core/recommend/choose-provider.ts";
import { loadTokenCounter } from "../_shared/core/tokens/count-tokens.ts";
import { exampleVariables, tryRender } from "./examples.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { judgePrompts } from "./judge.ts";
import { isFakeModel, Model } from "./model.ts";
import { ModelError } from "./model-error.ts";
import { type Measures, type PredictedEffect, predictEffect } from "./predict.ts";
import type { Platform, Provider, Providers } from "./providers.ts";
import { rewritePrompt } from "./rewrite.ts";
import type { Job, NewRecommendation, Store, StoredVersion } from "./store.ts";

/** Attempts after which a job is not put back into the queue; the database holds the same number. */
const LAST_ATTEMPT = 5;

/** Says how far a job is; throws when it was cancelled or another worker has it. */
export type Step = (progress: number, stage: string) => Promise<void>;

/** What a job has to show so far. */
export interface Work {
  readonly recommendations: NewRecommendation[];
  /** Sentences for the job's reason: what was left out, and why. */
  readonly notes: string[];
  judgements: number;
  /** The model of which something was kept; only then is anything charged. */
  charged: Model | null;
}

/** The model, or null with a note when none may be asked: the job then ends with what the rules found. */
export async function openModel(
  job: Job,
  store: Store,
  providers: Providers,
  choice: Choice | null,
  notes: string[],
): Promise<Model | null> {
  const without = (why: string) => {
    notes.push(`${why} These suggestions come from the rules alone; no model judged anything.`);
    return null;
  };
  if (!choice) return without("The version names a provider that is not connected.");
  const { connection, model } = choice;
  if (!connection && !providers.platform) return without("No provider is configured.");
  if (isFake(choice, providers.platform))
    return without("Only the fake provider is configured, and its answers are no judgements.");
  const price = await store.readPrice(model, connection && job.organization_id);
  const limit = job.max_cost_nanousd;
  if (!price)
    return without(`The price of ${model} is not known, so its cost cannot be held to what was agreed.`);
  const free = price.input_nanousd_per_mtok === 0 && price.output_nanousd_per_mtok === 0;
  if (limit === 0 && !free) return without("No cost was agreed to.");
  if (!connection && (await creditOf(job, store)) < limit)
    return without("The organization's credit does not cover the agreed cost.");
  let provider: Provider;
  try {
    provider = await providers.open(choice, job);
  } catch (error) {
    if (!(error instanceof ModelError) || mayTryAgain(error, job)) throw error;
    return without(error.message);
  }
  return new Model(provider, model, { limit, price, counter: await loadTokenCounter(model) });
}

/** Whether only the fake provider would answer. */
export function isFake({ connection, model }: Choice, platform: Platform | null): boolean {
  return (connection === null && platform?.apiKey === "fake") || isFakeModel(model);
}

async function creditOf({ organization_id }: Job, store: Store): Promise<number> {
  return (await store.asServer("credit_balance", { organization_id })) as number;
}

function mayTryAgain({ mayRetry }: ModelError, { attempts }: Job): boolean {
  return mayRetry && attempts < LAST_ATTEMPT;
}

interface Task {
  readonly job: Job;
  readonly version: StoredVersion;
  readonly goal: "clarity" | "tokens";
  readonly model: Model;
  readonly measures: Measures;
  readonly step: Step;
  readonly work: Work;
}

/** One rewrite and its prediction. False: the model cannot be used any further. */
export async function rewriteAndJudge({
  job,
  version,
  goal,
  model,
  measures,
  step,
  work,
}: Task): Promise<boolean> {
  let rewritten: Awaited<ReturnType<typeof rewritePrompt>>;
  try {
    rewritten = await rewritePrompt(model, version, goal);
  } catch (error) {
    if (!(error instanceof ModelError) || mayTryAgain(error, job)) throw error;
    work.notes.push(`No rewrite for ${goal}: ${error.message}${work.charged ? "" : " Nothing was charged."}`);
    return error.code === "model_nonsense";
  }
  if (!rewritten) {
    work.notes.push(`The model found nothing to change for ${goal}.`);
    work.charged = model;
    return true;
  }
  work.charged = model;
  const effect = predictEffect(version, rewritten.messages, measures);
  await step(45, `judging the rewrite for ${goal}`);
  const judged = await judge(job, version, rewritten.messages, model, work);
  const predicted_effect: PredictedEffect = judged
    ? { ...effect, quality: [...effect.quality, judged] }
    : effect;
  work.recommendations.push({
    layer: "model",
    kind: goal === "clarity" ? "clarity" : "token-reduction",
    fingerprint: await fingerprintOf([goal, rewritten.messages]),
    severity: "info",
    title: goal === "clarity" ? "A clearer wording" : "The same in fewer tokens",
    reason: rewritten.reason || "Written by a model and checked against the template.",
    evidence: [],
    predicted_effect,
    proposed_messages: rewritten.messages,
    model: model.name,
  });
  return true;
}

/** A judge's estimate, or null with a note: the rubric's is there in any case. */
async function judge(
  job: Job,
  version: StoredVersion,
  messages: NonNullable<NewRecommendation["proposed_messages"]>,
  model: Model,
  work: Work,
) {
  const after = { messages, contract: version.contract, includes: version.includes };
  const inputs = job.example_inputs.length > 0 ? job.example_inputs : [exampleVariables(version).variables];
  const pairs = inputs.flatMap((variables) => {
    const [old, now] = [tryRender(version, variables), tryRender(after, variables)];
    return old && now ? [{ before: old, after: now }] : [];
  });
  if (pairs.length === 0) {
    work.notes.push(
      "The prompt could not be rendered with the example inputs, so no model judged the rewrite.",
    );
    return null;
  }
  try {
    const estimate = await judgePrompts(model, pairs);
    work.judgements += estimate.judgements;
    return estimate;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    work.notes.push(`No judgement of the rewrite: ${error.message}`);
    return null;
  }
}
