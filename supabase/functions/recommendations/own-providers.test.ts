import { afterEach, beforeEach, expect, test } from "vitest";
import { type Person, useStack } from "../../../tests/support/stack.ts";
import { connectFake } from "../providers/testing/providers-client.ts";
import { BETTER, PROMPT } from "./testing/clerk-prompt.ts";
import { asPerson, call, leftBy, makeTemplate } from "./testing/recommendations-client.ts";
import {
  type Asked,
  purpose,
  rewriteTo,
  type Scripted,
  type ScriptedProvider,
  startScriptedProvider,
  verdict,
} from "./testing/scripted-provider.ts";
import { useQueue } from "./testing/use-queue.ts";

/* The organization's own provider, through the real function: the platform's is the stack's fake one. */
const stack = useStack();
useQueue(stack, "with others");
const KEY = "sk-own-0123456789";

let provider: ScriptedProvider | undefined;
let owner: Person;
beforeEach(async () => {
  owner = await stack.signUp();
});
afterEach(async () => {
  await provider?.close();
  provider = undefined;
});

const writer = (asked: Asked): Scripted =>
  purpose(asked) === "rewrite" ? rewriteTo(BETTER) : purpose(asked) === "verdict" ? verdict("tie") : "Yes.";

async function connect(script: (asked: Asked) => Scripted = writer, more: object = {}) {
  provider = await startScriptedProvider(script, stack.ownProviderPort);
  return await connectFake(stack, owner, { base_url: provider.url, api_key: KEY, ...more });
}

/** Asks for a rewrite with what the estimate says it may cost, works it, and answers what came of it. */
async function run(config: object) {
  const template_id = await makeTemplate(owner, PROMPT, config);
  const kinds = ["clarity"];
  const estimate = (await call(stack, "/estimate", { template_id, kinds }, asPerson(owner))).body;
  const request = { template_id, kinds, max_cost_nanousd: estimate.high_nanousd ?? 1_000_000_000 };
  const { body: asked } = await call(stack, "/request", request, asPerson(owner));
  const { body: ran } = await call(stack, "/run", { job_id: asked.id }, asPerson(owner));
  const { data: job } = await owner.client
    .from("recommendation_jobs")
    .select("state, reason, error_code, provider, model, cost_nanousd")
    .eq("id", ran.id)
    .single();
  return { estimate, job: job!, ...(await leftBy(owner, ran.id)) };
}

const balance = async () =>
  (await owner.client.rpc("credit_balance", { organization_id: owner.organizationId })).data as number;

test("a version of the own provider's model is rewritten there, with its key, and no credit is used", async () => {
  await connect();
  const before = await balance();
  const { estimate, job, made, charges } = await run({ model: "acme/gpt-4o-mini" });
  expect(estimate).toMatchObject({
    model: "gpt-4o-mini",
    provider: { name: "acme", configured: true, is_fake: false, paid_by: "provider" },
  });
  // 7 calls of 100 and 10 tokens at $0.15 and $0.60 per million: told, not charged.
  expect(job).toMatchObject({
    state: "succeeded",
    provider: "acme",
    model: "gpt-4o-mini",
    cost_nanousd: 147_000,
  });
  expect(made).toMatchObject([
    { layer: "model", model: "gpt-4o-mini", proposed_messages: [{ content: BETTER }] },
  ]);
  expect(provider!.asked.map(({ model }) => model)).toEqual(Array(7).fill("gpt-4o-mini"));
  expect(new Set(provider!.keys)).toEqual(new Set([`Bearer ${KEY}`]));
  expect([charges, await balance()]).toEqual([[], before]);
});

test("the version's config and the connection's models choose it too, and so does its own price", async () => {
  await connect(writer, { models: ["house-*"] });
  const priced = await owner.client.rpc("set_model_price", {
    organization_id: owner.organizationId,
    model: "house-1",
    input_nanousd_per_mtok: 0,
    cached_input_nanousd_per_mtok: 0,
    output_nanousd_per_mtok: 0,
  });
  expect(priced.error).toBeNull();
  expect((await run({ model: "house-1" })).job).toMatchObject({ provider: "acme", cost_nanousd: 0 });
  expect((await run({ model: "gpt-4o-mini", provider: "acme" })).job).toMatchObject({ provider: "acme" });
});

test("a price nobody knows is no agreed cost: nothing is asked, and the estimate says so", async () => {
  await connect();
  const { estimate, job } = await run({ model: "acme/unheard-of" });
  expect(estimate).toMatchObject({ high_nanousd: null, provider: { name: "acme", paid_by: "provider" } });
  expect(job.reason).toMatch(/The price of unheard-of is not known/);
  expect(provider!.asked).toEqual([]);
});

test("without a word of a provider the platform is asked, and an own one hears nothing", async () => {
  await connect();
  const { estimate, job } = await run({ model: "gpt-4o-mini" });
  expect(estimate.provider).toEqual({ name: "platform", configured: true, is_fake: true, paid_by: "credit" });
  expect(job.reason).toMatch(/Only the fake provider/);
  expect(provider!.asked).toEqual([]);
});

test("a version whose provider is not connected is shown to nobody else", async () => {
  const { estimate, job } = await run({ model: "gpt-4o-mini", provider: "gone" });
  expect(estimate).toMatchObject({ model: null, provider: { name: "gone", configured: false } });
  expect(job.reason).toMatch(/names a provider that is not connected/);
});

test("an organization's connection serves that organization alone", async () => {
  await connect();
  owner = await stack.signUp();
  expect((await run({ model: "acme/gpt-4o-mini" })).job.reason).toMatch(/The price of acme|Only the fake/);
  expect(provider!.asked).toEqual([]);
});

test("an address that became private, a redirect and an endless answer are refused, and nothing is kept", async () => {
  const { id } = await connect(() => ({
    status: 302,
    location: `${stack.fakeProviderUrl}/chat/completions`,
  }));
  const redirected = await run({ model: "acme/gpt-4o-mini" });
  expect(redirected.job).toMatchObject({ state: "queued", error_code: "model_unreachable" });
  expect(provider!.asked).toHaveLength(1);
  await provider!.close();
  provider = await startScriptedProvider(() => ({ bytes: 5 * 1024 * 1024 }), stack.ownProviderPort);
  const endless = await run({ model: "acme/gpt-4o-mini" });
  expect(endless.job.reason).toMatch(/too long.*Nothing was charged/);
  expect([endless.made, endless.charges]).toEqual([[], []]);
  // What the function `providers` would not have saved, as if a name had changed its meaning since.
  const sql = (await import("postgres")).default(stack.dbUrl, { max: 1 });
  await sql`update nemo.provider_connections set base_url = 'http://127.0.0.1:9/v1' where id = ${id}`;
  await sql.end();
  const refused = await run({ model: "acme/gpt-4o-mini" });
  expect(refused.job.reason).toMatch(/address may not be used.*rules alone/);
});
