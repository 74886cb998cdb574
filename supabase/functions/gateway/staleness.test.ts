import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { type BreakableLink, breakableLink } from "./testing/breakable-link.ts";
import { gatewayDatabaseUrl, type OwnGateway, startOwnGateway } from "./testing/own-gateway.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
const SHORT_MS = 250;
let link: BreakableLink;
/** Tolerates pointers longer than a test lasts; its database can be cut off. */
let patient: OwnGateway;
let brief: OwnGateway;

beforeAll(async () => {
  link = await breakableLink(Number(new URL(stack.dbUrl).port));
  [patient, brief] = await Promise.all([
    startOwnGateway(stack, {
      NEMO_MAX_STALENESS_MS: "600000",
      NEMO_GATEWAY_DB_URL: gatewayDatabaseUrl(stack, link.port),
    }),
    startOwnGateway(stack, { NEMO_MAX_STALENESS_MS: String(SHORT_MS) }),
  ]);
});
afterAll(async () => {
  await Promise.all([patient?.process.stop(), brief?.process.stop()]);
  link?.close();
});

const ask = (gateway: OwnGateway, team: Team, text = marker(), model = `nemo/${team.name}`) =>
  gateway.post(team.key, "/chat/completions", { model, messages: [{ role: "user", content: text }] });
const idOf = (response: Response) => response.headers.get("x-nemo-request-id") as string;

/** Logged once, charged once, and no longer in flight. */
async function settledOnce(team: Team, ids: string[]) {
  for (const id of ids) expect((await team.logged(id)).status).toBe(200);
  await eventually(async () =>
    expect(
      await team.sql`select 1 from nemo_private.in_flight where request_id in ${team.sql(ids)}`,
    ).toHaveLength(0),
  );
  const charges =
    await team.sql`select request_id from nemo.credit_ledger where request_id in ${team.sql(ids)}`;
  expect(charges.map(({ request_id }) => request_id).sort()).toEqual([...ids].sort());
}

it("an activation and a revocation are seen at the latest so many milliseconds after", async () => {
  const team = await makeTeam(stack, "Version 1.");
  await team.save("Version 2.");
  const serves = async () => (await ask(brief, team)).headers.get("x-nemo-version");
  expect([await serves(), await serves()]).toEqual(["1", "1"]);
  await team.activate(2);
  await new Promise((done) => setTimeout(done, SHORT_MS + 5));
  expect(await serves()).toBe("2");
  const [key] =
    await team.sql`select id from nemo.api_keys where organization_id = ${team.person.organizationId}`;
  const { error } = await team.person.client.rpc("revoke_api_key", { api_key_id: key?.id });
  expect(error).toBeNull();
  await new Promise((done) => setTimeout(done, SHORT_MS + 5));
  expect((await ask(brief, team)).status).toBe(401);
});

it("a look-up behind an answer renews what the next one is answered from", async () => {
  const team = await makeTeam(stack, "Version 1.");
  await team.save("Version 2.");
  const serves = async () => (await ask(patient, team)).headers.get("x-nemo-version");
  expect(await serves()).toBe("1");
  await team.activate(2);
  expect(await serves()).toBe("1");
  await eventually(async () => expect(await serves()).toBe("2"));
});

it("requests that are answered ahead of their look-up are logged and charged once each", async () => {
  const team = await makeTeam(stack, "Hello.", { config: { model: "gpt-4o-mini" } });
  const first = await ask(patient, team);
  const answers = [first, ...(await Promise.all(Array.from({ length: 60 }, () => ask(patient, team))))];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  await settledOnce(team, answers.map(idOf));
});

it("the database may be away for the look-up behind an answer, and the next request is strict again", async () => {
  const team = await makeTeam(stack, "Hello.", { config: { model: "gpt-4o-mini" } });
  await ask(patient, team);
  link.cut();
  const ahead = await ask(patient, team);
  expect(ahead.status).toBe(200);
  await eventually(async () => expect((await ask(patient, team)).status).toBe(503));
  link.mend();
  await settledOnce(team, [idOf(ahead)]);
});

it("a key with a rate, a bound on concurrency or a budget is looked up before every answer", async () => {
  const team = await makeTeam(stack, "Version 1.");
  const serves = async () => (await ask(patient, team)).headers.get("x-nemo-version");
  const limits = {
    requests_per_minute: 1_000,
    max_concurrency: 1_000,
    monthly_budget_nanousd: 1_000_000_000_000,
  };
  for (const limit of Object.keys(limits) as (keyof typeof limits)[]) {
    const one = {
      requests_per_minute: null,
      max_concurrency: null,
      monthly_budget_nanousd: null,
      [limit]: limits[limit],
    };
    await team.sql`update nemo.api_keys set ${team.sql(one)} where organization_id = ${team.person.organizationId}`;
    const version = await team.save(`With ${limit}.`);
    // The first may still come from before the limit; the look-up behind it, or its own, finds the limit.
    await team.logged(idOf(await ask(patient, team)));
    await team.activate(version);
    expect(await serves()).toBe(String(version));
  }
});

it("near the end of its credit an organization is refused as strictly as ever", async () => {
  const team = await makeTeam(stack, "Hello.", { config: { model: "gpt-4o-mini" } });
  expect((await ask(patient, team)).status).toBe(200);
  const left = 2_000_000;
  await team.sql`insert into nemo.credit_ledger (organization_id, kind, amount_nanousd, request_id)
    select organization_id, 'charge', ${left}::bigint - balance_nanousd, gen_random_uuid() from nemo_private.credit_balances where organization_id = ${team.person.organizationId}`;
  // The look-up behind this one finds that little is left.
  await team.logged(idOf(await ask(patient, team)));
  const text = marker();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(patient, team, text)));
  const served = answers.filter(({ status }) => status === 200);
  expect(served.length).toBeLessThan(answers.length);
  expect(answers.filter(({ status }) => status === 402).length).toBe(answers.length - served.length);
  expect(await stack.provider.requests(text)).toHaveLength(served.length);
  await settledOnce(team, served.map(idOf));
});
