import { chooseProvider } from "../_shared/core/recommend/choose-provider.ts";
import { TemplateError } from "../_shared/core/template/template-error.ts";
import { measuresOf } from "./measures.ts";
import { ModelError } from "./model-error.ts";
import { openModel, rewriteAndJudge, type Step, type Work } from "./model-work.ts";
import type { Providers } from "./providers.ts";
import { recommendByRules } from "./rule-recommendations.ts";
import type { Job, Store } from "./store.ts";

/** The job was cancelled or another worker has it: stop without a word. */
class Stopped extends Error {}

/** Works a claimed job to its end and answers the job's row. Stores everything or nothing. */
export async function workJob(job: Job, store: Store, providers: Providers): Promise<unknown> {
  const held = { job_id: job.id, lease: job.lease };
  const step = async (progress: number, stage: string) => {
    if (!(await store.asServer("renew_recommendation_job", { ...held, progress, stage })))
      throw new Stopped();
  };
  try {
    const work = await makeRecommendations(job, store, providers, step);
    const found = work.recommendations.length;
    const reason = [`${found} ${found === 1 ? "suggestion" : "suggestions"}.`, ...work.notes].join(" ");
    const usage = work.charged?.usage ?? null;
    const { recommendations, judgements } = work;
    return await store.asServer("finish_recommendation_job", {
      ...held,
      reason,
      recommendations,
      usage,
      judgements,
    });
  } catch (error) {
    return await giveBack(error, held, store);
  }
}

async function giveBack(
  error: unknown,
  held: { job_id: string; lease: string | null },
  store: Store,
): Promise<unknown> {
  if (error instanceof Stopped) {
    // A cancelled job still waits for its worker to say so; one that another worker holds refuses this.
    return await store
      .asServer("fail_recommendation_job", { ...held, error_code: "cancelled", reason: "Stopped." })
      .catch(() => null);
  }
  const known = error instanceof ModelError || error instanceof TemplateError;
  if (!known)
    console.error("recommendations:", error instanceof Error ? (error.stack ?? error.message) : error);
  return await store.asServer("fail_recommendation_job", {
    ...held,
    error_code:
      error instanceof ModelError
        ? error.code
        : error instanceof TemplateError
          ? "template_invalid"
          : "internal_error",
    reason: known
      ? `${error.message} Nothing was stored or charged.`
      : "Something went wrong here. Nothing was stored or charged.",
    may_retry: error instanceof ModelError ? error.mayRetry : !(error instanceof TemplateError),
  });
}

async function makeRecommendations(job: Job, store: Store, providers: Providers, step: Step): Promise<Work> {
  const version = await store.readVersion(job.template_id, job.version);
  if (!version) throw new Error(`version ${job.version} of ${job.template_id} is gone`);
  const measures = await measuresOf(version, store);
  const work: Work = { recommendations: [], notes: [], judgements: 0, charged: null };
  await step(10, "reading the prompt");
  const byRules = await recommendByRules(version, measures);
  if (job.kinds.includes("rules")) work.recommendations.push(...byRules);
  const goals = job.kinds.filter((kind) => kind !== "rules");
  if (goals.length === 0) return work;
  const connections = await store.readConnections(job.organization_id);
  const choice = chooseProvider(version.config, connections, providers.platform?.model ?? null);
  const model = await openModel(job, store, providers, choice, work.notes);
  if (!model) return work;
  for (const [index, goal] of goals.entries()) {
    await step(25 + index * 35, `rewriting for ${goal}`);
    const go = await rewriteAndJudge({ job, version, goal, model, measures, step, work });
    if (!go) break;
  }
  return work;
}
