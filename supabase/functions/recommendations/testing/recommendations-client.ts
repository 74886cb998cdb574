import { randomUUID } from "node:crypto";
import type { Person, TestStack } from "../../../../tests/support/stack.ts";
import { connectGateway } from "../../_shared/server/db/connect.ts";
import { gatewayDatabase } from "../../_shared/server/db/gateway-database.ts";
import { connectionOpener } from "../../_shared/server/upstream/open-connection.ts";
import { createProviders } from "../providers.ts";
import { createStore, type Job } from "../store.ts";
import { workJob } from "../work-job.ts";

/** A version with this content as its only message; answers the template's id. */
export async function makeTemplate(
  { client, organizationId }: Person,
  content: string,
  config: object = {},
): Promise<string> {
  const name = `t-${randomUUID()}`;
  const made = await client
    .rpc("create_template", { organization_id: organizationId, name })
    .single<{ id: string }>();
  if (made.error) throw new Error(made.error.message);
  await saveVersion({ client } as Person, made.data.id, content, config);
  return made.data.id;
}

export async function saveVersion(
  { client }: Person,
  template_id: string,
  content: string,
  config: object = {},
): Promise<void> {
  const saved = await client.rpc("save_version", {
    template_id,
    messages: [{ role: "system", content }],
    config,
  });
  if (saved.error) throw new Error(saved.error.message);
}

/** Calls the function over HTTP, as a dashboard does. */
export async function call(stack: TestStack, path: string, body: object, headers: Record<string, string>) {
  const response = await fetch(`${stack.url}/functions/v1/recommendations${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  return { status: response.status, body: (await response.json()) as any };
}

export function asPerson({ accessToken }: Person): Record<string, string> {
  return { authorization: `Bearer ${accessToken}` };
}

/** Asks for recommendations and works the job with a provider of the test's own, against the stack's real database. */
export async function runWith(
  stack: TestStack,
  owner: Person,
  template_id: string,
  providerUrl: string,
  request: object = {},
) {
  const asked = await owner.client.rpc("request_recommendations", {
    template_id,
    kinds: ["clarity"],
    max_cost_nanousd: 1_000_000_000,
    ...request,
  });
  if (asked.error) throw new Error(asked.error.message);
  return await work(stack, (asked.data as Job).id, providerUrl);
}

/** Works a job as the function does, with this platform's provider and what else is set in its environment. */
export async function work(stack: TestStack, jobId: string, providerUrl: string, more: object = {}) {
  const values: Record<string, string> = {
    SUPABASE_URL: stack.url,
    SUPABASE_ANON_KEY: stack.publishableKey,
    SUPABASE_SERVICE_ROLE_KEY: stack.secretKey,
    NEMO_UPSTREAM_URL: providerUrl,
    NEMO_UPSTREAM_API_KEY: "key",
    NEMO_RECOMMENDATION_TIMEOUT_MS: "500",
    NEMO_RECOMMENDATION_MODEL: "gpt-4o-mini",
    SUPABASE_DB_URL: stack.dbUrl,
    ...more,
  };
  const env = (name: string) => values[name];
  const store = createStore(env);
  const job = (await store.asServer("claim_recommendation_job", { job_id: jobId })) as Job;
  const sql = connectGateway(env);
  const providers = createProviders(env, gatewayDatabase(sql), connectionOpener(env, resolveNothing));
  try {
    // biome-ignore lint/suspicious/noExplicitAny: rows are looked at field by field
    return (await workJob(job, store, providers)) as any;
  } finally {
    await sql.end();
  }
}

/** Providers of tests are addresses, or names that must not resolve. */
const resolveNothing = async () => [];

/** What a job left behind. */
export async function leftBy({ client }: Person, jobId: string) {
  const made = await client.from("prompt_recommendations").select("*").eq("job_id", jobId).order("kind");
  const charges = await client.from("credit_ledger").select("amount_nanousd").eq("request_id", jobId);
  return { made: made.data ?? [], charges: charges.data ?? [] };
}
