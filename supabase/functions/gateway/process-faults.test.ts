import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { type BreakableLink, breakableLink } from "./testing/breakable-link.ts";
import { gatewayDatabaseUrl, type OwnGateway, startOwnGateway } from "./testing/own-gateway.ts";
import { postgresLog } from "./testing/postgres-log.ts";
import { makeTeam, marker as newMarker, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
let link: BreakableLink;
let gateway: OwnGateway;
const markers: string[] = [];
const marker = () => {
  markers.push(newMarker());
  return markers.at(-1) as string;
};

beforeAll(async () => {
  team = await makeTeam(stack, "Hello.");
  link = await breakableLink(Number(new URL(stack.dbUrl).port));
  gateway = await startOwnGateway(stack, {
    NEMO_GATEWAY_DB_URL: gatewayDatabaseUrl(stack, link.port),
    NEMO_UPSTREAM_TIMEOUT_MS: "4000",
  });
});
afterAll(async () => {
  await gateway?.process.stop();
  link?.close();
});

/** A key whose look-ups take turns. */
async function limitedKey(): Promise<{ id: string; key: string }> {
  const made = await team.person.client
    .rpc("create_api_key", {
      organization_id: team.person.organizationId,
      name: "limited",
      requests_per_minute: 1000,
    })
    .single<{ id: string; key: string }>();
  if (made.error) throw new Error(made.error.message);
  return made.data;
}

const messages = (text: string) => [{ role: "user", content: text }];
const ask = (behaviour: object, text: string, stream = false) =>
  gateway.post(team.key, "/chat/completions", {
    model: stack.provider.modelThat(behaviour),
    messages: messages(text),
    stream,
  });

/** Log and ledger, once the request is written, agree with the provider: served once, logged once, charged once. */
async function settled(requestId: string | null, text: string) {
  const row = await team.logged(requestId as string);
  const charges =
    await team.sql`select -amount_nanousd as cost from nemo.credit_ledger where request_id = ${requestId}`;
  expect(charges.map(({ cost }) => cost)).toEqual(row.cost_nanousd === "0" ? [] : [row.cost_nanousd]);
  expect(await stack.provider.requests(text)).toHaveLength(1);
  await eventually(async () =>
    expect(await team.sql`select 1 from nemo_private.in_flight where request_id = ${requestId}`).toHaveLength(
      0,
    ),
  );
  return row;
}
const idOf = (response: Response) => response.headers.get("x-nemo-request-id");

describe("a provider that falls silent", () => {
  it("before its answer is 504 upstream_timeout and costs nothing", async () => {
    const text = marker();
    const response = await ask({ failure: "hang" }, text);
    expect([response.status, await response.json()]).toMatchObject([
      504,
      { error: { code: "upstream_timeout" } },
    ]);
    expect(await settled(idOf(response), text)).toMatchObject({
      status: 504,
      error_code: "upstream_timeout",
      cost_nanousd: "0",
    });
    await eventually(async () => expect((await stack.provider.requests(text))[0]?.aborted).toBe(true));
  });

  it("in the middle of a stream ends it with an error event, and what was used is charged", async () => {
    const text = marker();
    const response = await ask({ failure: "hang_mid_stream", failAfterChunks: 3 }, text, true);
    expect(await response.text()).toMatch(/data: \{"error":.*upstream_aborted.*\}\n\n$/);
    const row = await settled(idOf(response), text);
    expect(row).toMatchObject({ status: 200, error_code: "upstream_aborted", usage_estimated: true });
    expect(row.prompt_tokens).toBeGreaterThan(0);
  });
});

describe("a database that goes away", () => {
  it("before a request is 503, no provider is called, and it is served again when it is back", async () => {
    const text = marker();
    link.cut();
    // At once, while the driver has not yet noticed, and again when it has.
    const [response] = await Promise.all([ask({}, text), ask({}, text)]);
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { error: { code: "database_unavailable" } },
    ]);
    expect((await fetch(`${gateway.url}/health`)).status).toBe(503);
    expect(await stack.provider.requests(text)).toEqual([]);
    link.mend();
    await eventually(async () => expect((await ask({}, marker())).status).toBe(200));
  });

  it("while the provider works, or while it streams, costs the client nothing, and is logged when it is back", async () => {
    const [text, streamed] = [marker(), marker()];
    const [waiting, streaming] = [
      ask({ latencyMs: 900 }, text),
      ask({ chunks: 12, chunkDelayMs: 75 }, streamed, true),
    ];
    for (const one of [text, streamed])
      await eventually(async () => expect(await stack.provider.requests(one)).toHaveLength(1), 5);
    link.cut();
    const [response, stream] = await Promise.all([waiting, streaming]);
    expect([response.status, ((await response.json()) as { object: string }).object]).toEqual([
      200,
      "chat.completion",
    ]);
    expect(await stream.text()).toMatch(/data: \[DONE\]\n\n$/);
    link.mend();
    expect(await settled(idOf(response), text)).toMatchObject({ status: 200, error_code: null });
    expect(await settled(idOf(stream), streamed)).toMatchObject({
      status: 200,
      error_code: null,
      usage_estimated: false,
    });
  });
});

it("a look-up that is given up after three seconds leaves nothing to pay for, whenever the database carries it out", async () => {
  const limited = await limitedKey();
  const holder = await team.sql.reserve();
  const text = marker();
  try {
    // What look-ups of a key with a limit wait for.
    await holder`select pg_advisory_lock(hashtextextended(${limited.id}::text, 1))`;
    const response = await gateway.post(limited.key, "/chat/completions", {
      model: "fake-gpt",
      messages: messages(text),
    });
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { error: { code: "database_unavailable" } },
    ]);
    const requestId = idOf(response);
    await eventually(async () =>
      expect(
        await team.sql`select from nemo_private.withdrawn_requests where request_id = ${requestId}`,
      ).toHaveLength(1),
    );
    await holder`select pg_advisory_unlock(hashtextextended(${limited.id}::text, 1))`;
    // The look-up is carried out at last, for nobody.
    const inFlight = () => team.sql`select from nemo_private.in_flight where request_id = ${requestId}`;
    await eventually(async () => expect(await inFlight()).toHaveLength(1));
    await team.sql`update nemo_private.in_flight set lease_until = now() - interval '1 second' where request_id = ${requestId}`;
    await team.sql`select nemo_private.gateway_maintain()`;
    expect(await inFlight()).toHaveLength(0);
    expect(await team.sql`select from nemo.prompt_logs where request_id = ${requestId}`).toHaveLength(0);
    expect(await team.sql`select from nemo.credit_ledger where request_id = ${requestId}`).toHaveLength(0);
    expect(await stack.provider.requests(text)).toEqual([]);
  } finally {
    holder.release();
  }
});

it("a full disk under the log holds up no answer, and the charge comes once when there is room", async () => {
  const text = marker();
  const name = `disk_full_${text.slice(0, 8)}`;
  await team.sql.unsafe(`
    create function public.${name}() returns trigger language plpgsql as $$
    begin
      if new.organization_id = '${team.person.organizationId}' then
        raise exception using errcode = '53100', message = 'could not extend file: No space left on device';
      end if;
      return new;
    end $$;
    create trigger ${name} before insert on nemo.prompt_logs for each row execute function public.${name}();`);
  let response: Response;
  try {
    response = await ask({}, text);
    expect([response.status, ((await response.json()) as { object: string }).object]).toEqual([
      200,
      "chat.completion",
    ]);
    await new Promise((done) => setTimeout(done, 150));
    expect(await team.sql`select 1 from nemo.prompt_logs where request_id = ${idOf(response)}`).toHaveLength(
      0,
    );
    expect(
      await team.sql`select 1 from nemo.credit_ledger where request_id = ${idOf(response)}`,
    ).toHaveLength(0);
  } finally {
    await team.sql.unsafe(`drop function public.${name}() cascade`);
  }
  expect(await settled(idOf(response), text)).toMatchObject({ status: 200 });
});

it("content that the database cannot hold is left out of the log, and the request is charged all the same", async () => {
  const { person, sql } = team;
  await person.client.rpc("set_data_policy", { organization_id: person.organizationId, policy: "full" });
  const version = await team.save("{{ deep is defined }}{{ text }}", { contract: {} });
  const half = marker();
  const broken = await gateway.post(team.key, "/chat/completions", {
    model: `nemo/${team.name}@v${version}`,
    messages: messages(half),
    nemo_prompt_subject: "half \ud800",
    nemo_prompt_variables: { text: "a \udfff b \u0000", deep: 1 },
  });
  expect(broken.status).toBe(200);
  expect((await settled(idOf(broken), half)).variables).toEqual({ text: "a \ufffd b \ufffd", deep: 1 });
  const text = marker();
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const body = `{"model":"nemo/${team.name}@v${version}","messages":${JSON.stringify(messages(text))},"nemo_prompt_variables":{"text":"t","deep":${deep}}}`;
  const response = await gateway.post(team.key, "/chat/completions", null, { body });
  if (response.status === 200) {
    expect(await settled(idOf(response), text)).toMatchObject({ status: 200, variables: null });
  } else {
    // Or the engine's own bound on nesting refuses it before it costs anything.
    expect([response.status, await stack.provider.requests(text)]).toEqual([422, []]);
  }
  await sql`update nemo.organizations set data_policy = 'metadata' where id = ${person.organizationId}`;
});

it("a client's messages that are too large to be kept are left out of the log, and the request is charged all the same", async () => {
  const { person, sql } = team;
  await person.client.rpc("set_data_policy", { organization_id: person.organizationId, policy: "full" });
  const version = await team.save("fixed", { contract: {} });
  const text = marker();
  // A small body, of which jsonb makes more than eight megabytes.
  const many = { role: "user", content: "and", extra: Array.from({ length: 1_000_000 }, () => 1) };
  const response = await gateway.post(team.key, "/chat/completions", {
    model: `nemo/${team.name}@v${version}`,
    messages: [...messages(text), many],
  });
  expect(response.status).toBe(200);
  expect(await settled(idOf(response), text)).toMatchObject({ status: 200, client_messages: null });
  await sql`update nemo.organizations set data_policy = 'metadata' where id = ${person.organizationId}`;
});

it("a process that is killed in the middle of a stream leaves a request that is logged and charged once", async () => {
  const doomed = await startOwnGateway(stack);
  const text = marker();
  const response = await doomed.post(team.key, "/chat/completions", {
    model: stack.provider.modelThat({ chunks: 500, chunkDelayMs: 20 }),
    messages: messages(text),
    stream: true,
  });
  const reader = response.body?.getReader();
  await reader?.read();
  process.kill(doomed.process.pid, "SIGKILL");
  await expect(
    (async () => {
      while (!(await reader?.read())?.done);
    })(),
  ).rejects.toThrow();
  await doomed.process.ended;
  const id = idOf(response);
  // A lease lasts half a minute; here the half minute is over at once.
  await team.sql`update nemo_private.in_flight set lease_until = now() - interval '1 second' where request_id = ${id}`;
  await Promise.all([0, 1].map(() => team.sql`select nemo_private.gateway_maintain()`));
  const row = await settled(id, text);
  expect(row).toMatchObject({ status: 500, error_code: "gateway_interrupted", usage_estimated: true });
  expect(row.prompt_tokens).toBeGreaterThan(0);
  await team.sql`select nemo_private.gateway_maintain()`;
  await settled(id, text);
});

it("whatever went wrong, neither its output nor the log of Postgres names a text, a key or a secret", async () => {
  const printed = `${gateway.lines.join("\n")}\n${await postgresLog(team.sql)}`;
  expect(markers.length).toBeGreaterThan(5);
  for (const text of markers) expect(printed).not.toContain(text);
  expect(printed).not.toContain(team.key);
  expect(printed).not.toContain(new URL(stack.dbUrl).password);
});
