import type { Providers } from "./providers.ts";
import type { Job, Store } from "./store.ts";
import { workJob } from "./work-job.ts";

/** No job is begun after this, so that the last one ends before the platform ends the worker. */
const BEGIN_WITHIN_MS = 60_000;
/** Longer than one step of a job takes: two calls to a provider at its timeout. */
const LEASE_SECONDS = 300;

/** Works the jobs that are due, one after the other, or this one alone. Answers how many there were. */
export async function runQueue(
  store: Store,
  providers: Providers,
  jobId: string | null = null,
): Promise<{ worked: number }> {
  const started = Date.now();
  let worked = 0;
  while (Date.now() - started < BEGIN_WITHIN_MS) {
    const job = (await store.asServer("claim_recommendation_job", {
      job_id: jobId,
      lease_seconds: LEASE_SECONDS,
    })) as Job | null;
    if (!job?.id) break;
    await workJob(job, store, providers);
    worked++;
    if (jobId !== null) break;
  }
  return { worked };
}
