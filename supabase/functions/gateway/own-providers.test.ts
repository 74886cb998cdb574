import { beforeAll, describe, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { askProviders, connectFake } from "../providers/testing/providers-client.ts";
import { startOwnGateway } from "./testing/own-gateway.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
const KEY = "sk-acme-0123456789";
let team: Team;
beforeAll(async () => {
  team = await makeTeam(stack, "You are helpful.");
  await connectFake(stack, team.person, { api_key: KEY });
});

async function ask(body: object, by = team) {
  const text = marker();
  const messages = [{ role: "user", content: text }];
  const response = await by.post("/chat/completions", { messages, ...body });
  const answer = await response.text();
  const requestId = response.headers.get("x-nemo-request-id") as string;
  const received = await stack.provider.requests(text);
  return {
    status: response.status,
    code: response.ok ? null : (JSON.parse(answer) as { error: { code: string } }).error.code,
    headers: response.headers,
    answer,
    /** Who got it with which key, and the model it was asked for. */
    sent: received.map(({ headers, body }) => [headers.authorization, JSON.parse(body).model]),
    log: () => by.logged(requestId),
  };
}

const OWN = `Bearer ${KEY}`;
const PLATFORM = "Bearer fake";

const balance = async (by = team) => {
  const { data } = await by.person.client.rpc("credit_balance", {
    organization_id: by.person.organizationId,
  });
  return data as number;
};

it("a model's prefix names the connection, is taken off, and no credit is used", async () => {
  const before = await balance();
  const { sent, headers, log } = await ask({ model: "acme/fake-gpt" });
  expect(sent).toEqual([[OWN, "fake-gpt"]]);
  expect(headers.get("x-nemo-provider")).toBe("acme");
  const row = await log();
  expect(row).toMatchObject({ provider: "acme", model: "fake-gpt", attempts: null });
  // The price is known, so the cost is told; the credit is as it was.
  expect(Number(row.cost_nanousd)).toBeGreaterThan(0);
  expect(await balance()).toBe(before);
  expect(
    await team.sql`select from nemo.credit_ledger where request_id = ${row.request_id as string}`,
  ).toHaveLength(0);
});

it("without a word of a provider the platform answers, and the log says so", async () => {
  const { sent, log } = await ask({ model: "fake-gpt" });
  expect(sent).toEqual([[PLATFORM, "fake-gpt"]]);
  expect(await log()).toMatchObject({ provider: "platform", attempts: null });
});

it("a version's provider is used, is not sent on, and streams as any other", async () => {
  const version = await team.save("Be brief.", { config: { model: "fake-gpt", provider: "acme" } });
  const { sent, answer, log } = await ask({ model: `nemo/${team.name}@v${version}`, stream: true });
  expect(sent).toEqual([[OWN, "fake-gpt"]]);
  expect(answer).toContain("[DONE]");
  expect(await log()).toMatchObject({ provider: "acme", version });
  const rendered = await team.post(`/prompts/${team.name}/render`, { nemo_prompt_version: version });
  expect(rendered.headers.get("x-nemo-provider")).toBe("acme");
  expect(await rendered.json()).toMatchObject({ request: { model: "fake-gpt" } });
});

it("a version whose provider does not exist is refused and goes to nobody", async () => {
  const version = await team.save("Be gone.", { config: { model: "fake-gpt", provider: "gone" } });
  const { status, code, sent } = await ask({ model: `nemo/${team.name}@v${version}` });
  expect([status, code, sent]).toEqual([409, "provider_not_connected", []]);
});

it("the log says of each request whether the fake provider was asked, whatever is set up later", async () => {
  expect(await (await ask({ model: "gpt-4o-mini" })).log()).toMatchObject({
    provider: "platform",
    fake: true,
  });
  expect(await (await ask({ model: "acme/gpt-4o-mini" })).log()).toMatchObject({
    provider: "acme",
    fake: false,
  });
  const real = await startOwnGateway(stack, { NEMO_UPSTREAM_API_KEY: "a real key" });
  const messages = [{ role: "user", content: marker() }];
  const answer = await real.post(team.key, "/chat/completions", { model: "gpt-4o-mini", messages });
  await answer.arrayBuffer();
  const row = await team.logged(answer.headers.get("x-nemo-request-id") as string);
  expect(row).toMatchObject({ provider: "platform", fake: false });
  await real.process.stop();
});

describe("the next provider is tried before the first byte", () => {
  const failing = (failure: string) => `fake-gpt:failure=${failure}`;

  it.each([
    ["status_429", { status: 429, error_code: null }],
    ["status_500", { status: 500, error_code: null }],
    ["refuse", { status: null, error_code: "upstream_unreachable" }],
  ])("after %s, and receipt and log say who was tried and who answered", async (failure, outcome) => {
    const config = { model: failing(failure), provider: "acme", fallbacks: ["platform/fake-gpt-mini"] };
    const version = await team.save(`Fall ${failure}.`, { config });
    const { status, sent, headers, log } = await ask({ model: `nemo/${team.name}@v${version}` });
    expect(status).toBe(200);
    // A connection that was open and is closed without an answer is tried once more by fetch itself.
    expect(sent.filter(([key], at) => key !== sent[at - 1]?.[0])).toEqual([
      [OWN, failing(failure)],
      [PLATFORM, "fake-gpt-mini"],
    ]);
    expect(headers.get("x-nemo-provider")).toBe("platform");
    expect(headers.get("server-timing")).toMatch(
      new RegExp(`attempt1;dur=[\\d.]+;desc="acme ${outcome.status ?? outcome.error_code}"`),
    );
    const row = await log();
    expect(row).toMatchObject({ provider: "platform", model: "fake-gpt-mini", status: 200 });
    expect(row.attempts).toMatchObject([{ provider: "acme", model: failing(failure), ...outcome }]);
  });

  it("but not after an answer that says the request is wrong, and the last one's error is the answer", async () => {
    const config = { model: failing("status_400"), provider: "acme", fallbacks: ["platform"] };
    const version = await team.save("Wrong.", { config });
    expect(await ask({ model: `nemo/${team.name}@v${version}` })).toMatchObject({
      status: 400,
      sent: [[OWN, failing("status_400")]],
    });
    const busy = { model: failing("status_429"), provider: "acme", fallbacks: ["platform"] };
    const last = await ask({ model: `nemo/${team.name}@v${await team.save("Busy.", { config: busy })}` });
    expect([last.status, last.headers.get("retry-after"), last.sent.length]).toEqual([429, "7", 2]);
  });

  it("also for a stream", async () => {
    const config = { model: failing("status_500"), provider: "acme", fallbacks: ["platform/fake-gpt"] };
    const version = await team.save("Stream.", { config });
    const { status, answer } = await ask({ model: `nemo/${team.name}@v${version}`, stream: true });
    expect(status).toBe(200);
    expect(answer).toContain("[DONE]");
  });
});

describe("without credit", () => {
  it("an own provider answers, and the platform's is neither asked nor fallen back to", async () => {
    const poor = await makeTeam(stack);
    await connectFake(stack, poor.person, { fallbacks: ["platform/fake-gpt"] });
    await poor.sql`update nemo_private.credit_balances set balance_nanousd = 0 where organization_id = ${poor.person.organizationId}`;
    expect(await ask({ model: "acme/fake-gpt" }, poor)).toMatchObject({ status: 200 });
    expect(await ask({ model: "fake-gpt" }, poor)).toMatchObject({
      status: 402,
      code: "insufficient_credits",
      sent: [],
    });
    const fallen = await ask({ model: "acme/fake-gpt:failure=status_500" }, poor);
    expect(fallen).toMatchObject({ status: 402, code: "insufficient_credits" });
    expect(fallen.sent.map(([key]) => key)).toEqual([OWN]);
  });
});

it("a connection is used by no request that begins after it was removed or disabled", async () => {
  const other = await makeTeam(stack);
  const connection = await connectFake(stack, other.person);
  const version = await other.save("Own.", { config: { model: "fake-gpt", provider: "acme" } });
  const model = `nemo/${other.name}@v${version}`;
  expect((await ask({ model }, other)).sent).toEqual([[OWN, "fake-gpt"]]);
  const enable = (enabled: boolean) =>
    askProviders(stack, other.person, "update", { connection_id: connection.id, enabled });
  await enable(false);
  expect(await ask({ model }, other)).toMatchObject({ code: "provider_not_connected", sent: [] });
  await enable(true);
  expect((await ask({ model }, other)).sent).toHaveLength(1);
  const removed = await other.person.client.rpc("delete_provider_connection", {
    connection_id: connection.id,
  });
  expect(removed.error).toBeNull();
  const after = await Promise.all(Array.from({ length: 20 }, () => ask({ model }, other)));
  expect(after.filter(({ code, sent }) => code !== "provider_not_connected" || sent.length > 0)).toEqual([]);
});

it("another organization's connection of the same name is never used", async () => {
  const other = await makeTeam(stack);
  await connectFake(stack, other.person, { api_key: "sk-other-0123456789" });
  expect((await ask({ model: "acme/fake-gpt" }, other)).sent).toEqual([
    ["Bearer sk-other-0123456789", "fake-gpt"],
  ]);
  expect((await ask({ model: "acme/fake-gpt" })).sent).toEqual([[OWN, "fake-gpt"]]);
});

it("an address that came to be private after it was saved is refused, and nothing arrives there", async () => {
  const other = await makeTeam(stack);
  const connection = await connectFake(stack, other.person);
  // The very provider that counts what arrives, by a name that the operator did not allow.
  const elsewhere = stack.fakeProviderUrl.replace("127.0.0.1", "127.0.0.2");
  await other.sql`update nemo.provider_connections set base_url = ${elsewhere} where id = ${connection.id}`;
  expect(await ask({ model: "acme/fake-gpt" }, other)).toMatchObject({
    status: 403,
    code: "provider_address_refused",
    sent: [],
  });
});

describe("the list of models", () => {
  const models = async (key: string) => {
    const response = await fetch(`${stack.gatewayUrl}/models`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const { data = [] } = (await response.json()) as { data?: { id: string; owned_by: string }[] };
    return {
      status: response.status,
      own: data.filter(({ owned_by }) => owned_by === "listed").map(({ id }) => id),
    };
  };

  it("names what a connection lists, as it is asked for, but no beginning and nothing that is disabled", async () => {
    const { id } = await connectFake(stack, team.person, {
      name: "listed",
      models: ["big-*", "gpt-4o", "fake-gpt"],
    });
    expect(await models(team.key)).toEqual({ status: 200, own: ["listed/fake-gpt", "listed/gpt-4o"] });
    await askProviders(stack, team.person, "update", { connection_id: id, enabled: false });
    expect(await models(team.key)).toEqual({ status: 200, own: [] });
  });

  it("is for keys that are valid, and shows no other organization's", async () => {
    expect((await models(`${team.key.slice(0, -1)}${team.key.endsWith("a") ? "b" : "a"}`)).status).toBe(401);
    await connectFake(stack, await stack.signUp(), { name: "listed", models: ["secret-model"] });
    expect((await models(team.key)).own).toEqual([]);
  });
});
